#include "policy/targets.hpp"

#include <algorithm>

#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

using wire::Type;

void add_host(std::vector<wire::Name>& hosts, const wire::Name& host) {
  // "." as a target says that there is no such service (RFC 7505, RFC 2782).
  if (!host.is_root() && std::ranges::find(hosts, host) == hosts.end()) hosts.push_back(host);
}

constexpr std::size_t kMaxHosts = kMaxTargetLookups / 2;  // up to two lookups each: A and AAAA

std::vector<wire::Name> best_hosts(const wire::Question& question, const wire::Answer& answer) {
  std::vector<wire::Name> hosts;
  for (const wire::RRset& rrset : answer.answer) {
    if (rrset.type != question.type) continue;
    for (const wire::BytesView rdata : best_first(rrset)) {
      if (hosts.size() == kMaxHosts) return hosts;
      if (const auto host = wire::rdata_target(rrset.type, rdata)) add_host(hosts, *host);
    }
  }
  return hosts;
}

}  // namespace

std::vector<wire::BytesView> best_first(const wire::RRset& rrset) {
  std::vector<wire::BytesView> rdatas(rrset.rdatas.begin(), rrset.rdatas.end());
  if (has_targets(rrset.type)) {
    const auto preference = [](const wire::BytesView& rdata) {
      constexpr std::uint16_t kLeastWanted = 65535;
      return wire::mx_preference(rdata).value_or(kLeastWanted);
    };
    std::ranges::stable_sort(rdatas, {}, preference);
  }
  return rdatas;
}

bool has_targets(Type type) { return type == Type::MX || type == Type::SRV; }

const wire::Answer* find_fact(std::span<const Fact> facts, const wire::Name& host, Type type) {
  const auto fact = std::ranges::find_if(
      facts, [&](const Fact& f) { return f.question.type == type && f.question.name == host; });
  return fact == facts.end() || is_failure(fact->answer) ? nullptr : &fact->answer;
}

bool holds(const wire::Answer& answer, Type type) {
  return std::ranges::any_of(answer.answer, [type](const wire::RRset& rrset) { return rrset.type == type; });
}

std::vector<wire::Question> facts_needed(const wire::Question& question, const wire::Answer& answer,
                                         const ClientView& client) {
  const bool wanted = client.rewrites.ipv4_only || client.rewrites.mx_additional;
  if (!wanted || client.dnssec_ok || is_failure(answer) || question.klass != wire::Class::IN ||
      !has_targets(question.type)) {
    return {};
  }
  std::vector<wire::Question> questions;
  for (const wire::Name& host : best_hosts(question, answer)) {
    questions.push_back({.name = host, .type = Type::A, .klass = wire::Class::IN});
    // Without IPv6 the answer does not wait for AAAA, because a server may drop that question.
    if (client.rewrites.ipv4_only) continue;
    questions.push_back({.name = host, .type = Type::AAAA, .klass = wire::Class::IN});
  }
  return questions;
}

}  // namespace shirube::policy
