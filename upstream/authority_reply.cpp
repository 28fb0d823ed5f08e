#include "upstream/authority_reply.hpp"

#include <algorithm>

#include "cache/cached_answer.hpp"
#include "dnssec/records.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using wire::RRset;
using wire::Type;

// Records that the question asks for, or an alias of its name.
[[nodiscard]] bool holds_answer(const wire::Answer& answer, const wire::Question& asked,
                                const wire::Name& zone) {
  return std::ranges::any_of(answer.answer, [&](const RRset& rrset) {
    if (rrset.type == Type::DNAME && rrset.owner.is_within(zone) && asked.name.is_within(rrset.owner))
      return true;
    if (!(rrset.owner == asked.name)) return false;
    return rrset.type == asked.type || rrset.type == Type::CNAME || asked.type == Type::ANY;
  });
}

[[nodiscard]] bool has_soa_for(const wire::Answer& answer, const wire::Question& asked,
                               const wire::Name& zone) {
  return std::ranges::any_of(answer.authority, [&](const RRset& rrset) {
    // What a child says of its own DS comes from the wrong side of the cut.
    if (rrset.owner == asked.name && wire::is_above_cut(asked.name, asked.type)) return false;
    return rrset.type == Type::SOA && rrset.owner.is_within(zone) && asked.name.is_within(rrset.owner);
  });
}

// The denial is then about a name outside the server's bailiwick; the alias target is looked up separately.
[[nodiscard]] bool alias_leaves_zone(const wire::Answer& answer, const wire::Question& asked,
                                     const wire::Name& zone) {
  auto name = asked.name;
  // Chains that are longer fail anyway; a message holds thousands of links, and each looks at all records.
  for (std::size_t links = 0; links < cache::kMaxAliases; ++links) {
    const auto alias = std::ranges::find_if(answer.answer, [&](const RRset& rrset) {
      return rrset.type == Type::CNAME && rrset.owner == name && rrset.rdatas.count() == 1;
    });
    if (alias == answer.answer.end()) return false;
    auto target = wire::rdata_target(Type::CNAME, *alias->rdatas.begin());
    if (!target) return false;
    if (!target->is_within(zone)) return true;
    name = std::move(*target);
  }
  return false;
}

[[nodiscard]] bool denies_without_soa(const wire::Answer& answer, const wire::Question& asked,
                                      const wire::Name& zone) {
  return answer.rcode == wire::Rcode::NxDomain && !has_soa_for(answer, asked, zone) &&
         !alias_leaves_zone(answer, asked, zone);
}

// To a zone above, or to the zone itself. With AA the zone's own NS are no referral: some servers send them
// in place of the SOA of a denial.
[[nodiscard]] bool refers_upward(const wire::Answer& answer, const wire::Name& zone) {
  return std::ranges::any_of(answer.authority, [&](const RRset& rrset) {
    return rrset.type == Type::NS && zone.is_within(rrset.owner);
  });
}

// A referral to the zone by its parent's server has the parent's proof that the zone has no DS.
[[nodiscard]] bool has_signed_denial(const wire::Answer& answer, const wire::Name& zone) {
  const auto is_of_zone = [&](const auto& signature) {
    const auto read = dnssec::read_rrsig(signature);
    return read && read->signer.is_within(zone);
  };
  return !refers_upward(answer, zone) && std::ranges::any_of(answer.authority, [&](const RRset& rrset) {
    return wire::is_denial(rrset.type) && std::ranges::any_of(rrset.signatures, is_of_zone);
  });
}

// Only a server that a [[stub]] names is ever asked to recurse.
[[nodiscard]] bool is_bare_denial(const ReplyContent& reply) {
  const auto& answer = reply.answer;
  const bool denies = answer.rcode == wire::Rcode::NxDomain || answer.rcode == wire::Rcode::NoError;
  return reply.recursed && !reply.authoritative && denies && answer.answer.empty() &&
         answer.authority.empty();
}

}  // namespace

bool refers_above(const wire::Answer& answer, const wire::Name& zone) {
  return std::ranges::any_of(answer.authority, [&](const RRset& rrset) {
    return rrset.type == Type::NS && zone.is_within(rrset.owner) && !(rrset.owner == zone);
  });
}

AuthorityVerdict judge_reply(const ReplyContent& reply, const wire::Question& asked, const wire::Name& zone) {
  if (is_bare_denial(reply)) return BareDenial{};
  const auto& answer = reply.answer;
  const bool answers = answer.rcode == wire::Rcode::NxDomain || holds_answer(answer, asked, zone) ||
                       has_soa_for(answer, asked, zone);
  if (answers) {
    if (reply.authoritative) return AuthorityAnswer{};
    // A resolver may add the NS of the answer's zone. They are no referral, because it has followed them.
    const bool may_refer = answer.rcode == wire::Rcode::NoError && !reply.recursed;
    auto referral = may_refer ? read_referral(answer, asked, zone) : std::nullopt;
    if (referral) return std::move(*referral);
    if (!denies_without_soa(answer, asked, zone)) return SloppyAnswer{};
    if (has_signed_denial(answer, zone)) return ProvenDenial{};
    return Misbehaviour::NotAuthoritative;
  }
  // Some servers set AA on referrals.
  if (auto referral = read_referral(answer, asked, zone)) return std::move(*referral);
  // NODATA without the SOA that it should have (RFC 2308 §2.2.1). Records of other names are no NODATA, and
  // neither are NS of a zone above: its server does not serve this zone, whatever AA says.
  if (reply.authoritative) {
    if (!answer.answer.empty()) return Misbehaviour::Unrelated;
    if (refers_above(answer, zone)) return Misbehaviour::UpwardReferral;
    return AuthorityAnswer{};
  }
  if (answer.answer.empty() && has_signed_denial(answer, zone)) return ProvenDenial{};
  return refers_upward(answer, zone) ? Misbehaviour::UpwardReferral : Misbehaviour::NotAuthoritative;
}

bool is_lame(const Complaint& complaint) {
  if (const auto* rcode = std::get_if<wire::Rcode>(&complaint))
    return *rcode == wire::Rcode::Refused || *rcode == wire::Rcode::NotImp;
  const auto* what = std::get_if<Misbehaviour>(&complaint);
  return what != nullptr &&
         (*what == Misbehaviour::NotAuthoritative || *what == Misbehaviour::UpwardReferral);
}

}  // namespace shirube::upstream
