#include "upstream/answer_chain.hpp"

#include <algorithm>
#include <utility>

#include "cache/cached_answer.hpp"

namespace shirube::upstream {
namespace {

using wire::RRset;
using wire::Type;

[[nodiscard]] RRset* find(std::vector<RRset>& rrsets, const wire::Name& owner, Type type) {
  const auto found =
      std::ranges::find_if(rrsets, [&](const RRset& r) { return r.type == type && r.owner == owner; });
  return found == rrsets.end() ? nullptr : &*found;
}

[[nodiscard]] bool follows_aliases(Type type) { return type != Type::CNAME && type != Type::ANY; }

[[nodiscard]] std::vector<RRset> data_at(std::vector<RRset>& answer, const wire::Name& owner, Type type) {
  std::vector<RRset> data;
  for (auto& rrset : answer) {
    if (rrset.owner == owner && (rrset.type == type || type == Type::ANY)) data.push_back(std::move(rrset));
  }
  return data;
}

// The SOA must be that of a zone which holds the name, and which the server was asked for.
[[nodiscard]] std::vector<RRset> proof_for(std::vector<RRset>& authority, const wire::Name& name,
                                           const wire::Name& zone) {
  std::vector<RRset> proof;
  for (auto& rrset : authority) {
    if (!rrset.owner.is_within(zone)) continue;
    if (rrset.type == Type::SOA && name.is_within(rrset.owner) &&
        (proof.empty() || proof.front().type != Type::SOA)) {
      proof.insert(proof.begin(), std::move(rrset));
    } else if (rrset.type == Type::NSEC || rrset.type == Type::NSEC3) {
      proof.push_back(std::move(rrset));
    }
  }
  return proof;
}

[[nodiscard]] bool has_type(const std::vector<RRset>& rrsets, Type type) {
  return std::ranges::any_of(rrsets, [type](const RRset& r) { return r.type == type; });
}

}  // namespace

bool says_nothing(const wire::Answer& answer, const wire::Question& asked) {
  if (answer.rcode != wire::Rcode::NoError || has_type(answer.authority, Type::SOA)) return false;
  const auto concerns = [&](const RRset& r) {
    return r.owner == asked.name &&
           (r.type == asked.type || r.type == Type::CNAME || asked.type == Type::ANY);
  };
  if (std::ranges::any_of(answer.answer, concerns)) return false;
  return !answer.answer.empty() || has_type(answer.authority, Type::NS);
}

AnswerChain follow_chain(wire::Answer answer, const wire::Question& asked, const wire::Name& zone) {
  AnswerChain chain;
  chain.end = asked.name;
  while (follows_aliases(asked.type)) {
    if (!chain.end.is_within(zone)) break;
    auto* alias = find(answer.answer, chain.end, Type::CNAME);
    if (alias == nullptr || alias->rdatas.count() != 1) break;
    const auto target = wire::rdata_target(Type::CNAME, *alias->rdatas.begin());
    if (!target) break;
    if (chain.aliases.size() == cache::kMaxAliases) {
      chain.kind = ChainEnd::TooLong;
      return chain;
    }
    chain.aliases.push_back(*alias);
    chain.end = *target;
  }
  const bool trusted = chain.end.is_within(zone);
  if (trusted) chain.data = data_at(answer.answer, chain.end, asked.type);
  if (!chain.data.empty()) {
    chain.kind = ChainEnd::Data;
    return chain;
  }
  if (trusted) chain.proof = proof_for(answer.authority, chain.end, zone);
  if (trusted && answer.rcode == wire::Rcode::NxDomain) {
    chain.kind = ChainEnd::NxDomain;
  } else if (!chain.aliases.empty() &&
             (!trusted || chain.proof.empty() || chain.proof.front().type != Type::SOA)) {
    chain.kind = ChainEnd::Elsewhere;
  } else {
    chain.kind = ChainEnd::NoData;
  }
  return chain;
}

}  // namespace shirube::upstream
