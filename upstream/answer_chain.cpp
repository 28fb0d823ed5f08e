#include "upstream/answer_chain.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cache/cached_answer.hpp"

namespace shirube::upstream {
namespace {

using wire::RRset;
using wire::Type;

[[nodiscard]] RRset* find_rrset(std::vector<RRset>& rrsets, const wire::Name& owner, Type type) {
  const auto found =
      std::ranges::find_if(rrsets, [&](const RRset& r) { return r.type == type && r.owner == owner; });
  return found == rrsets.end() ? nullptr : &*found;
}

// One link of the chain, and where it leads.
struct Link {
  std::vector<RRset> records;  // CNAME, or DNAME and the CNAME that it makes
  wire::Name target;
};

[[nodiscard]] bool redirects(const RRset& rrset, const wire::Name& name, const Purview& purview) {
  const bool above = name.is_within(rrset.owner) && !(name == rrset.owner);
  return rrset.type == Type::DNAME && above && rrset.rdatas.count() == 1 &&
         purview.holds(rrset.owner, Type::DNAME);
}

void append_dname_above(const std::vector<RRset>& answer, AnswerChain& chain, const Purview& purview) {
  const auto found =
      std::ranges::find_if(answer, [&](const RRset& rrset) { return redirects(rrset, chain.end, purview); });
  if (found != answer.end()) chain.aliases.push_back(*found);
}

[[nodiscard]] std::optional<Link> link_by_dname(const std::vector<RRset>& answer, const wire::Name& name,
                                                const Purview& purview) {
  for (const auto& rrset : answer) {
    if (!redirects(rrset, name, purview)) continue;
    const auto to = wire::rdata_target(Type::DNAME, *rrset.rdatas.begin());
    auto target = to ? name.rebased(rrset.owner, *to) : std::nullopt;
    if (!target || !*target) continue;
    RRset cname{.owner = name, .type = Type::CNAME, .klass = wire::Class::IN, .ttl = rrset.ttl};
    cname.rdatas.add((*target)->wire());
    return Link{{rrset, std::move(cname)}, std::move(**target)};
  }
  return std::nullopt;
}

[[nodiscard]] std::optional<Link> link_by_cname(std::vector<RRset>& answer, const wire::Name& name) {
  auto* alias = find_rrset(answer, name, Type::CNAME);
  if (alias == nullptr || alias->rdatas.count() != 1) return std::nullopt;
  auto target = wire::rdata_target(Type::CNAME, *alias->rdatas.begin());
  if (!target) return std::nullopt;
  return Link{{*alias}, std::move(*target)};
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
                                           const Purview& purview) {
  std::vector<RRset> proof;
  for (auto& rrset : authority) {
    if (!rrset.owner.is_within(purview.zone())) continue;
    if (rrset.type == Type::SOA && name.is_within(rrset.owner) &&
        (proof.empty() || proof.front().type != Type::SOA)) {
      proof.insert(proof.begin(), std::move(rrset));
    } else if (wire::is_denial(rrset.type)) {
      proof.push_back(std::move(rrset));
    }
  }
  return proof;
}

[[nodiscard]] std::vector<RRset> denials_in(const std::vector<RRset>& authority, const Purview& purview) {
  std::vector<RRset> denials;
  std::ranges::copy_if(authority, std::back_inserter(denials), [&](const RRset& rrset) {
    return wire::is_denial(rrset.type) && rrset.owner.is_within(purview.zone());
  });
  return denials;
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

bool is_secure(const AnswerChain& chain) {
  const bool has_end = chain.kind != ChainEnd::Elsewhere;
  return std::ranges::all_of(chain.alias_vouching, &Vouching::secure) &&
         (!has_end || chain.vouching.secure) && chain.alias_vouching.size() == chain.aliases.size();
}

AnswerChain follow_chain(wire::Answer answer, const wire::Question& asked, const Purview& purview) {
  AnswerChain chain;
  chain.end = asked.name;
  for (std::size_t links = 0; follows_aliases(asked.type); ++links) {
    if (!purview.holds(chain.end, asked.type)) break;
    auto link = link_by_dname(answer.answer, chain.end, purview);
    if (!link) link = link_by_cname(answer.answer, chain.end);
    if (!link) break;
    if (links == cache::kMaxAliases) {
      chain.kind = ChainEnd::TooLong;
      return chain;
    }
    std::ranges::move(link->records, std::back_inserter(chain.aliases));
    chain.end = std::move(link->target);
  }
  if (!chain.aliases.empty() || !answer.answer.empty()) chain.denials = denials_in(answer.authority, purview);
  const bool trusted = purview.holds(chain.end, asked.type);
  if (answer.rcode == wire::Rcode::YxDomain) {
    chain.kind = ChainEnd::NameTooLong;
    if (trusted) append_dname_above(answer.answer, chain, purview);
    return chain;
  }
  // An alias that a DNAME makes is asked for by itself.
  if (trusted && asked.type == Type::CNAME) {
    if (auto link = link_by_dname(answer.answer, chain.end, purview)) {
      chain.aliases.push_back(std::move(link->records.front()));
      chain.data.push_back(std::move(link->records.back()));
      chain.kind = ChainEnd::Data;
      return chain;
    }
  }
  if (trusted) chain.data = data_at(answer.answer, chain.end, asked.type);
  if (!chain.data.empty()) {
    chain.kind = ChainEnd::Data;
    return chain;
  }
  if (trusted) chain.proof = proof_for(answer.authority, chain.end, purview);
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

std::size_t count_links(const std::vector<wire::RRset>& aliases) {
  return static_cast<std::size_t>(std::ranges::count(aliases, Type::CNAME, &RRset::type));
}

}  // namespace shirube::upstream
