// The part of the chain of trust that judges one link: the DS of a zone, their absence, or an alias in their
// place.
#include <algorithm>
#include <iterator>

#include "upstream/chain_of_trust.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using dnssec::CutProof;
using dnssec::Flaw;
using dnssec::Status;
using wire::Name;
using wire::RRset;
using wire::Type;

// A CNAME at the name, or a DNAME above it: then no zone can begin there.
[[nodiscard]] const RRset* find_alias(const std::vector<RRset>& records, const Name& name) {
  const auto found = std::ranges::find_if(records, [&](const RRset& r) {
    if (r.type == Type::CNAME) return r.owner == name && !r.signatures.empty();
    return r.type == Type::DNAME && name.is_within(r.owner) && !(name == r.owner);
  });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace

Task<ChainOfTrust::Link> ChainOfTrust::find_link(Name zone, Distrust distrust) {
  if (!distrust.of_cache) {
    auto known = host_.referral_proof(zone);
    if (!known.empty()) {
      auto link = co_await judge_link(zone, std::move(known));
      if (!dnssec::is_bogus_or_worse(link.verdict.status) || link.verdict.flaw == Flaw::TooCostly)
        co_return link;
    }
  }
  wire::Question question{zone, Type::DS};
  auto heard = co_await host_.fetch(std::move(question), std::move(distrust));
  if (!heard && heard.error().is_own_trouble()) in_own_trouble_ = true;
  if (heard) {
    auto& records = heard->answer.answer;
    std::ranges::move(heard->answer.authority, std::back_inserter(records));
    auto link = co_await judge_link(zone, std::move(records));
    link.source = heard->source;
    co_return link;
  }
  // A server of an unsigned zone may not even know the type DS.
  if (!heard.error().hangs_on_asker()) {
    auto above = co_await trust_around(zone.parent());
    if (!above.is_secure()) co_return Link{.verdict = above.verdict, .expires = above.expires};
  }
  const auto flaw = heard.error().hangs_on_asker() ? Flaw::TooCostly : Flaw::DsUnreachable;
  Link link;
  link.verdict = verdict_of(Status::Indeterminate, flaw, zone, Type::DS);
  hindrance_ = std::make_shared<const Failure>(std::move(heard.error()));
  co_return link;
}

Task<ChainOfTrust::Link> ChainOfTrust::judge_link(Name zone, std::vector<RRset> records) {
  if (const auto* ds = find(records, zone, Type::DS)) co_return co_await judge_ds(zone, *ds);
  if (const auto* alias = find_alias(records, zone)) {
    auto link = co_await judge_alias(zone, *alias);
    if (link) co_return std::move(*link);
  }
  std::erase_if(records, [](const RRset& r) { return !wire::is_denial(r.type) || r.signatures.empty(); });
  if (records.empty()) co_return co_await judge_unsigned(std::move(zone));
  co_return co_await judge_absence(std::move(zone), std::move(records));
}

// nullopt: it tells nothing about the zone.
Task<std::optional<ChainOfTrust::Link>> ChainOfTrust::judge_alias(Name zone, const RRset& alias) {
  const auto signer = signer_of(alias);
  // Only a zone above can say that this is none; and only a search that goes upwards ends.
  if (!signer || *signer == zone || !speaks_for(*signer, zone)) co_return std::nullopt;
  auto trust = co_await trust_in(*signer);
  if (!trust.is_zone) co_return std::nullopt;
  Checked checked{trust.verdict};
  if (trust.is_secure()) checked = co_await check_with(alias, std::move(trust));
  // One that was made from a wildcard may have been made for another name: the denials beside it tell.
  if (checked.good.wildcard_encloser) co_return std::nullopt;
  Link link;
  link.verdict = std::move(checked.verdict);
  link.is_zone = false;
  link.expires = now() + wire::Seconds{std::min(checked.good.ttl, alias.ttl)};
  co_return link;
}

Task<ChainOfTrust::Link> ChainOfTrust::judge_ds(Name zone, const RRset& ds) {
  auto checked = co_await check(ds);
  Link link;
  link.verdict = std::move(checked.verdict);
  link.anchor.zone = std::move(zone);
  link.anchor.ds = ds.rdatas;
  if (link.verdict.status == Status::Secure) {
    link.expires = now() + wire::Seconds{checked.good.ttl};
    link.signed_until = checked.signed_until;
    auto validated = ds;
    validated.ttl = std::min(ds.ttl, checked.good.ttl);
    host_.keep(validated, link.signed_until);
  }
  if (link.verdict.status == Status::Insecure) link.expires = now() + wire::Seconds{ds.ttl};
  co_return link;
}

Task<ChainOfTrust::Link> ChainOfTrust::judge_absence(Name zone, std::vector<RRset> denials) {
  std::optional<Name> signer;
  for (const auto& rrset : denials) {
    signer = signer_of(rrset);
    if (signer && speaks_for(*signer, zone) && !(*signer == zone)) break;
    signer.reset();
  }
  if (!signer) co_return co_await judge_unsigned(std::move(zone));
  auto trust = co_await trust_in(*signer);
  Link link;
  link.verdict = trust.verdict;
  link.expires = trust.expires;
  link.source = trust.source;
  if (!trust.is_zone) co_return co_await judge_unsigned(std::move(zone));
  if (!trust.is_secure()) co_return link;
  auto checked = co_await check_denials(std::move(denials), *signer, std::move(trust));
  dnssec::Denials said{.zone = std::move(*signer)};
  for (const auto& rrset : checked.records) {
    said.records.push_back(&rrset);
    link.expires = std::min(link.expires, now() + wire::Seconds{rrset.ttl});
  }
  const auto insecure = [&](Flaw flaw) { return verdict_of(Status::Insecure, flaw, zone, Type::DS); };
  switch (dnssec::prove_no_ds(said, zone, effort())) {
    case CutProof::UnsignedDelegation:
      link.verdict = insecure(Flaw::UnsignedDelegation);
      break;
    case CutProof::TooManyIterations:
      link.verdict = insecure(Flaw::TooManyIterations);
      break;
    case CutProof::NoCut:
      link.is_zone = false;
      break;
    case CutProof::TooCostly:
      link.verdict = verdict_of(Status::Indeterminate, Flaw::TooCostly, zone, Type::DS);
      break;
    case CutProof::NotProven:
      link.verdict = checked.flaw.flaw == Flaw::None
                         ? verdict_of(Status::Bogus, Flaw::DenialBroken, zone, Type::DS)
                         : std::move(checked.flaw);
      break;
  }
  co_return link;
}

// Neither DS nor its denial is signed: as it has to be where the zone above is not.
Task<ChainOfTrust::Link> ChainOfTrust::judge_unsigned(Name zone) {
  auto above = co_await trust_around(zone.parent());
  Link link{.verdict = above.verdict, .expires = above.expires, .source = above.source};
  if (above.is_secure()) link.verdict = verdict_of(Status::Bogus, Flaw::DenialMissing, zone, Type::DS);
  co_return link;
}

}  // namespace shirube::upstream
