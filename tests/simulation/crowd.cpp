#include "tests/simulation/crowd.hpp"

#include <fmt/format.h>

#include "upstream/budget.hpp"

namespace shirube::simulation {

void Crowd::ask(const wire::Question& question, cache::View view) {
  count_question();
  auto& asked = asked_.emplace_back(Asked{.question = question, .view = view, .when = home_.network.now()});
  asked.client = &home_.ask(question, view);
}

void Crowd::attack(const wire::Question& question, upstream::ClientId from) {
  count_question();
  auto& asked = attacks_.emplace_back(Asked{.question = question, .when = home_.network.now()});
  asked.client = &home_.ask(question, asked.view, from);
}

void Crowd::count_question() {
  if (is_quiet()) settle_account();
  ++questions_since_quiet_;
}

void Crowd::settle_account() {
  const auto sent = home_.sent() - sent_at_quiet_;
  // Priming is nobody's question, and has a budget of its own.
  if (!overspent_ && sent > (questions_since_quiet_ + 1) * upstream::kMaxUpstreamPackets)
    overspent_ = fmt::format("{} packets for {} questions", sent, questions_since_quiet_);
  const auto& spent = home_.resolver.statistics();
  const auto checks = spent.signature_checks - checks_at_quiet_;
  if (!overspent_ && checks > (questions_since_quiet_ + 1) * dnssec::kMaxSignatureChecks)
    overspent_ = fmt::format("{} signature checks for {} questions", checks, questions_since_quiet_);
  const auto hashes = spent.nsec3_hashes - hashes_at_quiet_;
  if (!overspent_ && hashes > (questions_since_quiet_ + 1) * dnssec::kMaxNsec3Hashes)
    overspent_ = fmt::format("{} NSEC3 hashes for {} questions", hashes, questions_since_quiet_);
  questions_since_quiet_ = 0;
  sent_at_quiet_ = home_.sent();
  checks_at_quiet_ = spent.signature_checks;
  hashes_at_quiet_ = spent.nsec3_hashes;
}

bool Crowd::is_quiet() const {
  return home_.network.exchanges_in_flight() == 0 && home_.resolver.lookups_in_flight() == 0;
}

}  // namespace shirube::simulation
