// What attackers and broken servers say, and whether clients believed it: records as texts.
#pragma once

#include <cstdint>
#include <string_view>

#include "tests/support/asking_host.hpp"

namespace shirube::test {

// Zone file lines with whole names; each may be empty.
struct Sections {
  std::string_view answer = {};
  std::string_view authority = {};
  std::string_view additional = {};
};

[[nodiscard]] wire::Answer saying(const Sections& sections);
// A referral: the same without AA.
[[nodiscard]] wire::Answer referring(const Sections& sections);
// NXDOMAIN with the SOA of `zone`.
[[nodiscard]] wire::Answer denying(std::string_view zone);

// A server that says this whatever it is asked.
[[nodiscard]] sim::Script always(wire::Answer said);
// A server that says this about one name, and about all others what its zones say.
[[nodiscard]] sim::Script about(std::string_view name, wire::Answer said);

// The packet that says so to `query`, with AA, under `id`.
[[nodiscard]] wire::Bytes forge(wire::BytesView query, const wire::Answer& said, std::uint16_t id);
[[nodiscard]] std::uint16_t id_of(wire::BytesView query);

// Did the client get NOERROR that ends with just this IPv4 address?
[[nodiscard]] bool got_address(const Client& client, std::string_view text);

}  // namespace shirube::test
