// ChainOfTrust: from the trust anchors down to the keys of a zone, and what they say of an RRset.
// Threads:  one loop; one for each lookup.
// Owns:     nothing: host, memory and settings must outlive it and its tasks.
// Errors:   values: a Verdict with its flaw, also when keys cannot be fetched or the budget has run out.
// Source:   RFC 4035 §5, RFC 6840 §5, RFC 5155 §8.9 and §9, RFC 7646.
// Rules:    whose keys count is told by the signer's name, which has to hold the owner; trust in that zone
//           comes from its DS, signed by a zone above, and so on up: each step leads to a name with fewer
//           labels, so that every chain ends. Data without signatures is insecure only where the zones above
//           prove an unsigned delegation on the way down from the anchor; otherwise it is bogus.
//           After each kPauseAfterMicroseconds of cryptography other queries get their turn.
#pragma once

#include "dnssec/denial.hpp"
#include "dnssec/rrset_check.hpp"
#include "dnssec/settings.hpp"
#include "upstream/means.hpp"
#include "upstream/trust_host.hpp"
#include "upstream/zone_trust.hpp"

namespace shirube::upstream {

// How often the keys of a zone, or the answer to a question, are asked for in all when what came does not
// validate: a single lying or outdated server costs no answer.
inline constexpr unsigned kMaxTrials = 3;
// How often a question waits for others that establish the trust in a zone. This bounds the delay of an
// honest question by an attacker's questions that fail one after the other.
inline constexpr unsigned kMaxTurns = 3;

class ChainOfTrust {
 public:
  ChainOfTrust(TrustHost& host, TrustMemory& memory, const dnssec::TrustSettings& settings)
      : host_(host), memory_(memory), settings_(settings) {}

  // What is known of `zone`, which somebody says to be one.
  [[nodiscard]] Task<ZoneTrust> trust_in(wire::Name zone);
  // Of the zone that holds `name`, as far as unsigned data goes: not Secure when one of the zones on the way
  // down to it is not.
  [[nodiscard]] Task<ZoneTrust> trust_around(wire::Name name);

  struct Checked {
    dnssec::Verdict verdict;
    dnssec::Signed good = {};  // when Secure
    wire::Name zone = {};      // when Secure: whose keys did it
    // When Secure: the earliest expiry of the signatures from the anchor to the RRset.
    wire::Instant signed_until = wire::Instant::max();
  };
  // The RRset must outlive the task.
  [[nodiscard]] Task<Checked> check(const wire::RRset& rrset) { return check(rrset, rrset.type); }
  // An alias in place of what was asked for stands where that would: in place of a DS, above the cut.
  [[nodiscard]] Task<Checked> check(const wire::RRset& rrset, wire::Type in_place_of);

  // Those of `records` (NSEC, NSEC3) that the keys of `zone` have signed; their TTLs are capped. The rest is
  // dropped; `flaw` is what was wrong with the first that was.
  struct CheckedDenials {
    std::vector<wire::RRset> records;
    dnssec::Verdict flaw;
    wire::Instant signed_until = wire::Instant::max();  // of all `records`
  };
  // REQUIRES: trust.is_secure().
  [[nodiscard]] Task<CheckedDenials> check_denials(std::vector<wire::RRset> records, wire::Name zone,
                                                   ZoneTrust trust);

  // The RRset as somebody sends it, unjudged; nullopt: there is none, or nobody told.
  [[nodiscard]] Task<std::optional<wire::RRset>> fetch(wire::Name owner, wire::Type type);

  // May `signer` say whether `name` exists, or is a zone? It holds the name, and no trust anchor stands
  // between: what is above an island of trust is insecure and could talk it down.
  [[nodiscard]] bool speaks_for(const wire::Name& signer, const wire::Name& name) const;
  // The zone that claims to have signed the RRset; nullopt: none that could have.
  [[nodiscard]] std::optional<wire::Name> signer_of(const wire::RRset& rrset) const;
  // A negative trust anchor holds the name, so its data needs no signature.
  [[nodiscard]] bool is_taken_as_unsigned(const wire::Name& name) {
    return dnssec::is_taken_as_unsigned(settings_, name, wall_time());
  }
  // Why the keys or the DS that were missing most recently were not received; nullptr: none were missing.
  [[nodiscard]] const std::shared_ptr<const Failure>& hindrance() const { return hindrance_; }
  [[nodiscard]] dnssec::Effort& effort() { return host_.budget().effort->judging; }

 private:
  [[nodiscard]] static dnssec::Verdict verdict_of(dnssec::Status status, dnssec::Flaw flaw,
                                                  const wire::Name& owner, wire::Type type);
  // nullptr: it is not among them.
  [[nodiscard]] static const wire::RRset* find(const std::vector<wire::RRset>& records,
                                               const wire::Name& owner, wire::Type type);
  // How a zone hangs on the zone above it.
  struct Link {
    dnssec::Verdict verdict = {};  // Secure: `anchor` (its DS) holds
    bool is_zone = true;
    dnssec::TrustAnchor anchor = {};
    wire::Instant expires = wire::Instant::max();
    wire::Instant signed_until = wire::Instant::max();
    Source source = {};
  };
  [[nodiscard]] wire::Instant now() { return host_.network().now(); }
  [[nodiscard]] std::int64_t wall_time() {
    return settings_.fixed_time.value_or(host_.network().wall_time());
  }
  [[nodiscard]] std::uint32_t signature_time() { return static_cast<std::uint32_t>(wall_time()); }
  [[nodiscard]] Task<void> pause_if_due();

  [[nodiscard]] bool knows_cut(const wire::Name& zone);
  // As signer_of(), of what stands in the zone that holds `place`.
  [[nodiscard]] std::optional<wire::Name> signer_above(const wire::Name& place,
                                                       const wire::RRset& rrset) const;
  [[nodiscard]] Task<ZoneTrust> establish(wire::Name zone, const dnssec::TrustAnchor& anchor);
  [[nodiscard]] Task<ZoneTrust> fetch_keys(wire::Name zone, Link link, Distrust distrust);
  [[nodiscard]] Task<Link> find_link(wire::Name zone, Distrust distrust);
  [[nodiscard]] Task<Link> judge_link(wire::Name zone, std::vector<wire::RRset> records);
  [[nodiscard]] Task<std::optional<Link>> judge_alias(wire::Name zone, const wire::RRset& alias);
  [[nodiscard]] Task<Link> judge_ds(wire::Name zone, const wire::RRset& ds);
  [[nodiscard]] Task<Link> judge_absence(wire::Name zone, std::vector<wire::RRset> denials);
  [[nodiscard]] Task<Link> judge_unsigned(wire::Name zone);
  [[nodiscard]] Task<Checked> judge_unsigned_data(const wire::RRset& rrset, wire::Name place);
  // REQUIRES: trust.is_secure().
  [[nodiscard]] Task<Checked> check_with(const wire::RRset& rrset, ZoneTrust trust);
  // When a signature with so many seconds left expires. With dnssec.validation-time it never does.
  [[nodiscard]] wire::Instant until(std::uint32_t valid_for) {
    return settings_.fixed_time ? wire::Instant::max() : now() + wire::Seconds{valid_for};
  }

  TrustHost& host_;
  TrustMemory& memory_;
  const dnssec::TrustSettings& settings_;
  std::vector<wire::Name> establishing_;  // zones on the way up, the innermost last
  std::shared_ptr<const Failure> hindrance_;
  bool in_own_trouble_ = false;  // a query for keys failed because of this host
};

}  // namespace shirube::upstream
