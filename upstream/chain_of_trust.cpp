#include "upstream/chain_of_trust.hpp"

#include <algorithm>
#include <iterator>

#include "dnssec/key_set_check.hpp"
#include "upstream/awaiting.hpp"
#include "upstream/failure_kinds.hpp"
#include "wire/zone_cut.hpp"

namespace shirube::upstream {
namespace {

using dnssec::Flaw;
using dnssec::Status;
using dnssec::Verdict;
using wire::Name;
using wire::RRset;
using wire::Type;

}  // namespace

Verdict ChainOfTrust::verdict_of(Status status, Flaw flaw, const Name& owner, Type type) {
  return {.status = status, .flaw = flaw, .owner = owner, .type = type};
}

const RRset* ChainOfTrust::find(const std::vector<RRset>& records, const Name& owner, Type type) {
  const auto found =
      std::ranges::find_if(records, [&](const RRset& r) { return r.type == type && r.owner == owner; });
  return found == records.end() ? nullptr : &*found;
}

Task<void> ChainOfTrust::pause_if_due() {
  if (!effort().needs_pause()) co_return;
  effort().paused();
  co_await SleepUntil(host_.network(), now());
}

bool ChainOfTrust::speaks_for(const Name& signer, const Name& name) const {
  const auto* anchor = settings_.anchors.closest(name);
  return anchor != nullptr && name.is_within(signer) && signer.is_within(anchor->zone);
}

std::optional<Name> ChainOfTrust::signer_of(const RRset& rrset) const {
  return signer_above(wire::name_above_cut(rrset.owner, rrset.type), rrset);
}

std::optional<Name> ChainOfTrust::signer_above(const Name& place, const RRset& rrset) const {
  const auto* anchor = settings_.anchors.closest(place);
  if (anchor == nullptr) return std::nullopt;
  for (const auto rdata : rrset.signatures) {
    auto signature = dnssec::read_rrsig(rdata);
    // What stands above the anchor has no say in what the anchor is for.
    if (signature && place.is_within(signature->signer) && signature->signer.is_within(anchor->zone))
      return std::move(signature->signer);
  }
  return std::nullopt;
}

Task<ZoneTrust> ChainOfTrust::trust_in(Name zone) {
  const auto* anchor = settings_.anchors.closest(zone);
  ZoneTrust unjudged;
  if (anchor == nullptr) {
    unjudged.verdict = verdict_of(Status::Insecure, Flaw::NoTrustAnchor, zone, Type::DNSKEY);
    co_return unjudged;
  }
  if (is_taken_as_unsigned(zone)) {
    unjudged.verdict = verdict_of(Status::Insecure, Flaw::NegativeTrustAnchor, zone, Type::DNSKEY);
    co_return unjudged;
  }
  bool waited = true;
  for (unsigned turns = 0; waited; ++turns) {
    if (const auto* known = memory_.find(zone, now())) {
      if (is_for_want_of_keys(known->verdict)) hindrance_ = known->hindrance;
      co_return *known;
    }
    waited = turns < kMaxTurns && co_await host_.wait_for_turn(zone);
  }
  // Every step leads upwards; should one ever not, it ends here.
  if (std::ranges::find(establishing_, zone) != establishing_.end()) {
    unjudged.verdict = verdict_of(Status::Bogus, Flaw::DenialMissing, zone, Type::DS);
    co_return unjudged;
  }
  establishing_.push_back(zone);
  const auto turn = host_.begin_turn(zone);
  const auto began_with = means_of(host_.budget(), 0, now());
  auto trust = co_await establish(zone, *anchor);
  establishing_.pop_back();
  if (is_for_want_of_keys(trust.verdict)) trust.hindrance = hindrance_;
  // A proof is valid for all questions. A failure says nothing about the zone if this question had too small
  // a budget left, or if this host itself was in trouble.
  const bool had_means = began_with != Means::Scarce && !is_spent(host_.budget(), now());
  const bool tells = had_means && !in_own_trouble_ && trust.verdict.flaw != Flaw::TooCostly;
  if (tells || !dnssec::is_bogus_or_worse(trust.verdict.status)) {
    if (trust.is_zone) host_.found(zone, memory_.last_verdict(zone), trust.verdict);
    memory_.remember(zone, trust, now());
  }
  co_return trust;
}

Task<ZoneTrust> ChainOfTrust::trust_around(Name name) {
  const auto* anchor = settings_.anchors.closest(name);
  if (anchor == nullptr || is_taken_as_unsigned(name)) co_return co_await trust_in(std::move(name));
  auto trust = co_await trust_in(anchor->zone);
  auto deepest = anchor->zone.label_count();
  // First along the cuts that are known, which costs little; then, before something is called bogus, along
  // all labels below them: a server may answer for parent and child without a referral. What lies between two
  // zones that are secure needs no proof: the one has signed the DS of the other.
  for (const bool all_labels : {false, true}) {
    for (auto labels = deepest + 1; trust.is_secure() && labels <= name.label_count(); ++labels) {
      auto below = name.suffix(labels);
      if (!all_labels && !knows_cut(below)) continue;
      auto next = co_await trust_in(std::move(below));
      if (!next.is_zone) continue;
      trust = std::move(next);
      deepest = labels;
    }
  }
  co_return trust;
}

// By a referral, or because its keys have been of use.
bool ChainOfTrust::knows_cut(const Name& zone) {
  if (host_.knows_cut(zone)) return true;
  const auto* known = memory_.find(zone, now());
  return known != nullptr && known->is_zone && known->is_secure();
}

// Keys, and what they hang on, from several servers if need be.
Task<ZoneTrust> ChainOfTrust::establish(Name zone, const dnssec::TrustAnchor& anchor) {
  ZoneTrust failed;
  failed.verdict.status = Status::Indeterminate;
  Distrust distrust;
  for (unsigned trial = 0; trial < kMaxTrials; ++trial) {
    Link link;
    link.anchor = anchor;
    if (!(anchor.zone == zone)) link = co_await find_link(zone, distrust);
    ZoneTrust trust;
    if (link.verdict.status == Status::Secure && link.is_zone) {
      trust = co_await fetch_keys(zone, std::move(link), distrust);
    } else {
      trust = {
          .verdict = link.verdict, .is_zone = link.is_zone, .expires = link.expires, .source = link.source};
    }
    trust.expires = std::clamp(trust.expires, now() + kLeastTrust, now() + kMaxTrust);
    const auto& verdict = trust.verdict;
    if (!dnssec::is_bogus_or_worse(verdict.status) || verdict.flaw == Flaw::TooCostly) co_return trust;
    // Who could not be reached now was not lying before.
    const bool unreachable = verdict.status == Status::Indeterminate;
    if (host_.ask_with_edns_again(trust.source)) {
      // Without EDNS no signature can come along: that says nothing about the zone.
      trust.verdict.status = Status::Indeterminate;
      distrust.of_cache = true;
    } else {
      distrust.add(trust.source);
    }
    // The first verdict that a server's word led to is told. If that word came out of the cache, the same
    // verdict is told with the server that repeats it.
    const bool names_server = trust.verdict == failed.verdict && !failed.source.is_known();
    if (failed.verdict.status == Status::Indeterminate || names_server) failed = std::move(trust);
    if (unreachable) break;
  }
  co_return failed;
}

Task<ZoneTrust> ChainOfTrust::fetch_keys(Name zone, Link link, Distrust distrust) {
  ZoneTrust trust;
  trust.expires = link.expires;
  trust.signed_until = link.signed_until;
  if (const auto why = dnssec::why_insecure(link.anchor, settings_.policy)) {
    trust.verdict = verdict_of(Status::Insecure, *why, zone, Type::DS);
    co_return trust;
  }
  wire::Question question{zone, Type::DNSKEY};
  auto heard = co_await host_.fetch(std::move(question), std::move(distrust));
  if (!heard && heard.error().is_own_trouble()) in_own_trouble_ = true;
  if (!heard) {
    const auto flaw = heard.error().hangs_on_asker() ? Flaw::TooCostly : Flaw::KeysUnreachable;
    trust.verdict = verdict_of(Status::Indeterminate, flaw, zone, Type::DNSKEY);
    hindrance_ = std::make_shared<const Failure>(std::move(heard.error()));
    co_return trust;
  }
  trust.source = heard->source;
  const auto* keys = find(heard->answer.answer, zone, Type::DNSKEY);
  if (keys == nullptr) {
    trust.verdict = verdict_of(Status::Bogus, Flaw::KeyMissing, zone, Type::DNSKEY);
    co_return trust;
  }
  dnssec::KeySetCheck check(*keys, link.anchor, settings_.policy, signature_time());
  for (;;) {
    co_await pause_if_due();
    auto outcome = check.step(effort());
    if (!outcome) continue;
    trust.verdict = std::move(outcome->verdict);
    trust.keys = std::move(outcome->keys);
    if (!trust.is_secure()) break;
    trust.expires = std::min(trust.expires, now() + wire::Seconds{outcome->ttl});
    trust.signed_until = std::min(trust.signed_until, until(outcome->valid_for));
    auto validated = *keys;
    validated.ttl = std::min(validated.ttl, outcome->ttl);
    host_.keep(validated, trust.signed_until);
    break;
  }
  // When even the anchor's own signatures are outside their time, it is the time that is wrong.
  const bool out_of_time =
      trust.verdict.flaw == Flaw::SignatureExpired || trust.verdict.flaw == Flaw::SignatureNotYetValid;
  const auto* anchor = settings_.anchors.closest(zone);
  if (out_of_time && zone.is_root() && anchor != nullptr && anchor->zone == zone) {
    trust.verdict.status = Status::Indeterminate;
    trust.verdict.flaw = Flaw::ClockWrong;
  }
  co_return trust;
}

Task<ChainOfTrust::Checked> ChainOfTrust::check(const RRset& rrset, Type in_place_of) {
  const auto place = wire::name_above_cut(rrset.owner, in_place_of);
  const auto signer = signer_above(place, rrset);
  if (!signer || is_taken_as_unsigned(place)) co_return co_await judge_unsigned_data(rrset, place);
  auto trust = co_await trust_in(*signer);
  if (!trust.is_zone) co_return co_await judge_unsigned_data(rrset, place);
  if (!trust.is_secure()) co_return Checked{trust.verdict};
  co_return co_await check_with(rrset, std::move(trust));
}

Task<ChainOfTrust::Checked> ChainOfTrust::judge_unsigned_data(const RRset& rrset, Name place) {
  auto around = co_await trust_around(std::move(place));
  Checked checked{around.verdict};
  if (around.is_secure())
    checked.verdict = verdict_of(Status::Bogus, Flaw::SignatureMissing, rrset.owner, rrset.type);
  co_return checked;
}

Task<ChainOfTrust::Checked> ChainOfTrust::check_with(const RRset& rrset, ZoneTrust trust) {
  dnssec::RrsetCheck check(rrset, *trust.keys, signature_time());
  for (;;) {
    co_await pause_if_due();
    auto outcome = check.step(effort());
    if (!outcome) continue;
    Checked checked{std::move(outcome->verdict), std::move(outcome->good), trust.keys->zone()};
    checked.signed_until = std::min(trust.signed_until, until(checked.good.valid_for));
    co_return checked;
  }
}

Task<std::optional<RRset>> ChainOfTrust::fetch(Name owner, Type type) {
  wire::Question question{owner, type};
  Distrust nobody;
  auto heard = co_await host_.fetch(std::move(question), std::move(nobody));
  if (!heard) co_return std::nullopt;
  const auto* rrset = find(heard->answer.answer, owner, type);
  if (rrset == nullptr) co_return std::nullopt;
  co_return *rrset;
}

Task<ChainOfTrust::CheckedDenials> ChainOfTrust::check_denials(std::vector<RRset> records, Name zone,
                                                               ZoneTrust trust) {
  CheckedDenials result;
  std::size_t looked_at = 0;
  for (auto& rrset : records) {
    if (!wire::is_denial(rrset.type) || !rrset.owner.is_within(zone)) continue;
    if (++looked_at > dnssec::kMaxDenialRecords) break;
    auto checked = co_await check_with(rrset, trust);
    // A denial under a name that a wildcard made denies what is there (CVE-2017-15105).
    const bool made_up = checked.good.wildcard_encloser.has_value();
    if (checked.verdict.status == Status::Secure && !made_up) {
      rrset.ttl = std::min(rrset.ttl, checked.good.ttl);
      result.signed_until = std::min(result.signed_until, checked.signed_until);
      result.records.push_back(std::move(rrset));
    } else if (result.flaw.flaw == Flaw::None) {
      result.flaw = std::move(checked.verdict);
    }
  }
  co_return result;
}

}  // namespace shirube::upstream
