// Nsec3Proof: what the NSEC3 records of one zone prove together.
// Threads:  one owner; borrows records, hashes and effort.
// Source:   RFC 5155 §8 (§8.2 which records count, §8.3 closest encloser, §8.4 - §8.9), §9.2 (opt-out), RFC
//           6840 §4.1, RFC 9276 §3.2.
// Rules:    as denial.hpp has them; records with an unknown flag are ignored too. Of several parameter sets the
//           one with the fewest iterations counts, so that an old record cannot make the zone insecure. The
//           closest encloser is sought from the apex down, and the first name that a record covers ends the
//           search: a long name costs no more hashes than the part of it that exists (CVE-2023-50868).
//           REQUIRES of all calls: the names are within the zone.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "dnssec/denial.hpp"
#include "dnssec/digest.hpp"
#include "dnssec/owner_types.hpp"

namespace shirube::dnssec {

struct Nsec3Parameters {
  wire::Bytes salt = {};
  std::uint16_t iterations = 0;
  friend bool operator==(const Nsec3Parameters&, const Nsec3Parameters&) = default;
};

// One NSEC3 of a zone, read.
struct Nsec3Span {
  Nsec3Hash owner;
  Nsec3Hash next;
  wire::BytesView salt;
  std::uint16_t iterations;
  bool opt_out;
  OwnerTypes types;
  // Strictly between owner and next on the circle of hashes.
  [[nodiscard]] bool covers(const Nsec3Hash& hash) const;
  [[nodiscard]] bool has(const Nsec3Parameters& parameters) const;
};
// nullopt: not the one NSEC3 of a child of `zone`'s apex, or of a hash or with flags that we do not know.
[[nodiscard]] std::optional<Nsec3Span> read_nsec3_span(const wire::RRset& rrset, const wire::Name& zone);

// Hashes of names under one parameter set, none computed twice.
class Nsec3Hashes {
 public:
  explicit Nsec3Hashes(Nsec3Parameters parameters) : parameters_(std::move(parameters)) {}
  [[nodiscard]] const Nsec3Parameters& parameters() const { return parameters_; }
  // nullopt: the effort ran out.
  [[nodiscard]] std::optional<Nsec3Hash> of(const wire::Name& name, Effort& effort);

 private:
  Nsec3Parameters parameters_;
  std::vector<std::pair<wire::Name, Nsec3Hash>> known_;
};

// The parameters to judge these records by; nullopt: no NSEC3 among them counts.
[[nodiscard]] std::optional<Nsec3Parameters> choose_parameters(const Denials& denials);

class Nsec3Proof {
 public:
  // REQUIRES: hashes.parameters() iterate at most kMaxNsec3Iterations times.
  Nsec3Proof(const Denials& denials, Nsec3Hashes& hashes, Effort& effort);

  [[nodiscard]] Proof no_data(const wire::Name& name, wire::Type type);
  [[nodiscard]] Proof no_name(const wire::Name& name);
  [[nodiscard]] Proof nothing_closer(const wire::Name& name, const wire::Name& encloser);
  [[nodiscard]] CutProof no_ds(const wire::Name& child);
  [[nodiscard]] bool says_no_such_name(const wire::Name& name);
  // That `name` itself does not exist, and the longest that does (RFC 5155 §8.3). Proven or OptOut fill in
  // the encloser.
  [[nodiscard]] Absence absence(const wire::Name& name);

 private:
  // The records about one name, by its hash.
  struct Facts {
    const Nsec3Span* match = nullptr;
    const Nsec3Span* cover = nullptr;
    bool too_costly = false;
  };
  [[nodiscard]] Facts facts(const wire::Name& name);
  [[nodiscard]] Absence absence_below(const wire::Name& encloser, const Nsec3Span& cover, bool is_matched);

  wire::Name zone_;
  Nsec3Hashes* hashes_;
  Effort* effort_;
  std::vector<Nsec3Span> spans_;
};

}  // namespace shirube::dnssec
