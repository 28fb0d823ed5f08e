#include "conf/key_maker.hpp"
#include "conf/limits.hpp"

namespace shirube::conf {

std::vector<Key> dnssec_keys() {
  return {
      key(
          "dnssec.validate", Flag{}, [](Draft& d) -> auto& { return d.validate; },
          "Check signatures, from the root's keys down. `false` accepts answers unchecked."),
      key(
          "dnssec.trust-anchors", ListOf<Placed<FilePath>>{{{kMaxPathLength}}, 0, kMaxTrustAnchorFiles},
          [](Draft& d) -> auto& { return d.trust_anchors; },
          "Files with DS or DNSKEY records in zone-file format. For each name the longest zone that holds it "
          "counts. Records of \".\" replace the built-in root keys. Read at start and on reload."),
      key(
          "dnssec.negative-trust-anchors", ListOf<NegativeAnchorText>{{}, 0, kMaxNegativeTrustAnchors},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.unsigned_zones; },
          "Zones that are treated as unsigned, because their signatures are broken (RFC 7646). Give each an "
          "end. A trust anchor for a zone below still counts."),
      key(
          "dnssec.validation-time", Moment{},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.fixed_time; },
          "The time at which signatures must be valid, for tests with old signatures. \"\" = the host's "
          "clock."),
      key(
          "dnssec.sha1-algorithms", Flag{},
          [](Draft& d) -> auto& { return d.settings.upstream.trust.policy.sha1_signatures; },
          "Check signatures of algorithms 5 and 7 (RSA/SHA-1). Otherwise their zones are treated as unsigned "
          "(RFC 9905)."),
      key(
          "dnssec.anchor-state", Path{kMaxPathLength},
          [](Draft& d) -> auto& { return d.settings.anchor_state; },
          "The file that keeps the root's keys through roll-overs (RFC 5011). Its directory must be writable "
          "for `server.user`. \"\" = only the built-in keys. Ignored if `trust-anchors` holds the root."),
  };
}

}  // namespace shirube::conf
