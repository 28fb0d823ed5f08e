// A zone's denial records as DenialRanges stores them, and short ways to ask it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cache/denial_ranges.hpp"
#include "dnssec/base32hex.hpp"
#include "tests/unit/cache/samples.hpp"
#include "tests/unit/dnssec/denial_records.hpp"

namespace shirube::cache::samples {

inline constexpr std::array<std::uint8_t, 4> kSignature{'s', 'i', 'g', 'n'};

inline wire::RRset signed_record(const std::string& line) {
  wire::RRset rrset = dnssec::samples::record(line);
  rrset.signatures.add(kSignature);
  return rrset;
}

inline wire::RRset soa_of(const std::string& zone, std::uint32_t ttl = 3600, std::uint32_t minimum = 3600) {
  return signed_record(zone + " " + std::to_string(ttl) +
                       " IN SOA ns.invalid. admin.invalid. 1 7200 900 1209600 " + std::to_string(minimum));
}

inline std::vector<wire::RRset> signed_records(const std::vector<std::string>& lines) {
  std::vector<wire::RRset> records;
  for (const std::string& line : lines) records.push_back(signed_record(line));
  return records;
}

inline void store(DenialRanges& ranges, const std::string& zone, const std::vector<std::string>& lines,
                  double seconds = 0) {
  ranges.store(wire::Name::literal(zone), signed_records(lines), soa_of(zone), at(seconds));
}

inline std::optional<RangeAnswer> ask(const DenialRanges& ranges, std::string_view name,
                                      wire::Type type = wire::Type::A, double seconds = 0) {
  dnssec::Effort effort;
  return ranges.find(question(name, type), at(seconds), effort);
}

inline std::string hash_label(std::string_view name) {
  return dnssec::label_of_hash(dnssec::nsec3_hash(wire::Name::literal(name), {}, 0));
}

}  // namespace shirube::cache::samples

namespace shirube::cache {

inline bool operator==(const std::optional<RangeAnswer>& answer, RangeAnswer::Kind kind) {
  return answer.has_value() && answer->kind == kind;
}

}  // namespace shirube::cache
