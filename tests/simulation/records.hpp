// Records made by hand: worlds are drawn by the ten thousand, and zone texts would cost more than all the
// rest.
// Threads:  pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "wire/endpoint.hpp"
#include "wire/rrset.hpp"

namespace shirube::simulation {

struct SoaTimes {
  std::uint32_t ttl = 0;
  std::uint32_t minimum = 0;  // how long denials live
};

// REQUIRES, of all: the names fit.
[[nodiscard]] wire::Name below(std::string_view labels, const wire::Name& zone);
[[nodiscard]] wire::RRset address_record(const wire::Name& owner, std::uint32_t ttl,
                                         const wire::Address& address);
// CNAME, DNAME and NS.
[[nodiscard]] wire::RRset name_record(wire::Type type, const wire::Name& owner, std::uint32_t ttl,
                                      const wire::Name& target);
[[nodiscard]] wire::RRset mx_record(const wire::Name& owner, std::uint32_t ttl, const wire::Name& exchanger);
[[nodiscard]] wire::RRset txt_record(const wire::Name& owner, std::uint32_t ttl, std::string_view text);
[[nodiscard]] wire::RRset soa_record(const wire::Name& apex, SoaTimes times);

}  // namespace shirube::simulation
