#include "upstream/validator.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using dnssec::Flaw;
using dnssec::Proof;
using dnssec::Status;
using dnssec::Verdict;
using wire::Name;
using wire::RRset;
using wire::Type;

// The verdict on what is proven, or not, about `owner`.
[[nodiscard]] Verdict verdict_of(Proof proof, const Verdict& flaw_of_records, const Name& owner, Type type) {
  switch (proof) {
    case Proof::Proven:
      return {};
    case Proof::OptOut:
      return {.status = Status::Insecure, .flaw = Flaw::UnsignedDelegation, .owner = owner, .type = type};
    case Proof::TooManyIterations:
      return {.status = Status::Insecure, .flaw = Flaw::TooManyIterations, .owner = owner, .type = type};
    case Proof::TooCostly:
      return {.status = Status::Indeterminate, .flaw = Flaw::TooCostly, .owner = owner, .type = type};
    case Proof::NotProven:
      break;
  }
  if (flaw_of_records.flaw != Flaw::None) return flaw_of_records;
  return {.status = Status::Bogus, .flaw = Flaw::DenialBroken, .owner = owner, .type = type};
}

[[nodiscard]] dnssec::Denials as_denials(const Name& zone, const std::vector<RRset>& records) {
  dnssec::Denials denials{.zone = zone};
  for (const auto& rrset : records) denials.records.push_back(&rrset);
  return denials;
}

void cap_ttl(RRset& rrset, std::uint32_t ttl) { rrset.ttl = std::min(rrset.ttl, ttl); }

// Insecure is worse than Secure; all else ends the judging.
void take_worse(Verdict& whole, Verdict part) {
  if (whole.status == Status::Secure) whole = std::move(part);
}

// The denials beside aliases and data, validated once for all that were made from wildcards.
class WildcardProofs {
 public:
  WildcardProofs(ChainOfTrust& trust, const std::vector<RRset>& denials) : trust_(trust), denials_(denials) {}

  [[nodiscard]] bool empty() const { return denials_.empty(); }
  [[nodiscard]] Task<ChainOfTrust::CheckedDenials> of(Name zone, ZoneTrust trust) {
    if (!checked_ || !(zone_ == zone)) {
      auto checked = co_await trust_.check_denials(denials_, zone, std::move(trust));
      checked_ = std::move(checked);
      zone_ = std::move(zone);
    }
    co_return *checked_;
  }

 private:
  ChainOfTrust& trust_;
  const std::vector<RRset>& denials_;
  std::optional<ChainOfTrust::CheckedDenials> checked_;
  Name zone_;
};

// An RRset of an answer to a question for `asked`, and the proof that it needs when it was made from a
// wildcard.
Task<Verdict> judge_rrset(ChainOfTrust& trust, RRset& rrset, Type asked, WildcardProofs& denials,
                          Vouching& vouching) {
  const auto stands_as = rrset.type == Type::CNAME ? asked : rrset.type;
  auto checked = co_await trust.check(rrset, stands_as);
  if (checked.verdict.status != Status::Secure) co_return std::move(checked.verdict);
  cap_ttl(rrset, checked.good.ttl);
  vouching.signed_until = checked.signed_until;
  const auto& encloser = checked.good.wildcard_encloser;
  if (encloser) {
    auto zone = co_await trust.trust_in(checked.zone);
    if (!zone.is_secure()) co_return std::move(zone.verdict);
    auto proof = co_await denials.of(checked.zone, std::move(zone));
    vouching.signed_until = std::min(vouching.signed_until, proof.signed_until);
    const auto said = as_denials(checked.zone, proof.records);
    auto flaw = std::move(proof.flaw);
    if (denials.empty())
      flaw = {.status = Status::Bogus, .flaw = Flaw::DenialMissing, .owner = rrset.owner, .type = rrset.type};
    const auto proven = dnssec::prove_nothing_closer(said, rrset.owner, *encloser, trust.effort());
    auto verdict = verdict_of(proven, flaw, rrset.owner, rrset.type);
    if (dnssec::is_bogus_or_worse(verdict.status)) co_return verdict;
    for (const auto& record : proof.records) cap_ttl(rrset, record.ttl);
    // Also an insecure one (opt-out) goes out with its proof: whoever validates behind us needs it.
    vouching.proof = std::move(proof.records);
    if (verdict.status != Status::Secure) co_return verdict;
    vouching.zone = checked.zone;
    vouching.wildcard_encloser = *encloser;
  }
  vouching.secure = true;
  co_return Verdict{};
}

// The aliases; a CNAME that a DNAME makes has no signature of its own.
Task<Verdict> judge_aliases(ChainOfTrust& trust, AnswerChain& chain, Type asked, WildcardProofs& denials) {
  Verdict whole;
  chain.alias_vouching.assign(chain.aliases.size(), {});
  for (std::size_t i = 0; i < chain.aliases.size(); ++i) {
    auto& alias = chain.aliases[i];
    if (i > 0 && chain.aliases[i - 1].type == Type::DNAME) {
      chain.alias_vouching[i].secure = chain.alias_vouching[i - 1].secure;
      chain.alias_vouching[i].signed_until = chain.alias_vouching[i - 1].signed_until;
      cap_ttl(alias, chain.aliases[i - 1].ttl);
      continue;
    }
    auto verdict = co_await judge_rrset(trust, alias, asked, denials, chain.alias_vouching[i]);
    if (dnssec::is_bogus_or_worse(verdict.status)) co_return verdict;
    take_worse(whole, std::move(verdict));
  }
  co_return whole;
}

// Signatures of one answer that has no other records: each costs a search for the RRset that it covers.
constexpr std::size_t kMaxCoveredTypes = 8;

// Signatures are not signed: each is good when what it covers is good by it. The others are dropped.
Task<Verdict> judge_signatures(ChainOfTrust& trust, AnswerChain& chain) {
  auto around = co_await trust.trust_around(chain.end);
  if (!around.is_secure()) co_return std::move(around.verdict);
  Verdict flaw{
      .status = Status::Bogus, .flaw = Flaw::SignatureMalformed, .owner = chain.end, .type = Type::RRSIG};
  std::map<Type, std::optional<RRset>> covered;
  auto& signatures = chain.data.front();
  wire::RdataList good;
  for (const auto rdata : signatures.rdatas) {
    const auto signature = dnssec::read_rrsig(rdata);
    // No question for these leaves us in a stranger's name.
    if (!signature || wire::is_meta(signature->covered) || signature->covered == Type::RRSIG) continue;
    if (!covered.contains(signature->covered)) {
      if (covered.size() == kMaxCoveredTypes) continue;
      auto heard = co_await trust.fetch(chain.end, signature->covered);
      covered.emplace(signature->covered, std::move(heard));
    }
    auto& rrset = covered[signature->covered];
    if (!rrset) continue;
    rrset->signatures = {};
    rrset->signatures.add(rdata);
    auto checked = co_await trust.check(*rrset);
    if (checked.verdict.status == Status::Secure) {
      good.add(rdata);
      chain.vouching.signed_until = std::min(chain.vouching.signed_until, checked.signed_until);
      cap_ttl(signatures, checked.good.ttl);
    } else {
      flaw = std::move(checked.verdict);
    }
  }
  if (good.empty()) co_return flaw;
  signatures.rdatas = std::move(good);
  chain.vouching.secure = true;
  co_return Verdict{};
}

// An answer to a query for RRSIG: no signature covers signatures (RFC 4035 §2.2), so the answer has no AD.
// Their absence cannot be proven either, because each signed name has some.
[[nodiscard]] Verdict unsigned_by_nature(const Name& name) {
  return {.status = Status::Insecure, .flaw = Flaw::None, .owner = name, .type = Type::RRSIG};
}

Task<Verdict> judge_data(ChainOfTrust& trust, AnswerChain& chain, Type asked, WildcardProofs& denials) {
  if (asked == Type::RRSIG) co_return unsigned_by_nature(chain.end);
  if (chain.data.size() > 1)
    std::erase_if(chain.data, [](const RRset& rrset) { return rrset.type == Type::RRSIG; });
  if (chain.data.front().type == Type::RRSIG) co_return co_await judge_signatures(trust, chain);
  Verdict whole;
  const bool made_by_dname = !chain.aliases.empty() && chain.aliases.back().type == Type::DNAME;
  if (made_by_dname) {
    chain.vouching.secure = chain.alias_vouching.back().secure;
    chain.vouching.signed_until = chain.alias_vouching.back().signed_until;
    co_return whole;
  }
  chain.vouching.secure = true;
  for (auto& rrset : chain.data) {
    Vouching vouching;
    auto verdict = co_await judge_rrset(trust, rrset, rrset.type, denials, vouching);
    if (dnssec::is_bogus_or_worse(verdict.status)) co_return verdict;
    vouching.secure = vouching.secure && chain.vouching.secure;
    vouching.signed_until = std::min(vouching.signed_until, chain.vouching.signed_until);
    chain.vouching = std::move(vouching);
    take_worse(whole, std::move(verdict));
  }
  co_return whole;
}

// The zone that denies: whose SOA, NSEC or NSEC3 is signed.
[[nodiscard]] std::optional<Name> denying_zone(const ChainOfTrust& trust, const std::vector<RRset>& proof,
                                               const Name& name, Type type) {
  for (const auto& rrset : proof) {
    auto signer = trust.signer_of(rrset);
    if (signer && name.is_within(*signer) && trust.speaks_for(*signer, wire::name_above_cut(name, type)))
      return signer;
  }
  return std::nullopt;
}

Task<Verdict> judge_unsigned_denial(ChainOfTrust& trust, Name name, Type type) {
  auto around = co_await trust.trust_around(wire::name_above_cut(name, type));
  if (!around.is_secure()) co_return std::move(around.verdict);
  co_return Verdict{
      .status = Status::Bogus, .flaw = Flaw::DenialMissing, .owner = std::move(name), .type = type};
}

Task<Verdict> judge_denial(ChainOfTrust& trust, AnswerChain& chain, Type type) {
  auto zone = denying_zone(trust, chain.proof, chain.end, type);
  const bool needs_none = trust.is_taken_as_unsigned(wire::name_above_cut(chain.end, type));
  if (!zone || needs_none) co_return co_await judge_unsigned_denial(trust, chain.end, type);
  auto known = co_await trust.trust_in(*zone);
  if (!known.is_zone) co_return co_await judge_unsigned_denial(trust, chain.end, type);
  if (!known.is_secure()) co_return std::move(known.verdict);
  std::vector<RRset> proof;
  // The SOA of another zone says nothing here: it goes, and what denies has to prove it all the same.
  const bool has_soa = !chain.proof.empty() && chain.proof.front().type == Type::SOA;
  if (has_soa && chain.proof.front().owner == *zone) {
    auto& soa = chain.proof.front();
    auto checked = co_await trust.check(soa);
    if (checked.verdict.status == Status::Insecure)
      co_return Verdict{Status::Bogus, Flaw::SignatureMissing, soa.owner, Type::SOA};
    if (checked.verdict.status != Status::Secure) co_return std::move(checked.verdict);
    cap_ttl(soa, checked.good.ttl);
    chain.vouching.signed_until = checked.signed_until;
    proof.push_back(std::move(soa));
  }
  auto checked = co_await trust.check_denials(std::move(chain.proof), *zone, std::move(known));
  chain.vouching.signed_until = std::min(chain.vouching.signed_until, checked.signed_until);
  const auto said = as_denials(*zone, checked.records);
  auto flaw = std::move(checked.flaw);
  if (said.records.empty() && flaw.flaw == Flaw::None)
    flaw = {.status = Status::Bogus, .flaw = Flaw::DenialMissing, .owner = chain.end, .type = type};
  const auto proven = chain.kind == ChainEnd::NxDomain
                          ? dnssec::prove_no_name(said, chain.end, trust.effort())
                          : dnssec::prove_no_data(said, chain.end, type, trust.effort());
  auto verdict = verdict_of(proven, flaw, chain.end, type);
  std::ranges::move(checked.records, std::back_inserter(proof));
  chain.proof = std::move(proof);
  chain.vouching.secure = verdict.status == Status::Secure;
  chain.vouching.zone = std::move(*zone);
  co_return verdict;
}

// The last alias is a DNAME that has no room for the name.
[[nodiscard]] bool is_too_long(const AnswerChain& chain) {
  if (chain.aliases.empty() || chain.aliases.back().type != Type::DNAME) return false;
  const auto& dname = chain.aliases.back();
  const auto to = wire::rdata_target(Type::DNAME, *dname.rdatas.begin());
  const auto target = to ? chain.end.rebased(dname.owner, *to) : std::nullopt;
  return target && !*target;
}

}  // namespace

Task<Verdict> validate(ChainOfTrust& trust, AnswerChain& chain, wire::Question question) {
  WildcardProofs denials(trust, chain.denials);
  chain.judged = true;
  auto whole = co_await judge_aliases(trust, chain, question.type, denials);
  if (dnssec::is_bogus_or_worse(whole.status)) co_return whole;
  Verdict end;
  switch (chain.kind) {
    case ChainEnd::Data:
      end = co_await judge_data(trust, chain, question.type, denials);
      break;
    case ChainEnd::NoData:
      if (question.type == Type::RRSIG) {
        end = unsigned_by_nature(chain.end);
        break;
      }
      [[fallthrough]];
    case ChainEnd::NxDomain:
      end = co_await judge_denial(trust, chain, question.type);
      break;
    case ChainEnd::NameTooLong:
      chain.vouching.secure = is_too_long(chain) && chain.alias_vouching.back().secure;
      if (!is_too_long(chain)) end = co_await judge_unsigned_denial(trust, chain.end, question.type);
      break;
    case ChainEnd::Elsewhere:
    case ChainEnd::TooLong:
      break;
  }
  if (dnssec::is_bogus_or_worse(end.status)) co_return end;
  take_worse(whole, std::move(end));
  restore_missing_name(chain, trust.effort());
  co_return whole;
}

void restore_missing_name(AnswerChain& chain, dnssec::Effort& effort) {
  if (chain.kind != ChainEnd::NoData || chain.proof.empty()) return;
  const auto& first = chain.proof.front();
  const auto& zone = first.type == Type::SOA ? first.owner : chain.vouching.zone;
  if (dnssec::says_no_such_name(as_denials(zone, chain.proof), chain.end, effort))
    chain.kind = ChainEnd::NxDomain;
}

}  // namespace shirube::upstream
