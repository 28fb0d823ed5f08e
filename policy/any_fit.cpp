// ANY answered from lookups of single types: whole RRsets, the most useful first, and never truncated.
// Source:   RFC 8482 §4.1 (a subset is a proper answer), §4.2 (the HINFO).
#include <algorithm>
#include <array>
#include <utility>

#include "policy/fitting.hpp"
#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

using wire::Answer;
using wire::RRset;
using wire::Type;

// By worth to those who ask ANY: old mail software, that looks for an alias, then for where mail goes.
constexpr std::array kTypes{Type::CNAME, Type::MX, Type::A, Type::AAAA, Type::NS, Type::SOA, Type::TXT};

// An RRset of the name asked for, and the answer that it came in.
struct Found {
  const RRset* rrset;
  const Answer* part;
};

const RRset* find_at(const std::vector<RRset>& rrsets, const wire::Name& owner, Type type) {
  const auto rrset =
      std::ranges::find_if(rrsets, [&](const RRset& r) { return r.type == type && r.owner == owner; });
  return rrset == rrsets.end() ? nullptr : &*rrset;
}

// In order of worth. A CNAME stands alone (RFC 1034 §3.6.2): what else the parts hold is its target's.
std::vector<Found> gather(const wire::Name& name, std::span<const Answer> parts) {
  for (const Answer& part : parts) {
    if (is_failure(part)) continue;
    if (const RRset* alias = find_at(part.answer, name, Type::CNAME))
      return {{.rrset = alias, .part = &part}};
  }
  std::vector<Found> found;
  for (std::size_t i = 0; i < std::min(parts.size(), kTypes.size()); ++i) {
    if (is_failure(parts[i])) continue;
    if (const RRset* rrset = find_at(parts[i].answer, name, kTypes.at(i))) {
      found.push_back({.rrset = rrset, .part = &parts[i]});
    }
  }
  return found;
}

// What a validating client needs besides: the DNAME that a CNAME was made from, the proof behind a wildcard.
void append_with_proof(const Found& found, const ClientView& client, Answer& answer) {
  if (client.dnssec_ok) {
    std::ranges::copy_if(found.part->answer, std::back_inserter(answer.answer), [&](const RRset& r) {
      return r.type == Type::DNAME && found.rrset->type == Type::CNAME &&
             found.rrset->owner.is_within(r.owner);
    });
    std::ranges::copy_if(found.part->authority, std::back_inserter(answer.authority), [&](const RRset& r) {
      return wire::is_denial(r.type) && std::ranges::find(answer.authority, r) == answer.authority.end();
    });
  }
  answer.answer.push_back(*found.rrset);
}

Frame frame_for_any(const ClientView& client) {
  const std::size_t limit = client.edns ? client.size_limit : wire::kPlainUdpSize;
  return {.limit = limit, .edns = client.edns, .with_signatures = client.dnssec_ok};
}

// False: no RRset fits.
bool append_what_fits(const wire::Question& question, std::span<const Found> found, const ClientView& client,
                      Answer& answer) {
  for (const Found& candidate : found) {
    const std::size_t answer_count = answer.answer.size();
    const std::size_t authority_count = answer.authority.size();
    append_with_proof(candidate, client, answer);
    if (rendered_size(question, answer, frame_for_any(client))) continue;
    answer.answer.resize(answer_count);
    answer.authority.resize(authority_count);
  }
  return !answer.answer.empty();
}

// Lives no longer than the records that it stands for.
RRset hinfo(const wire::Name& owner, std::span<const Found> found) {
  constexpr std::array<std::uint8_t, 9> kRfc8482{7, 'R', 'F', 'C', '8', '4', '8', '2', 0};
  const auto shortest = std::ranges::min(found, {}, [](const Found& f) { return f.rrset->ttl; });
  RRset rrset{.owner = owner,
              .type = Type::HINFO,
              .klass = wire::Class::IN,
              .ttl = shortest.rrset->ttl,
              .rdatas = {},
              .signatures = {}};
  rrset.rdatas.add(kRfc8482);
  return rrset;
}

// The part that says it best when there is nothing: one with an SOA; "no data" before "no such name", for
// some servers deny the name when they mean the type; a failure only when there is nothing else.
const Answer& best_denial(std::span<const Answer> parts) {
  const auto rank = [](const Answer& part) {
    const bool soa = std::ranges::find(part.authority, Type::SOA, &RRset::type) != part.authority.end();
    if (is_failure(part)) return 4;
    return (part.rcode == wire::Rcode::NoError ? 0 : 2) + (soa ? 0 : 1);
  };
  return *std::ranges::min_element(parts, {}, rank);
}

Answer denial(std::span<const Answer> parts, const ClientView& client) {
  const Answer& best = best_denial(parts);
  Answer answer = best;
  if (is_failure(best)) return answer;
  answer.answer.clear();
  answer.additional.clear();
  if (!client.dnssec_ok) {
    std::erase_if(answer.authority, [](const RRset& r) { return r.type != Type::SOA; });
  }
  return answer;
}

// The reasons that came along (a stale answer, say), each once.
std::vector<wire::ExtendedError> merged_errors(std::span<const Found> found) {
  std::vector<wire::ExtendedError> errors;
  for (const Found& one : found) {
    for (const wire::ExtendedError& error : one.part->errors) {
      if (std::ranges::find(errors, error) == errors.end()) errors.push_back(error);
    }
  }
  return errors;
}

bool all_authentic(std::span<const Answer> parts) {
  return std::ranges::all_of(parts, [](const Answer& part) { return part.authentic; });
}

void answer_with_data(const wire::Question& question, std::span<const Found> found, const ClientView& client,
                      Answer& answer, Applied& applied) {
  applied.set(Rewriter::AnyFit);
  if (append_what_fits(question, found, client, answer)) return;
  if (client.dnssec_ok) {
    // A forged HINFO would be bogus to a validator. It can read TC and come back by TCP, where this fits.
    append_with_proof(found.front(), client, answer);
    return;
  }
  answer.answer.push_back(hinfo(question.name, found));
  mark_rewritten(Rewriter::AnyFit, wire::Ede::Synthesized, client, answer, applied);
}

}  // namespace

std::span<const Type> lookups_instead(const wire::Question& question, const ClientView& client) {
  const bool ours =
      question.type == Type::ANY && question.klass == wire::Class::IN && client.rewrites.any_fit;
  return ours ? std::span<const Type>(kTypes) : std::span<const Type>();
}

Answer assemble_any(const wire::Question& question, std::span<const Answer> parts, const ClientView& client,
                    Applied& applied) {
  std::vector<Found> found = gather(question.name, parts);
  const bool withholds = client.rewrites.ipv4_only && !client.dnssec_ok;
  const auto aaaa = std::ranges::find_if(found, [](const Found& f) { return f.rrset->type == Type::AAAA; });
  const RRset* withheld = withholds && aaaa != found.end() ? aaaa->rrset : nullptr;
  if (withheld != nullptr) found.erase(aaaa);

  Answer answer;
  if (found.empty()) {
    answer = denial(parts, client);
    if (withheld != nullptr) set_denial(answer, question.name, withheld->ttl);
  } else {
    answer.errors = merged_errors(found);
  }
  answer.authentic = all_authentic(parts);
  // Marked before the records are chosen: the extended error takes room too.
  if (withheld != nullptr) {
    mark_rewritten(Rewriter::Ipv4OnlyAddress, wire::Ede::Filtered, client, answer, applied);
  }
  if (!found.empty()) answer_with_data(question, found, client, answer, applied);
  return answer;
}

}  // namespace shirube::policy
