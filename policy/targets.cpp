#include "policy/targets.hpp"

#include <algorithm>
#include <ranges>

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
    for (const wire::BytesView rdata : best_first(rrset) | std::views::take(kMaxTargetRecords)) {
      if (hosts.size() == kMaxHosts) return hosts;
      if (const auto host = wire::rdata_target(rrset.type, rdata)) add_host(hosts, *host);
    }
  }
  return hosts;
}

bool is_before(const wire::Question& question, const wire::Name& name, Type type) {
  if (question.type != type) return question.type < type;
  return wire::compare_ignoring_case(question.name.wire(), name.wire()) < 0;
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

FactIndex::FactIndex(std::span<const Fact> facts) {
  sorted_.reserve(facts.size());
  for (const Fact& fact : facts) sorted_.push_back(&fact);
  std::ranges::stable_sort(sorted_, [](const Fact* a, const Fact* b) {
    return is_before(a->question, b->question.name, b->question.type);
  });
}

const wire::Answer* FactIndex::find(const wire::Name& host, Type type) const {
  const auto fact = std::ranges::partition_point(
      sorted_, [&](const Fact* f) { return is_before(f->question, host, type); });
  if (fact == sorted_.end() || (*fact)->question.type != type || !((*fact)->question.name == host))
    return nullptr;
  return is_failure((*fact)->answer) ? nullptr : &(*fact)->answer;
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
