#include "server/compact_denial.hpp"

#include <algorithm>
#include <optional>

#include "dnssec/denial.hpp"

namespace shirube::server {
namespace {

using wire::Name;
using wire::Rcode;
using wire::Type;

constexpr std::size_t kTypeAndClass = 4;
// A denial has one NSEC3 of the name. This bounds the work for a reply with more of them.
constexpr unsigned kMaxHashes = 4;

// The name that the aliases of the answer lead to. They stand in order, from the asked name on.
[[nodiscard]] Name end_of_aliases(Name name, const std::vector<wire::RRset>& records) {
  for (const auto& rrset : records) {
    if (rrset.type != Type::CNAME || !(rrset.owner == name) || rrset.rdatas.empty()) continue;
    if (auto target = wire::rdata_target(Type::CNAME, *rrset.rdatas.begin())) name = *std::move(target);
  }
  return name;
}

[[nodiscard]] bool is_compact(const wire::Answer& answer, const Name& asked) {
  const auto soa = std::ranges::find(answer.authority, Type::SOA, &wire::RRset::type);
  if (soa == answer.authority.end()) return false;
  dnssec::Denials denials{.zone = soa->owner};
  for (const auto& rrset : answer.authority) {
    if (wire::is_denial(rrset.type)) denials.records.push_back(&rrset);
  }
  dnssec::Effort effort{.hashes_left = kMaxHashes};
  return !denials.records.empty() &&
         dnssec::says_no_such_name(denials, end_of_aliases(asked, answer.answer), effort);
}

}  // namespace

Rcode rcode_for(const wire::Answer& answer, wire::BytesView question, const ReplyForm& form) {
  const bool may_be_compact = answer.rcode == Rcode::NxDomain && form.dnssec_ok && !form.compact_ok;
  if (!may_be_compact || question.size() <= kTypeAndClass) return answer.rcode;
  const auto asked = Name::from_checked_wire(question.first(question.size() - kTypeAndClass));
  return is_compact(answer, asked) ? Rcode::NoError : answer.rcode;
}

}  // namespace shirube::server
