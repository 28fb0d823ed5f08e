// What validation made of an answer, in the words of tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/signed_world.hpp"

namespace shirube::test {

// When a simulation begins, in seconds since 1970.
inline constexpr std::int64_t kBegin = sim::kSimulatedStart + 86'400;

// Answered with data, and all of it validated as secure.
[[nodiscard]] bool secure(const Client& client);
// Answered with data that nobody vouches for, and no complaint.
[[nodiscard]] bool insecure(const Client& client);
// SERVFAIL with this reason first, and not one record.
[[nodiscard]] bool fails_with(const Client& client, wire::Ede code);
// The text of the first EDE.
[[nodiscard]] std::string reason(const Client& client);
// What the observer was told last.
[[nodiscard]] dnssec::Flaw last_flaw(const AskingHost& home);
// Is this RDATA, in presentation format, in an answer record of its type?
[[nodiscard]] bool has(const Client& client, wire::Type type, std::string_view rdata);

}  // namespace shirube::test
