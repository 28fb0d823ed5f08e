// ANY answered from lookups of single types: whole RRsets, the most useful first, and never truncated.
// Source:   RFC 8482 §4.1 (a subset is a proper answer), §4.2 (the HINFO).
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "policy/fitting.hpp"
#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

using wire::Answer;
using wire::RRset;
using wire::Type;

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

const RRset* alias_in(const wire::Name& name, const Answer& part) {
  return is_failure(part) ? nullptr : find_at(part.answer, name, Type::CNAME);
}

// The most useful first. A CNAME stands alone (RFC 1034 §3.6.2): other records in the parts belong to its
// target.
std::vector<Found> gather(const wire::Question& question, std::span<const Answer> parts,
                          const ClientView& client) {
  for (const Answer& part : parts) {
    if (const RRset* alias = alias_in(question.name, part)) return {{.rrset = alias, .part = &part}};
  }
  std::vector<Found> found;
  for (const Type type : lookups_instead(question, client)) {
    for (const Answer& part : parts) {
      const RRset* rrset = is_failure(part) ? nullptr : find_at(part.answer, question.name, type);
      if (rrset == nullptr) continue;
      found.push_back({.rrset = rrset, .part = &part});
      break;
    }
  }
  return found;
}

// Denials that are not there yet. By an ordered set of their owners: a part may hold thousands.
void append_new_denials(const std::vector<RRset>& from, std::vector<RRset>& to) {
  const auto is_before = [](const RRset* a, const RRset* b) {
    if (a->type != b->type) return a->type < b->type;
    return wire::compare_ignoring_case(a->owner.wire(), b->owner.wire()) < 0;
  };
  std::set<const RRset*, decltype(is_before)> known(is_before);
  std::vector<const RRset*> added;
  for (const RRset& rrset : to) known.insert(&rrset);
  for (const RRset& rrset : from) {
    if (wire::is_denial(rrset.type) && known.insert(&rrset).second) added.push_back(&rrset);
  }
  for (const RRset* rrset : added) to.push_back(*rrset);
}

// What a validating client needs besides: the DNAME that a CNAME was made from, the proof behind a wildcard.
void append_with_proof(const Found& found, const ClientView& client, Answer& answer) {
  if (client.dnssec_ok) {
    std::ranges::copy_if(found.part->answer, std::back_inserter(answer.answer), [&](const RRset& r) {
      return r.type == Type::DNAME && found.rrset->type == Type::CNAME &&
             found.rrset->owner.is_within(r.owner);
    });
    append_new_denials(found.part->authority, answer.authority);
  }
  answer.answer.push_back(*found.rrset);
}

Frame frame_for_any(const ClientView& client) {
  const std::size_t limit = client.edns ? client.size_limit : wire::kPlainUdpSize;
  return {.limit = limit, .edns = client.edns, .with_signatures = client.dnssec_ok};
}

// The number of RRsets that fit.
std::size_t append_what_fits(const wire::Question& question, std::span<const Found> found,
                             const ClientView& client, Answer& answer) {
  std::size_t fitting = 0;
  for (const Found& candidate : found) {
    const std::size_t answer_count = answer.answer.size();
    const std::size_t authority_count = answer.authority.size();
    append_with_proof(candidate, client, answer);
    if (rendered_size(question, answer, frame_for_any(client))) {
      ++fitting;
      continue;
    }
    answer.answer.resize(answer_count);
    answer.authority.resize(authority_count);
  }
  return fitting;
}

RRset hinfo(const wire::Name& owner, std::uint32_t ttl) {
  constexpr std::array<std::uint8_t, 9> kRfc8482{7, 'R', 'F', 'C', '8', '4', '8', '2', 0};
  RRset rrset{.owner = owner,
              .type = Type::HINFO,
              .klass = wire::Class::IN,
              .ttl = ttl,
              .rdatas = {},
              .signatures = {}};
  rrset.rdatas.add(kRfc8482);
  return rrset;
}

// The part that says it best when there is nothing: one with an SOA; "no data" before "no such name", for
// some servers deny the name when they mean the type.
const Answer& best_denial(std::span<const Answer> parts) {
  const auto rank = [](const Answer& part) {
    const bool soa = std::ranges::find(part.authority, Type::SOA, &RRset::type) != part.authority.end();
    if (is_failure(part)) return 4;
    return (part.rcode == wire::Rcode::NoError ? 0 : 2) + (soa ? 0 : 1);
  };
  return *std::ranges::min_element(parts, {}, rank);
}

void add_errors(const Answer& from, std::vector<wire::ExtendedError>& errors) {
  for (const wire::ExtendedError& error : from.errors) {
    if (std::ranges::find(errors, error) == errors.end()) errors.push_back(error);
  }
}

// The reasons that came along (a stale answer, say), each once.
std::vector<wire::ExtendedError> merged_errors(std::span<const Found> found) {
  std::vector<wire::ExtendedError> errors;
  for (const Found& one : found) add_errors(*one.part, errors);
  return errors;
}

bool all_authentic(std::span<const Answer> parts) {
  return std::ranges::all_of(parts, [](const Answer& part) { return part.authentic; });
}

// A part whose lookup failed is left out: the answer carries the reasons.
void tell_of_failed(std::span<const Answer> parts, const ClientView& client, Answer& answer,
                    Applied& applied) {
  mark_rewritten(Rewriter::AnyFit, wire::Ede::Synthesized, client, answer, applied);
  if (!client.edns) return;
  for (const Answer& part : parts) {
    if (is_failure(part)) add_errors(part, answer.errors);
  }
}

// For an IPv4-only client AAAA is not looked up and not mentioned.
void tell_of_withheld(const ClientView& client, Answer& answer, Applied& applied) {
  if (withholds_aaaa(client))
    mark_rewritten(Rewriter::Ipv4OnlyAddress, wire::Ede::Filtered, client, answer, applied);
}

Answer answer_with_data(const wire::Question& question, std::span<const Answer> parts,
                        std::span<const Found> found, const ClientView& client, Applied& applied) {
  applied.set(Rewriter::AnyFit);
  Answer whole;
  const bool is_alias = found.front().rrset->type == Type::CNAME;
  whole.errors = merged_errors(found);
  whole.authentic = is_alias ? found.front().part->authentic : all_authentic(parts);
  // Extended errors take room too, so they are added before the records are chosen.
  if (!is_alias) tell_of_withheld(client, whole, applied);
  const bool lacks_a_part = !is_alias && std::ranges::any_of(parts, is_failure);
  if (lacks_a_part) tell_of_failed(parts, client, whole, applied);
  Answer answer = whole;
  auto fitting = append_what_fits(question, found, client, answer);
  if (fitting == found.size()) return answer;
  if (!lacks_a_part && fitting > 0) {
    answer = whole;
    mark_rewritten(Rewriter::AnyFit, wire::Ede::Synthesized, client, answer, applied);
    fitting = append_what_fits(question, found, client, answer);
  }
  if (fitting > 0) return answer;
  answer = whole;
  if (client.dnssec_ok) {
    // A forged HINFO would be bogus to a validator. It can read TC and come back by TCP, where this fits.
    append_with_proof(found.front(), client, answer);
    return answer;
  }
  const auto shortest = std::ranges::min(found, {}, [](const Found& f) { return f.rrset->ttl; });
  answer.answer.push_back(hinfo(question.name, shortest.rrset->ttl));
  if (!lacks_a_part) mark_rewritten(Rewriter::AnyFit, wire::Ede::Synthesized, client, answer, applied);
  return answer;
}

// A validation failure is more informative than an unreachable server.
const Answer* worst_failure(std::span<const Answer> parts) {
  const auto is_flawed = [](const Answer& part) {
    return is_failure(part) && !part.errors.empty() && wire::is_about_validation(part.errors.front().code);
  };
  auto worst = std::ranges::find_if(parts, is_flawed);
  if (worst == parts.end()) worst = std::ranges::find_if(parts, is_failure);
  return worst == parts.end() ? nullptr : &*worst;
}

bool proves_no_name(const Answer& part) { return part.rcode == wire::Rcode::NxDomain && part.authentic; }

const RRset* nsec_at(const wire::Name& name, std::span<const Answer> parts) {
  for (const Answer& part : parts) {
    if (const RRset* nsec = find_at(part.authority, name, Type::NSEC)) return nsec;
  }
  return nullptr;
}

// The name exists, but only with types that were not looked up: an empty answer would deny them.
Answer answer_for_other_types(const wire::Question& question, std::span<const Answer> parts,
                              const ClientView& client, Applied& applied) {
  applied.set(Rewriter::AnyFit);
  const Answer& best = best_denial(parts);
  Answer answer;
  answer.errors = best.errors;
  answer.authentic = all_authentic(parts);
  if (client.dnssec_ok && answer.authentic) {
    // A validator treats an unsigned HINFO as bogus. The NSEC is a signed record of the name.
    if (const RRset* nsec = nsec_at(question.name, parts)) {
      answer.answer.push_back(*nsec);
      return answer;
    }
    answer.authority = best.authority;
  } else {
    std::uint32_t ttl = kMaxOwnTtl;
    for (const Answer& part : parts) ttl = std::min(ttl, wire::lowest_ttl(part).value_or(0));
    answer.answer.push_back(hinfo(question.name, ttl));
  }
  mark_rewritten(Rewriter::AnyFit, wire::Ede::Synthesized, client, answer, applied);
  return answer;
}

Answer answer_without_data(const wire::Question& question, std::span<const Answer> parts,
                           const ClientView& client, Applied& applied) {
  const auto proven = std::ranges::find_if(parts, proves_no_name);
  const bool is_proven = proven != parts.end() && std::ranges::none_of(parts, [](const Answer& part) {
                           return part.rcode == wire::Rcode::NoError;
                         });
  const Answer* failed = worst_failure(parts);
  if (failed != nullptr && !is_proven) return *failed;
  const Answer& best = is_proven ? *proven : best_denial(parts);
  if (best.rcode == wire::Rcode::NoError) return answer_for_other_types(question, parts, client, applied);
  Answer answer = best;
  answer.answer.clear();
  answer.additional.clear();
  if (!client.dnssec_ok) std::erase_if(answer.authority, [](const RRset& r) { return r.type != Type::SOA; });
  answer.authentic = is_proven || all_authentic(parts);
  return answer;
}

}  // namespace

bool is_enough_for_any(const wire::Name& name, const Answer& part) {
  return alias_in(name, part) != nullptr || proves_no_name(part);
}

Answer assemble_any(const wire::Question& question, std::span<const Answer> parts, const ClientView& client,
                    Applied& applied) {
  const auto found = gather(question, parts, client);
  return found.empty() ? answer_without_data(question, parts, client, applied)
                       : answer_with_data(question, parts, found, client, applied);
}

}  // namespace shirube::policy
