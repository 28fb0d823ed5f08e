// AAAA for a client without IPv6: "no such data" and never "no such name", for the name may well have an A.
#include <algorithm>
#include <optional>
#include <utility>

#include "policy/steps.hpp"
#include "policy/synthetic_soa.hpp"

namespace shirube::policy {
namespace {

using wire::RRset;
using wire::Type;

bool is_aaaa(const RRset& rrset) { return rrset.type == Type::AAAA; }

// The name behind the aliases of an answer without data.
wire::Name end_of_aliases(const wire::Question& question, const std::vector<RRset>& records) {
  wire::Name end = question.name;
  for (const RRset& rrset : records) {
    if (rrset.type != Type::CNAME || rrset.rdatas.empty()) continue;
    if (auto target = wire::rdata_target(rrset.type, *rrset.rdatas.begin())) end = *std::move(target);
  }
  return end;
}

}  // namespace

void set_denial(wire::Answer& answer, const wire::Name& owner, std::uint32_t ttl) {
  std::erase_if(answer.authority, [](const RRset& rrset) { return rrset.type != Type::SOA; });
  if (answer.authority.empty()) answer.authority.push_back(synthetic_soa(owner, std::min(ttl, kMaxOwnTtl)));
}

wire::Answer deny_aaaa_by_a(const wire::Question& question, wire::Answer a, const ClientView& client,
                            Applied& applied) {
  if (a.rcode != wire::Rcode::NoError) return a;
  std::vector<RRset>& records = a.answer;
  const auto first = std::ranges::find(records, Type::A, &RRset::type);
  const bool has_address = first != records.end();
  const auto owner = has_address ? first->owner : end_of_aliases(question, records);
  const std::uint32_t ttl = has_address ? first->ttl : kMaxOwnTtl;
  std::erase_if(records, [](const RRset& rrset) { return rrset.type == Type::A; });
  a.additional.clear();
  set_denial(a, owner, ttl);
  mark_rewritten(Rewriter::Ipv4OnlyAddress, wire::Ede::Filtered, client, a, applied);
  return a;
}

Change withhold_aaaa(const Job& job) {
  std::vector<RRset>& records = job.answer.answer;
  const Change otherwise =
      std::erase_if(job.answer.additional, is_aaaa) != 0 ? Change::Additional : Change::None;
  if (job.question.type != Type::AAAA && job.question.type != Type::ANY) return otherwise;
  const auto first = std::ranges::find_if(records, is_aaaa);
  if (first == records.end()) return otherwise;

  const wire::Name owner = first->owner;
  const std::uint32_t ttl = first->ttl;
  std::erase_if(records, is_aaaa);
  // A chain of CNAMEs stays: it is true, and the denial is that of its end.
  if (job.question.type == Type::AAAA || records.empty()) set_denial(job.answer, owner, ttl);
  return Change::Content;
}

}  // namespace shirube::policy
