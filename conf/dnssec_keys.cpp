#include "conf/key_maker.hpp"
#include "conf/limits.hpp"

namespace shirube::conf {

std::vector<Key> dnssec_keys() {
  return {
      key(
          "dnssec.validate", Flag{}, [](Draft& d) -> auto& { return d.validate; },
          "Check signatures, from the root's keys down. `false` believes everybody."),
      key(
          "dnssec.trust-anchors", ListOf<Placed<FilePath>>{{{kMaxPathLength}}, 0, kMaxTrustAnchorFiles},
          [](Draft& d) -> auto& { return d.trust_anchors; },
          "Files with DS or DNSKEY records, as in a zone file, of zones whose keys are known here; of "
          "several the "
          "longest zone that holds a name counts. Records of \".\" take the place of the built-in root keys. "
          "Read "
          "at start and on reload."),
      key(
          "dnssec.negative-trust-anchors", ListOf<NegativeAnchorText>{{}, 0, kMaxNegativeTrustAnchors},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.unsigned_zones; },
          "Zones taken as unsigned, because their own signatures are broken (RFC 7646); better with an end. "
          "A trust "
          "anchor further down still counts."),
      key(
          "dnssec.validation-time", Moment{},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.fixed_time; },
          "When signatures are taken to be looked at, for tests with old ones. \"\" = by the host's clock."),
      key(
          "dnssec.sha1-algorithms", Flag{},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.policy.sha1_signatures; },
          "Check signatures of algorithms 5 and 7 (RSA/SHA-1). Without it their zones are as good as "
          "unsigned (RFC "
          "9905)."),
      key(
          "dnssec.anchor-state", Path{kMaxPathLength},
          [](Draft& d) -> auto& { return d.settings.anchor_state; },
          "The file in which the root's keys are kept as they roll over (RFC 5011). Its directory has to be "
          "writable "
          "for `server.user`. \"\" = only the built-in keys. Not used beside `trust-anchors` of \".\"."),
  };
}

}  // namespace shirube::conf
