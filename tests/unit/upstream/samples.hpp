// Records and replies for the tests of what reads them, written as in zone files.
#pragma once

#include <array>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "wire/answer.hpp"
#include "wire/endpoint.hpp"
#include "wire/presentation.hpp"

namespace shirube::upstream::samples {

using Lines = std::vector<std::string>;

inline wire::Name name(std::string_view text) { return wire::Name::literal(text); }

inline wire::Question question(std::string_view text, wire::Type type = wire::Type::A) {
  return {name(text), type, wire::Class::IN};
}

inline wire::Address address(std::string_view text) { return wire::Address::parse(text).value(); }
inline wire::Endpoint endpoint(std::string_view text) { return wire::Endpoint::parse(text, 53).value(); }

inline wire::RRset record(const std::string& line) {
  auto rrset = wire::parse_record(line);
  if (!rrset) throw std::runtime_error("not a record: " + line);
  return *std::move(rrset);
}

// Records of one owner and type.
inline wire::RRset rrset(const Lines& lines) {
  auto all = record(lines.front());
  for (const auto& line : lines) all.rdatas.add_unless_present(*record(line).rdatas.begin());
  return all;
}

// Each of another owner or type.
inline std::vector<wire::RRset> rrsets(const Lines& lines) {
  std::vector<wire::RRset> all;
  for (const auto& line : lines) all.push_back(record(line));
  return all;
}

// With something in the place of a signature; nobody verifies it here.
inline wire::RRset as_signed(wire::RRset rrset) {
  rrset.signatures.add(std::array<std::uint8_t, 4>{'s', 'i', 'g', 'n'});
  return rrset;
}

inline wire::RRset signed_record(const std::string& line) { return as_signed(record(line)); }

// "a0.example.", "a1.example."...: one line for each number, which stands for every "#".
inline Lines numbered(const std::string& pattern, int count) {
  Lines lines;
  for (int i = 0; i < count; ++i) {
    auto& line = lines.emplace_back();
    for (const char c : pattern) {
      if (c == '#') {
        line += std::to_string(i);
      } else {
        line += c;
      }
    }
  }
  return lines;
}

}  // namespace shirube::upstream::samples
