#include "sim/zone.hpp"

#include <algorithm>
#include <utility>

#include "sim/zone_file.hpp"

namespace shirube::sim {
namespace {

using wire::Rcode;
using wire::Type;

[[nodiscard]] const wire::RRset* find_type(const Zone::Node& node, Type type) {
  const auto found = std::ranges::find(node, type, &wire::RRset::type);
  return found == node.end() ? nullptr : &*found;
}

[[nodiscard]] wire::RRset owned_by(const wire::Name& owner, wire::RRset rrset) {
  rrset.owner = owner;
  return rrset;
}

// All signatures of a node as the RRset that a question for RRSIG asks for (they are stored with what they
// cover).
[[nodiscard]] wire::RRset signatures_at(const Zone::Node& node, const wire::Name& owner) {
  wire::RRset all{.owner = owner,
                  .type = Type::RRSIG,
                  .klass = wire::Class::IN,
                  .ttl = 0,
                  .rdatas = {},
                  .signatures = {}};
  for (const auto& rrset : node) {
    const auto& rdatas = rrset.type == Type::RRSIG ? rrset.rdatas : rrset.signatures;
    if (rdatas.empty()) continue;
    all.ttl = all.rdatas.empty() ? rrset.ttl : std::min(all.ttl, rrset.ttl);
    for (const auto rdata : rdatas) all.rdatas.add(rdata);
  }
  return all;
}

// Copies what `type` asks for at `node`; says whether there was any.
[[nodiscard]] bool copy_matching(const Zone::Node& node, const wire::Question& question, wire::Answer& into) {
  const auto before = into.answer.size();
  if (question.type == Type::RRSIG) {
    if (auto all = signatures_at(node, question.name); !all.rdatas.empty())
      into.answer.push_back(std::move(all));
  } else if (question.type == Type::ANY) {
    for (const auto& rrset : node) into.answer.push_back(owned_by(question.name, rrset));
  } else if (const auto* rrset = find_type(node, question.type)) {
    into.answer.push_back(owned_by(question.name, *rrset));
  }
  return into.answer.size() > before;
}

// RFC 6672 §2.2, §3.1: the DNAME itself, and the CNAME that it makes for `name`. Its target, or nullopt when
// that is too long.
[[nodiscard]] std::optional<wire::Name> redirect(const wire::RRset& dname, const wire::Name& name,
                                                 wire::Answer& into) {
  into.answer.push_back(dname);
  const auto to = wire::rdata_target(Type::DNAME, *dname.rdatas.begin());
  if (!to) return std::nullopt;
  auto target = name.rebased(dname.owner, *to);
  if (!target || !*target) return std::nullopt;
  wire::RRset cname{.owner = name,
                    .type = Type::CNAME,
                    .klass = wire::Class::IN,
                    .ttl = dname.ttl,
                    .rdatas = {},
                    .signatures = {}};
  cname.rdatas.add((*target)->wire());
  into.answer.push_back(std::move(cname));
  return std::move(**target);
}

[[nodiscard]] bool has_alias_of(const wire::Answer& answer, const wire::Name& name) {
  return std::ranges::any_of(answer.answer, [&](const wire::RRset& rrset) {
    return rrset.type == Type::CNAME && rrset.owner == name;
  });
}

}  // namespace

Zone::Zone(wire::Name apex, std::string_view text) : apex_(std::move(apex)) { replace(text); }

void Zone::replace(std::string_view text) {
  Nodes nodes;
  for (auto& rrset : parse_zone(apex_, text)) nodes[rrset.owner].push_back(std::move(rrset));
  nodes_ = std::move(nodes);
}

void Zone::add(std::string_view text) {
  for (auto& rrset : parse_zone(apex_, text)) put(std::move(rrset));
}

void Zone::put(wire::RRset rrset) {
  auto& node = nodes_[rrset.owner];
  std::erase_if(node, [&](const wire::RRset& old) { return old.type == rrset.type; });
  node.push_back(std::move(rrset));
}

const wire::RRset* Zone::find(const wire::Name& name, Type type) const {
  const auto node = nodes_.find(name);
  return node == nodes_.end() ? nullptr : find_type(node->second, type);
}

bool Zone::is_empty_non_terminal(const wire::Name& name) const {
  const auto at = nodes_.lower_bound(name);
  return at != nodes_.end() && at->first.is_within(name) && !(at->first == name);
}

wire::Answer Zone::lookup(const wire::Question& question) const {
  wire::Answer answer;
  if (!question.name.is_within(apex_)) {
    answer.rcode = Rcode::Refused;
    return answer;
  }
  auto asked = question;
  for (std::size_t links = 0; links <= kMaxAliases; ++links) {
    auto step = this->step(asked, answer);
    if (links == 0) answer.authoritative = step.outcome != Outcome::Referral;
    if (step.outcome != Outcome::Alias) break;
    if (!step.target.is_within(apex_) || has_alias_of(answer, step.target)) break;
    asked.name = std::move(step.target);
  }
  return answer;
}

Zone::Step Zone::step(const wire::Question& question, wire::Answer& into) const {
  const auto labels = question.name.label_count();
  const auto apex_labels = apex_.label_count();
  for (auto count = apex_labels;; ++count) {
    const auto name = question.name.suffix(count);
    const auto at = nodes_.lower_bound(name);
    if (at == nodes_.end() || !at->first.is_within(name)) {
      if (count == apex_labels) return deny(Rcode::NxDomain, into);
      return answer_from_wildcard(question.name.suffix(count - 1), question, into);
    }
    static const Node kEmptyNonTerminal;
    const auto& node = at->first == name ? at->second : kEmptyNonTerminal;
    const bool is_target = count == labels;
    const bool is_cut = count > apex_labels && find_type(node, Type::NS) != nullptr;
    if (is_cut && !(is_target && question.type == Type::DS)) return refer(node, into);
    if (is_target) return answer_at(node, question, into);
    if (const auto* dname = find_type(node, Type::DNAME)) {
      auto target = redirect(*dname, question.name, into);
      if (target) return {Outcome::Alias, std::move(*target)};
      into.rcode = Rcode::YxDomain;
      return {Outcome::Answered};
    }
  }
}

Zone::Step Zone::answer_at(const Node& node, const wire::Question& question, wire::Answer& into) const {
  into.rcode = Rcode::NoError;
  if (copy_matching(node, question, into)) {
    if (question.type == Type::NS) add_addresses(into.answer.back(), into);
    return {Outcome::Answered};
  }
  if (const auto* cname = find_type(node, Type::CNAME)) {
    into.answer.push_back(owned_by(question.name, *cname));
    if (auto target = wire::rdata_target(Type::CNAME, *cname->rdatas.begin()))
      return {Outcome::Alias, std::move(*target)};
  }
  return deny(Rcode::NoError, into);
}

// RFC 4592 §3.3.1: only the wildcard right below the closest encloser is a source of synthesis.
Zone::Step Zone::answer_from_wildcard(const wire::Name& encloser, const wire::Question& question,
                                      wire::Answer& into) const {
  const auto source = encloser.child(std::string_view("*"));
  if (!source) return deny(Rcode::NxDomain, into);
  const auto at = nodes_.lower_bound(*source);
  if (at == nodes_.end() || !at->first.is_within(*source)) return deny(Rcode::NxDomain, into);
  if (!(at->first == *source)) return deny(Rcode::NoError, into);  // an empty non-terminal named *
  return answer_at(at->second, question, into);
}

Zone::Step Zone::refer(const Node& cut, wire::Answer& into) const {
  const auto& servers = *find_type(cut, Type::NS);
  into.rcode = Rcode::NoError;
  into.authority.push_back(servers);
  if (const auto* signer = find_type(cut, Type::DS)) into.authority.push_back(*signer);
  add_addresses(servers, into);
  return {Outcome::Referral};
}

void Zone::add_addresses(const wire::RRset& servers, wire::Answer& into) const {
  for (const auto rdata : servers.rdatas) {
    const auto server = wire::rdata_target(Type::NS, rdata);
    if (!server) continue;
    for (const auto type : {Type::A, Type::AAAA}) {
      if (const auto* address = find(*server, type)) into.additional.push_back(*address);
    }
  }
}

Zone::Step Zone::deny(Rcode rcode, wire::Answer& into) const {
  into.rcode = rcode;
  if (const auto* soa = find(apex_, Type::SOA)) {
    auto denial = *soa;
    if (const auto fields = wire::read_soa(*soa->rdatas.begin()))
      denial.ttl = std::min(denial.ttl, fields->minimum);
    into.authority.push_back(std::move(denial));
  }
  return {Outcome::Answered};
}

}  // namespace shirube::sim
