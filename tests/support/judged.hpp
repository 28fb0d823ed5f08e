// What validation made of an answer, in the words of tests.
#pragma once

#include <algorithm>
#include <string>

#include "tests/support/signed_world.hpp"
#include "wire/presentation.hpp"

namespace shirube::test {

// When a simulation begins, in seconds since 1970.
inline constexpr std::int64_t kBegin = sim::kSimulatedStart + 86'400;

// Answered with data, and all of it validated as secure.
[[nodiscard]] inline bool secure(const Client& client) {
  return client.noerror() && client.records() > 0 && client.got->answer.authentic;
}

// Answered with data that nobody vouches for, and no complaint.
[[nodiscard]] inline bool insecure(const Client& client) {
  return client.noerror() && client.records() > 0 && !client.got->answer.authentic &&
         client.got->answer.errors.empty();
}

// SERVFAIL with this reason first, and not one record.
[[nodiscard]] inline bool fails_with(const Client& client, wire::Ede code) {
  if (!client.servfail() || client.got->answer.errors.empty()) return false;
  const auto& answer = client.got->answer;
  return answer.errors.front().code == code && answer.answer.empty() && answer.authority.empty() &&
         !answer.authentic;
}

// The text of the first EDE.
[[nodiscard]] inline std::string reason(const Client& client) {
  if (!client.got || client.got->answer.errors.empty()) return {};
  return client.got->answer.errors.front().text;
}

// What the observer was told last.
[[nodiscard]] inline dnssec::Flaw last_flaw(const AskingHost& home) {
  if (home.failures.seen.empty()) return dnssec::Flaw::None;
  const auto* verdict = home.failures.seen.back().verdict();
  return verdict == nullptr ? dnssec::Flaw::None : verdict->flaw;
}

// Is this RDATA, in presentation format, in an answer record of its type?
[[nodiscard]] inline bool has(const Client& client, wire::Type type, std::string_view rdata) {
  const auto bytes = wire::parse_rdata(type, rdata);
  return bytes && client.got && std::ranges::any_of(client.got->answer.answer, [&](const wire::RRset& rrset) {
           return rrset.type == type && rrset.rdatas.contains(*bytes);
         });
}

}  // namespace shirube::test
