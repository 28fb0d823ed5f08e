// MX and SRV hosts that an IPv4-only client cannot reach: dropped, but only while one is left that it can.
// When none can be reached the truth stays: the mail then waits for the host, instead of bouncing off a
// domain that seems to have none.
#include <algorithm>
#include <utility>

#include "policy/steps.hpp"
#include "policy/targets.hpp"

namespace shirube::policy {
namespace {

using wire::Type;

enum class Reach : std::uint8_t {
  Usable,  // has an A, or may have one
  None,    // surely has no A
  Nobody,  // ".": there is no such service (RFC 7505, RFC 2782)
};

// By A alone: a server that drops AAAA must not hold up the answer.
Reach reach_of(const wire::Name& host, const FactIndex& facts) {
  if (host.is_root()) return Reach::Nobody;
  const wire::Answer* a = facts.find(host, Type::A);
  return a == nullptr || holds(*a, Type::A) ? Reach::Usable : Reach::None;
}

Reach reach_of_record(Type type, wire::BytesView rdata, const FactIndex& facts) {
  const auto host = wire::rdata_target(type, rdata);
  return host ? reach_of(*host, facts) : Reach::Usable;
}

bool drop_from(wire::RRset& rrset, const FactIndex& facts) {
  wire::RdataList kept;
  bool usable_left = false;
  for (const wire::BytesView rdata : rrset.rdatas) {
    const Reach reach = reach_of_record(rrset.type, rdata, facts);
    usable_left |= reach == Reach::Usable;
    if (reach != Reach::None) kept.add(rdata);
  }
  if (!usable_left || kept.count() == rrset.rdatas.count()) return false;
  rrset.rdatas = std::move(kept);
  rrset.signatures = {};
  return true;
}

}  // namespace

Change drop_ipv6_only_targets(const Job& job) {
  if (!has_targets(job.question.type)) return Change::None;
  const FactIndex facts(job.facts);
  bool dropped = false;
  for (wire::RRset& rrset : job.answer.answer) {
    if (rrset.type == job.question.type) dropped |= drop_from(rrset, facts);
  }
  return dropped ? Change::Content : Change::None;
}

}  // namespace shirube::policy
