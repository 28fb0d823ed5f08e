#include "tests/support/judged.hpp"

#include <algorithm>

#include "wire/presentation.hpp"

namespace shirube::test {

bool secure(const Client& client) {
  return client.noerror() && client.records() > 0 && client.got->answer.authentic;
}

bool insecure(const Client& client) {
  return client.noerror() && client.records() > 0 && !client.got->answer.authentic &&
         client.got->answer.errors.empty();
}

bool fails_with(const Client& client, wire::Ede code) {
  if (!client.servfail() || client.got->answer.errors.empty()) return false;
  const auto& answer = client.got->answer;
  return answer.errors.front().code == code && answer.answer.empty() && answer.authority.empty() &&
         !answer.authentic;
}

std::string reason(const Client& client) {
  if (!client.got || client.got->answer.errors.empty()) return {};
  return client.got->answer.errors.front().text;
}

dnssec::Flaw last_flaw(const AskingHost& home) {
  if (home.failures.seen.empty()) return dnssec::Flaw::None;
  const auto* verdict = home.failures.seen.back().verdict();
  return verdict == nullptr ? dnssec::Flaw::None : verdict->flaw;
}

bool has(const Client& client, wire::Type type, std::string_view rdata) {
  const auto bytes = wire::parse_rdata(type, rdata);
  return bytes && client.got && std::ranges::any_of(client.got->answer.answer, [&](const wire::RRset& rrset) {
           return rrset.type == type && rrset.rdatas.contains(*bytes);
         });
}

}  // namespace shirube::test
