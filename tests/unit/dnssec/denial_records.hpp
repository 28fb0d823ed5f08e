// Zones' denial records written as in the RFCs, for the tests of what they prove.
#pragma once

#include <initializer_list>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dnssec/denial.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec::samples {

inline wire::RRset record(std::string_view line) {
  auto rrset = wire::parse_record(line);
  if (!rrset) throw std::runtime_error("not a record: " + std::string(line));
  return *std::move(rrset);
}

inline wire::Name name(std::string_view text) { return wire::Name::literal(text); }

// Some records of one zone, and the questions to them.
class Given {
 public:
  Given(std::string_view zone, const std::vector<std::string>& lines) : zone_(name(zone)) {
    for (const std::string& line : lines) records_.push_back(record(line));
  }
  Given(std::string_view zone, std::initializer_list<wire::RRset> records)
      : zone_(name(zone)), records_(records) {}

  [[nodiscard]] Denials denials() const {
    Denials denials{.zone = zone_};
    for (const wire::RRset& rrset : records_) denials.records.push_back(&rrset);
    return denials;
  }
  [[nodiscard]] Proof no_data(std::string_view owner, wire::Type type) {
    return prove_no_data(denials(), name(owner), type, effort);
  }
  [[nodiscard]] Proof no_name(std::string_view owner) {
    return prove_no_name(denials(), name(owner), effort);
  }
  [[nodiscard]] Proof nothing_closer(std::string_view owner, std::string_view encloser) {
    return prove_nothing_closer(denials(), name(owner), name(encloser), effort);
  }
  [[nodiscard]] CutProof no_ds(std::string_view child) { return prove_no_ds(denials(), name(child), effort); }
  [[nodiscard]] bool says_no_such_name(std::string_view owner) {
    return dnssec::says_no_such_name(denials(), name(owner), effort);
  }
  [[nodiscard]] unsigned hashes() const { return kMaxNsec3Hashes - effort.hashes_left; }

  Effort effort = {};

 private:
  wire::Name zone_;
  std::vector<wire::RRset> records_;
};

}  // namespace shirube::dnssec::samples

namespace shirube::dnssec {

inline std::ostream& operator<<(std::ostream& out, Proof proof) {
  return out << "Proof " << static_cast<int>(proof);
}
inline std::ostream& operator<<(std::ostream& out, CutProof proof) {
  return out << "CutProof " << static_cast<int>(proof);
}

}  // namespace shirube::dnssec
