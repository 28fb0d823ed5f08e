// Small records, instants and packets for the tests of the caches.
#pragma once

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "cache/answer_cache.hpp"
#include "cache/rendered_cache.hpp"
#include "wire/builder.hpp"

namespace shirube::cache::samples {

inline constexpr std::uint64_t kSeed = 1;
inline constexpr std::size_t kPlenty = std::size_t{16} << 20;

// An instant some seconds after the start of the test. Not at the clock's zero, where a mistake might hide.
inline wire::Instant at(double seconds) {
  return wire::Instant(wire::Seconds(1000)) +
         std::chrono::duration_cast<wire::Duration>(std::chrono::duration<double>(seconds));
}

inline wire::RRset a_record(std::string_view owner, std::uint32_t ttl, std::uint8_t last_octet = 1) {
  wire::RRset rrset;
  rrset.owner = wire::Name::literal(owner);
  rrset.ttl = ttl;
  rrset.rdatas.add(std::array<std::uint8_t, 4>{192, 0, 2, last_octet});
  return rrset;
}

inline wire::RRset cname(std::string_view owner, std::string_view target, std::uint32_t ttl = 300) {
  wire::RRset rrset;
  rrset.owner = wire::Name::literal(owner);
  rrset.type = wire::Type::CNAME;
  rrset.ttl = ttl;
  rrset.rdatas.add(wire::Name::literal(target).wire());
  return rrset;
}

inline std::vector<wire::RRset> soa_proof(std::uint32_t ttl, std::uint32_t minimum) {
  wire::RRset soa;
  soa.owner = wire::Name::literal("example.");
  soa.type = wire::Type::SOA;
  soa.ttl = ttl;
  wire::Bytes rdata(2 + 20);  // two root names, five numbers
  wire::write_u32(&rdata[18], minimum);
  soa.rdatas.add(rdata);
  return {soa};
}

inline Key key(std::string_view name, wire::Type type = wire::Type::A, View view = View::Checked) {
  return {wire::Name::literal(name), type, view};
}

inline wire::Question question(std::string_view name, wire::Type type = wire::Type::A) {
  return {wire::Name::literal(name), type, wire::Class::IN};
}

// The last octet of the only address of an entry.
inline int last_octet(const Entry& entry) { return (*entry.rrset.rdatas.begin())[3]; }

// A reply with ID 0, its records in the answer section, and an OPT record at the end.
inline wire::Bytes reply(const wire::Question& question, const std::vector<wire::RRset>& records) {
  wire::Bytes buffer(4096);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.qr = true, .ra = true});
  bool fits = builder.add_question(question);
  for (const auto& rrset : records)
    fits = fits && builder.add(wire::Section::Answer, rrset, rrset.ttl, false);
  fits = fits && builder.add_opt({.dnssec_ok = true}, wire::Rcode::NoError);
  const auto message = builder.finish();
  return fits ? wire::Bytes(message.begin(), message.end()) : wire::Bytes();
}

inline wire::Bytes query(std::string_view name, std::uint16_t id, bool rd, bool cd,
                         wire::Type type = wire::Type::A) {
  wire::Bytes buffer(512);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = id, .rd = rd, .cd = cd});
  const bool fits = builder.add_question(question(name, type));
  const auto message = builder.finish();
  return fits ? wire::Bytes(message.begin(), message.end()) : wire::Bytes();
}

// `name`: lower case; must outlive the key.
inline RenderedKey rendered_key(const wire::Name& name) {
  return {.lowered_name = name.wire(), .type = wire::Type::A, .size_limit = 1232};
}

}  // namespace shirube::cache::samples
