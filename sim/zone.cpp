#include "sim/zone.hpp"

#include <algorithm>
#include <utility>

#include "sim/denial_records.hpp"
#include "sim/zone_file.hpp"

namespace shirube::sim {
namespace {

using wire::Rcode;
using wire::Type;

constexpr std::uint32_t kKeyTtl = 300;  // where no SOA tells

[[nodiscard]] const wire::RRset* find_type(const Zone::Node& node, Type type) {
  const auto found = std::ranges::find(node, type, &wire::RRset::type);
  return found == node.end() ? nullptr : &*found;
}

[[nodiscard]] wire::RRset owned_by(const wire::Name& owner, wire::RRset rrset) {
  rrset.owner = owner;
  return rrset;
}

[[nodiscard]] bool has_alias_of(const wire::Answer& answer, const wire::Name& name) {
  return std::ranges::any_of(answer.answer, [&](const wire::RRset& rrset) {
    return rrset.type == Type::CNAME && rrset.owner == name;
  });
}

[[nodiscard]] wire::RRset nsec3_parameters(const wire::Name& apex, const Signing& signing) {
  constexpr std::uint8_t kSha1 = 1;
  constexpr std::uint8_t kNoFlags = 0;  // opt-out is not told here (RFC 5155 §4.1.2)
  wire::Bytes rdata{kSha1, kNoFlags, static_cast<std::uint8_t>(signing.iterations >> 8),
                    static_cast<std::uint8_t>(signing.iterations),
                    static_cast<std::uint8_t>(signing.salt.size())};
  rdata.insert(rdata.end(), signing.salt.begin(), signing.salt.end());
  wire::RRset parameters{.owner = apex, .type = Type::NSEC3PARAM, .ttl = 0};
  parameters.rdatas.add(rdata);
  return parameters;
}

}  // namespace

struct Zone::Inquiry {
  const wire::Question& question;
  wire::Answer& into;
  Proofs proofs;
  std::optional<wire::Name> encloser = {};  // it is the wildcard below this that answers
};

Zone::Zone(wire::Name apex, std::string_view text) : apex_(std::move(apex)) { replace(text); }

void Zone::replace(std::string_view text) {
  Nodes nodes;
  for (auto& rrset : parse_zone(apex_, text)) nodes[rrset.owner].push_back(std::move(rrset));
  nodes_ = std::move(nodes);
  add_keys();
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

wire::Answer Zone::lookup(const wire::Question& question, Proofs proofs) const {
  wire::Answer answer;
  if (!question.name.is_within(apex_)) {
    answer.rcode = Rcode::Refused;
    return answer;
  }
  auto asked = question;
  for (std::size_t links = 0; links <= kMaxAliases; ++links) {
    auto step = this->step(asked, answer, proofs);
    if (links == 0) answer.authoritative = step.outcome != Outcome::Referral;
    if (step.outcome != Outcome::Alias) break;
    if (!step.target.is_within(apex_) || has_alias_of(answer, step.target)) break;
    asked.name = std::move(step.target);
  }
  return answer;
}

Zone::Step Zone::step(const wire::Question& question, wire::Answer& into, Proofs proofs) const {
  const Inquiry inquiry{.question = question, .into = into, .proofs = proofs};
  const auto labels = question.name.label_count();
  const auto apex_labels = apex_.label_count();
  for (auto count = apex_labels;; ++count) {
    const auto name = question.name.suffix(count);
    const auto at = nodes_.lower_bound(name);
    if (at == nodes_.end() || !at->first.is_within(name)) {
      if (count == apex_labels) return deny_name(apex_, inquiry);
      return answer_from_wildcard(question.name.suffix(count - 1), inquiry);
    }
    static const Node kEmptyNonTerminal;
    const auto& node = at->first == name ? at->second : kEmptyNonTerminal;
    const bool is_target = count == labels;
    const bool is_cut = count > apex_labels && find_type(node, Type::NS) != nullptr;
    if (is_cut && !(is_target && question.type == Type::DS)) return refer(node, inquiry);
    if (is_target) return answer_at(node, inquiry);
    if (const auto* dname = find_type(node, Type::DNAME)) {
      auto target = redirect(*dname, inquiry);
      if (target) return {Outcome::Alias, std::move(*target)};
      into.rcode = Rcode::YxDomain;
      return {Outcome::Answered};
    }
  }
}

Zone::Step Zone::answer_at(const Node& node, const Inquiry& inquiry) const {
  auto& into = inquiry.into;
  into.rcode = Rcode::NoError;
  const bool matches = copy_matching(node, inquiry);
  const auto* cname = matches ? nullptr : find_type(node, Type::CNAME);
  if (cname != nullptr) into.answer.push_back(as_sent(*cname, inquiry));
  if (!matches && cname == nullptr) return deny_type(inquiry);
  if (inquiry.encloser && proves(inquiry.proofs)) {
    const DenialRecords denials(*this, signer_->signing());
    add_proof(denials.nothing_closer(inquiry.question.name, *inquiry.encloser), into);
  }
  if (matches && inquiry.question.type == Type::NS) add_addresses(into.answer.back(), into);
  auto target = cname == nullptr ? std::nullopt : wire::rdata_target(Type::CNAME, *cname->rdatas.begin());
  if (!target) return {Outcome::Answered};
  return {Outcome::Alias, std::move(*target)};
}

// RFC 4592 §3.3.1: only the wildcard right below the closest encloser is a source of synthesis.
Zone::Step Zone::answer_from_wildcard(const wire::Name& encloser, const Inquiry& inquiry) const {
  const auto source = encloser.child(std::string_view("*"));
  if (!source) return deny_name(encloser, inquiry);
  const auto at = nodes_.lower_bound(*source);
  if (at == nodes_.end() || !at->first.is_within(*source)) return deny_name(encloser, inquiry);
  const Inquiry expanded{
      .question = inquiry.question, .into = inquiry.into, .proofs = inquiry.proofs, .encloser = encloser};
  if (!(at->first == *source)) return deny_type(expanded);  // an empty non-terminal named *
  return answer_at(at->second, expanded);
}

// Copies what is asked for at `node`; says whether there was any.
bool Zone::copy_matching(const Node& node, const Inquiry& inquiry) const {
  auto& answer = inquiry.into.answer;
  const auto type = inquiry.question.type;
  const auto before = answer.size();
  if (type == Type::RRSIG) {
    if (auto all = signatures_at(node, inquiry); !all.rdatas.empty()) answer.push_back(std::move(all));
    return answer.size() > before;
  }
  for (const auto& rrset : node) {
    if (type == rrset.type || type == Type::ANY) answer.push_back(as_sent(rrset, inquiry));
  }
  const bool may_be_nsec = type == Type::NSEC || (type == Type::ANY && answer.size() > before);
  if (may_be_nsec && signer_ != nullptr && !inquiry.encloser) {
    const DenialRecords denials(*this, signer_->signing());
    if (auto nsec = denials.nsec_at(inquiry.question.name)) answer.push_back(as_sent(*nsec, inquiry));
  }
  return answer.size() > before;
}

// All signatures of a node as the RRset that a question for RRSIG asks for (they are stored with what they
// cover, or made).
wire::RRset Zone::signatures_at(const Node& node, const Inquiry& inquiry) const {
  wire::RRset all{.owner = inquiry.question.name, .type = Type::RRSIG};
  for (const auto& stored : node) {
    const auto rrset = as_sent(stored, inquiry);
    const auto& rdatas = rrset.type == Type::RRSIG ? rrset.rdatas : rrset.signatures;
    if (rdatas.empty()) continue;
    all.ttl = all.rdatas.empty() ? rrset.ttl : std::min(all.ttl, rrset.ttl);
    for (const auto rdata : rdatas) all.rdatas.add(rdata);
  }
  return all;
}

// RFC 6672 §2.2, §3.1: the DNAME itself, and the CNAME that it makes for the name. Its target, or nullopt
// when that is too long.
std::optional<wire::Name> Zone::redirect(const wire::RRset& dname, const Inquiry& inquiry) const {
  const auto& name = inquiry.question.name;
  auto& answer = inquiry.into.answer;
  answer.push_back(proves(inquiry.proofs) ? signed_and_spoilt(dname.owner, dname) : dname);
  const auto to = wire::rdata_target(Type::DNAME, *dname.rdatas.begin());
  if (!to) return std::nullopt;
  auto target = name.rebased(dname.owner, *to);
  if (!target || !*target) return std::nullopt;
  wire::RRset cname{.owner = name, .type = Type::CNAME, .ttl = dname.ttl};
  cname.rdatas.add((*target)->wire());
  answer.push_back(std::move(cname));
  return std::move(**target);
}

Zone::Step Zone::refer(const Node& cut, const Inquiry& inquiry) const {
  const auto& servers = *find_type(cut, Type::NS);
  auto& into = inquiry.into;
  into.rcode = Rcode::NoError;
  into.authority.push_back(servers);
  if (const auto* ds = find_type(cut, Type::DS)) {
    into.authority.push_back(proves(inquiry.proofs) ? signed_and_spoilt(ds->owner, *ds) : *ds);
  } else if (proves(inquiry.proofs)) {
    add_proof(DenialRecords(*this, signer_->signing()).no_data(servers.owner), into);
  }
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

Zone::Step Zone::deny_type(const Inquiry& inquiry) const {
  inquiry.into.rcode = Rcode::NoError;
  add_soa(inquiry);
  if (!proves(inquiry.proofs)) return {Outcome::Answered};
  const DenialRecords denials(*this, signer_->signing());
  const auto& name = inquiry.question.name;
  add_proof(inquiry.encloser ? denials.no_data_at_wildcard(name, *inquiry.encloser) : denials.no_data(name),
            inquiry.into);
  return {Outcome::Answered};
}

Zone::Step Zone::deny_name(const wire::Name& encloser, const Inquiry& inquiry) const {
  inquiry.into.rcode = Rcode::NxDomain;
  add_soa(inquiry);
  if (!proves(inquiry.proofs)) return {Outcome::Answered};
  const DenialRecords denials(*this, signer_->signing());
  add_proof(denials.no_name(inquiry.question.name, encloser), inquiry.into);
  if (signer_->signing().denial == DenialForm::Compact) inquiry.into.rcode = Rcode::NoError;
  return {Outcome::Answered};
}

void Zone::add_soa(const Inquiry& inquiry) const {
  const auto* soa = find(apex_, Type::SOA);
  if (soa == nullptr) return;
  auto denial = proves(inquiry.proofs) ? signed_and_spoilt(apex_, *soa) : *soa;
  if (const auto fields = wire::read_soa(*soa->rdatas.begin()))
    denial.ttl = std::min(denial.ttl, fields->minimum);
  inquiry.into.authority.push_back(std::move(denial));
}

void Zone::add_proof(const DenialProof& proof, wire::Answer& into) const {
  for (const auto& record : proof) {
    auto rrset = signed_and_spoilt(record.of, record.rrset);
    const auto is_same = [&](const wire::RRset& other) {
      return other.type == rrset.type && other.owner == rrset.owner;
    };
    if (!rrset.rdatas.empty() && std::ranges::none_of(into.authority, is_same))
      into.authority.push_back(std::move(rrset));
  }
}

wire::RRset Zone::as_sent(const wire::RRset& stored, const Inquiry& inquiry) const {
  const auto& name = inquiry.question.name;
  if (!proves(inquiry.proofs)) return owned_by(name, stored);
  const bool made_for_name = inquiry.encloser && signer_->signing().denial == DenialForm::Compact;
  auto rrset = made_for_name ? owned_by(name, stored) : stored;
  return owned_by(name, signed_and_spoilt(stored.owner, std::move(rrset)));
}

wire::RRset Zone::signed_and_spoilt(const wire::Name& of, wire::RRset rrset) const {
  const bool is_delegation = rrset.type == Type::NS && !(rrset.owner == apex_);
  if (!is_delegation && rrset.type != Type::RRSIG) rrset.signatures = signer_->sign(rrset);
  if (const auto found = defects_.find({of, rrset.type}); found != defects_.end())
    found->second(rrset, *signer_);
  return rrset;
}

void Zone::sign(const Signing& signing) {
  signer_ = std::make_shared<const Signer>(apex_, signing);
  add_keys();
}

void Zone::add_keys() {
  if (signer_ == nullptr) return;
  const auto* soa = find(apex_, Type::SOA);
  put(signer_->dnskeys(soa == nullptr ? kKeyTtl : soa->ttl));
  auto& apex = nodes_[apex_];
  std::erase_if(apex, [](const wire::RRset& rrset) { return rrset.type == Type::NSEC3PARAM; });
  if (signer_->signing().denial == DenialForm::Nsec3)
    apex.push_back(nsec3_parameters(apex_, signer_->signing()));
}

void Zone::spoil(const wire::Name& name, wire::Type type, Defect defect) {
  defects_.insert_or_assign({name, type}, std::move(defect));
}

}  // namespace shirube::sim
