// AAAA for a client without IPv6: "no such data" and never "no such name", for the name may well have an A.
#include <algorithm>
#include <optional>

#include "policy/steps.hpp"
#include "policy/synthetic_soa.hpp"

namespace shirube::policy {
namespace {

using wire::RRset;
using wire::Type;

bool is_aaaa(const RRset& rrset) { return rrset.type == Type::AAAA; }

// Without a zone's own word on it: short, so that a host that gets IPv6 soon sees it (RFC 2308 §5 allows any
// less).
constexpr std::uint32_t kMaxDenialTtl = 300;

}  // namespace

void set_denial(wire::Answer& answer, const wire::Name& owner, std::uint32_t ttl) {
  std::erase_if(answer.authority, [](const RRset& rrset) { return rrset.type != Type::SOA; });
  if (answer.authority.empty())
    answer.authority.push_back(synthetic_soa(owner, std::min(ttl, kMaxDenialTtl)));
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
