#include "tests/simulation/records.hpp"

#include <fmt/format.h>

namespace shirube::simulation {
namespace {

[[nodiscard]] wire::RRset record(wire::Type type, const wire::Name& owner, std::uint32_t ttl,
                                 wire::BytesView rdata) {
  wire::RRset rrset{.owner = owner, .type = type, .ttl = ttl};
  rrset.rdatas.add(rdata);
  return rrset;
}

void append(wire::Bytes& bytes, wire::BytesView more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

void append_u32(wire::Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

}  // namespace

wire::Name below(std::string_view labels, const wire::Name& zone) {
  return wire::Name::literal(fmt::format("{}.{}", labels, zone.is_root() ? "" : zone.text()));
}

wire::RRset address_record(const wire::Name& owner, std::uint32_t ttl, const wire::Address& address) {
  const auto type = address.family == wire::Family::V4 ? wire::Type::A : wire::Type::AAAA;
  return record(type, owner, ttl, {address.bytes.data(), address.size()});
}

wire::RRset name_record(wire::Type type, const wire::Name& owner, std::uint32_t ttl,
                        const wire::Name& target) {
  return record(type, owner, ttl, target.wire());
}

wire::RRset mx_record(const wire::Name& owner, std::uint32_t ttl, const wire::Name& exchanger) {
  wire::Bytes rdata{0, 10};
  append(rdata, exchanger.wire());
  return record(wire::Type::MX, owner, ttl, rdata);
}

wire::RRset txt_record(const wire::Name& owner, std::uint32_t ttl, std::string_view text) {
  wire::Bytes rdata{static_cast<std::uint8_t>(text.size())};
  rdata.insert(rdata.end(), text.begin(), text.end());
  return record(wire::Type::TXT, owner, ttl, rdata);
}

wire::RRset soa_record(const wire::Name& apex, SoaTimes times) {
  const auto name = below("soa", apex);
  wire::Bytes rdata;
  append(rdata, name.wire());
  append(rdata, name.wire());
  for (const std::uint32_t field : {1U, 7'200U, 900U, 1'209'600U, times.minimum}) append_u32(rdata, field);
  return record(wire::Type::SOA, apex, times.ttl, rdata);
}

}  // namespace shirube::simulation
