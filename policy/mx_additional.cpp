// Addresses of MX and SRV hosts in the additional section (RFC 1035 §3.3.9, RFC 2782): saves the client one
// lookup a host. True data, whole RRsets, and only what fits; an alias is not followed, for an MX must not
// name one (RFC 2181 §10.3) and the client shall see that.
#include <algorithm>
#include <array>
#include <ranges>

#include "policy/fitting.hpp"
#include "policy/steps.hpp"
#include "policy/targets.hpp"

namespace shirube::policy {
namespace {

using wire::RRset;
using wire::Type;

bool contains(const std::vector<RRset>& rrsets, const wire::Name& owner, Type type) {
  return std::ranges::any_of(rrsets, [&](const RRset& r) { return r.type == type && r.owner == owner; });
}

const RRset* addresses_of(const wire::Name& host, Type type, const FactIndex& facts) {
  const wire::Answer* fact = facts.find(host, type);
  if (fact == nullptr) return nullptr;
  const auto rrset =
      std::ranges::find_if(fact->answer, [&](const RRset& r) { return r.type == type && r.owner == host; });
  return rrset == fact->answer.end() ? nullptr : &*rrset;
}

bool add_addresses(const wire::Name& host, const FactIndex& facts, const Job& job, Fitting& message) {
  bool added = false;
  for (const Type type : {Type::A, Type::AAAA}) {
    if (type == Type::AAAA && job.client.rewrites.ipv4_only) continue;
    const RRset* rrset = addresses_of(host, type, facts);
    if (rrset == nullptr || contains(job.answer.additional, host, type)) continue;
    if (!message.add(wire::Section::Additional, *rrset)) continue;
    job.answer.additional.push_back(*rrset);
    added = true;
  }
  return added;
}

Frame frame_for_targets(const ClientView& client) {
  const bool reads_512 = client.rewrites.fit_512 && !client.edns;
  const std::size_t limit = client.size_limit;
  return {.limit = reads_512 ? std::min<std::size_t>(limit, wire::kPlainUdpSize) : limit,
          .edns = client.edns};
}

}  // namespace

Change add_target_addresses(const Job& job) {
  if (!has_targets(job.question.type) || job.facts.empty()) return Change::None;
  Fitting message(job.question, frame_for_targets(job.client), job.answer.errors);
  if (!message.add_all(job.answer)) return Change::None;

  const FactIndex facts(job.facts);
  bool added = false;
  for (const RRset& rrset : job.answer.answer) {
    if (rrset.type != job.question.type) continue;
    for (const wire::BytesView rdata : best_first(rrset) | std::views::take(kMaxTargetRecords)) {
      if (const auto host = wire::rdata_target(rrset.type, rdata))
        added |= add_addresses(*host, facts, job, message);
    }
  }
  return added ? Change::Additional : Change::None;
}

}  // namespace shirube::policy
