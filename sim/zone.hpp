// Zone: one zone's records, and the answers that an authoritative server gives from them.
// Threads:  one owner; copying is a deep copy.
// Owns:     its RRsets; copies share the Signer.
// Errors:   std::runtime_error (zone, line, reason) when a text does not parse; lookups cannot fail.
// Source:   RFC 1034 §4.3.2 (lookup), RFC 4592 (wildcards), RFC 6672 (DNAME), RFC 2308 §3 (SOA in negative
//           answers), RFC 4035 §3.1.4.1 (DS belongs to the parent side of a cut), RFC 6604 (response code of
//           alias chains), RFC 9609 §4 (NS come with the addresses that the zone has), RFC 4035 §3.1 and RFC
//           5155 §7.2 (what a signed zone's answers prove).
// Rules:    a zone with a Signer answers with signatures and proofs made at that moment: it may change at any
//           time. What comes as additional data is not signed.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/signing.hpp"
#include "wire/answer.hpp"
#include "wire/name.hpp"

namespace shirube::sim {

// Bounds alias chains, in a zone as over all of them: a loop ends here.
inline constexpr std::size_t kMaxAliases = 16;

struct DenialRecord;

struct CanonicalOrder {
  [[nodiscard]] bool operator()(const wire::Name& a, const wire::Name& b) const {
    return a.compare_canonical(b) < 0;
  }
};

// What is wrong with one RRset of a signed zone: changes it after it was signed. Left empty, it is not sent.
using Defect = std::function<void(wire::RRset& rrset, const Signer& signer)>;

// Do the answers of signed zones come with signatures and proofs? (Those that a zone's text has always come.)
enum class Proofs : std::uint8_t { Included, LeftOut };

// A zone as its file has it. Lookups answer as an authoritative server does: answers, aliases (CNAME, DNAME),
// wildcards (RFC 4592), empty non-terminals, referrals with glue, negative answers with SOA. A zone without
// SOA is served too: its negative answers then lack it.
class Zone {
 public:
  using Node = std::vector<wire::RRset>;
  // In canonical order (RFC 4034 §6.1): what is below a name comes right after it, and so an NSEC chain is a
  // walk.
  using Nodes = std::map<wire::Name, Node, CanonicalOrder>;

  // Presentation format (RFC 1035 §5), parsed by ldns; names may be relative to `apex`.
  explicit Zone(wire::Name apex) : apex_(std::move(apex)) {}
  Zone(wire::Name apex, std::string_view text);

  [[nodiscard]] const wire::Name& apex() const { return apex_; }
  [[nodiscard]] const wire::RRset* find(const wire::Name& name, wire::Type type) const;
  [[nodiscard]] const Nodes& nodes() const { return nodes_; }
  // There only because something is below it.
  [[nodiscard]] bool is_empty_non_terminal(const wire::Name& name) const;
  // As RFC 1034 §4.3.2 step 3 answers, within this zone. AA set unless it is a referral. REFUSED for names
  // outside.
  [[nodiscard]] wire::Answer lookup(const wire::Question& question, Proofs proofs = Proofs::Included) const;

  // What one name leads to, aliases not followed. The records go to the end of `into`, and its rcode is set.
  enum class Outcome : std::uint8_t {
    Answered,  // also with NODATA and NXDOMAIN
    Alias,     // `target` is to be asked for next
    Referral,
  };
  struct Step {
    Outcome outcome;
    wire::Name target{};
  };
  // REQUIRES: the question's name is within the apex.
  [[nodiscard]] Step step(const wire::Question& question, wire::Answer& into,
                          Proofs proofs = Proofs::Included) const;

  // For tests whose zones change over time, and for signing.
  void replace(std::string_view text);
  // Each RRset of `text` takes the place of its like.
  void add(std::string_view text);
  // Takes the place of an RRset of the same owner and type. REQUIRES: the owner is within the apex.
  void put(wire::RRset rrset);
  void remove(const wire::Name& name) { nodes_.erase(name); }

  // From now on. DNSKEY and NSEC3PARAM become part of the zone; all else is signed when it is sent. Signed
  // again, the zone has other keys.
  void sign(const Signing& signing);
  // nullptr: not signed.
  [[nodiscard]] const Signer* signer() const { return signer_.get(); }
  // The RRset `type` at `name` is wrong from now on, for answers with proofs. An NSEC3 is named by the name
  // that it is the hash of, a wildcard's RRset by the wildcard.
  void spoil(const wire::Name& name, wire::Type type, Defect defect);

 private:
  struct Inquiry;

  [[nodiscard]] Step answer_at(const Node& node, const Inquiry& inquiry) const;
  [[nodiscard]] Step answer_from_wildcard(const wire::Name& encloser, const Inquiry& inquiry) const;
  [[nodiscard]] bool copy_matching(const Node& node, const Inquiry& inquiry) const;
  [[nodiscard]] wire::RRset signatures_at(const Node& node, const Inquiry& inquiry) const;
  [[nodiscard]] std::optional<wire::Name> redirect(const wire::RRset& dname, const Inquiry& inquiry) const;
  [[nodiscard]] Step refer(const Node& cut, const Inquiry& inquiry) const;
  void add_addresses(const wire::RRset& servers, wire::Answer& into) const;
  [[nodiscard]] Step deny_type(const Inquiry& inquiry) const;
  [[nodiscard]] Step deny_name(const wire::Name& encloser, const Inquiry& inquiry) const;
  void add_soa(const Inquiry& inquiry) const;
  void add_proof(const std::vector<DenialRecord>& proof, wire::Answer& into) const;
  void add_keys();

  [[nodiscard]] bool proves(Proofs proofs) const { return signer_ != nullptr && proofs == Proofs::Included; }
  // Signed, and with its defect. `of` as spoil() has the name.
  [[nodiscard]] wire::RRset signed_and_spoilt(const wire::Name& of, wire::RRset rrset) const;
  // A stored RRset as the answer to its owner's name has it.
  [[nodiscard]] wire::RRset as_sent(const wire::RRset& stored, const Inquiry& inquiry) const;

  wire::Name apex_;
  Nodes nodes_;
  std::shared_ptr<const Signer> signer_;
  std::map<RRsetKey, Defect> defects_;
};

// The zone of `zones` (pointers) that is asked for `question`: that with the longest apex which holds the
// name; for DS that above the cut, if there is one. nullptr when none holds it; among equals the first.
template <class Zones>
[[nodiscard]] const Zone* closest_zone(const Zones& zones, const wire::Question& question) {
  const Zone* closest = nullptr;
  const Zone* below_cut = nullptr;
  for (const Zone* zone : zones) {
    if (!question.name.is_within(zone->apex())) continue;
    if (question.type == wire::Type::DS && zone->apex() == question.name) {
      below_cut = zone;
      continue;
    }
    if (closest == nullptr || zone->apex().size() > closest->apex().size()) closest = zone;
  }
  return closest != nullptr ? closest : below_cut;
}

}  // namespace shirube::sim
