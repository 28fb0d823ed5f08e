#include "policy/synthetic_soa.hpp"

#include <array>

namespace shirube::policy {
namespace {

void append(wire::Bytes& out, const wire::Name& name) {
  const auto octets = name.wire();
  out.insert(out.end(), octets.begin(), octets.end());
}

void append(wire::Bytes& out, std::uint32_t value) {
  std::array<std::uint8_t, 4> octets{};
  wire::write_u32(octets.data(), value);
  out.insert(out.end(), octets.begin(), octets.end());
}

}  // namespace

wire::RRset synthetic_soa(const wire::Name& zone, std::uint32_t ttl) {
  constexpr std::uint32_t kSerial = 1;
  constexpr std::uint32_t kRefresh = 3600;
  constexpr std::uint32_t kRetry = 1200;
  constexpr std::uint32_t kExpire = 604'800;
  wire::Bytes rdata;
  append(rdata, zone);
  append(rdata, wire::Name::literal("nobody.invalid."));
  for (const std::uint32_t field : {kSerial, kRefresh, kRetry, kExpire, ttl}) append(rdata, field);

  wire::RRset soa{.owner = zone,
                  .type = wire::Type::SOA,
                  .klass = wire::Class::IN,
                  .ttl = ttl,
                  .rdatas = {},
                  .signatures = {}};
  soa.rdatas.add(rdata);
  return soa;
}

}  // namespace shirube::policy
