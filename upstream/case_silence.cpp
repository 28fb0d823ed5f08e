#include "upstream/case_silence.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "upstream/case_check.hpp"
#include "upstream/server_news.hpp"

namespace shirube::upstream {
namespace {

// All in plain case must be answered, and none in random case. With half of all packets lost one comparison
// in 64 is wrong, with a tenth one in 12,000.
constexpr std::uint32_t kPlainPackets = 2;
constexpr std::uint32_t kMixedPackets = 4;
constexpr std::uint32_t kPacketsToCompare = kPlainPackets + kMixedPackets;

struct Heard {
  bool mixed = false;
  bool replied = false;
};

Task<Heard> ask_once(Network& network, ExchangeRequest request, Budget& budget) {
  const bool mixed = has_capitals(request.query);
  Exchange exchange(network, std::move(request));
  auto result = co_await exchange;
  if (result) static_cast<void>(budget.take_bytes(result->bytes.size()));
  co_return Heard{.mixed = mixed, .replied = result.has_value()};
}

[[nodiscard]] wire::Duration patience_of_comparison(const AskContext& context, const ServerQuery& asked) {
  return hedge_after(context.memory.at(asked.server), 0, kAuthorityPace);
}

[[nodiscard]] bool takes_packets(Budget& budget) {
  if (budget.packets_left() < kPacketsToCompare) return false;
  bool taken = true;
  for (unsigned i = 0; i < kPacketsToCompare; ++i) taken = budget.take_packet() && taken;
  return taken;
}

}  // namespace

Task<Compared> compare_cases(AskContext context, const ServerQuery& asked, Budget& budget) {
  auto& network = context.network;
  const auto patience = std::min(patience_of_comparison(context, asked), budget.left(network.now()));
  if (patience < kLeastTime || network.is_crowded() || !takes_packets(budget)) co_return Compared::Unknown;
  context.statistics.udp_queries += kPacketsToCompare;
  std::vector<Task<Heard>> tasks;
  auto plain_left = kPlainPackets;
  for (auto left = kPacketsToCompare; left > 0; --left) {
    const bool plain = network.random_below(left) < plain_left;
    if (plain) --plain_left;
    auto form = asked.form;
    form.mix_case = !plain;
    ExchangeRequest request{asked.server, Transport::Udp, make_query(asked.question, form, network),
                            patience};
    tasks.push_back(ask_once(network, std::move(request), budget));
  }
  AllUntil<Heard> all(std::move(tasks), [](const Heard& heard) { return heard.mixed && heard.replied; });
  const auto heard = co_await all;
  const auto count = [&](bool mixed, bool replied) {
    return std::ranges::count_if(
        heard, [&](const auto& one) { return one && one->mixed == mixed && one->replied == replied; });
  };
  if (count(true, true) > 0) co_return Compared::Answers;
  // A short name may come out in plain case by chance.
  const bool drops = count(true, false) == kMixedPackets && count(false, true) == kPlainPackets;
  co_return drops ? Compared::Drops : Compared::Unknown;
}

Task<void> note_silence(AskContext context, const ServerQuery& asked, Budget& budget) {
  auto& before = context.memory.case_standing(asked.case_scope, asked.server);
  const auto now = context.network.now();
  // The server was only slow, or another lookup is comparing.
  if (before.answered_mixed >= asked.silent_since.value_or(now) || now < before.compares_until) co_return;
  if (before.silences < kSilencesBeforeComparison) {
    ++before.silences;
    co_return;
  }
  // The route may have gone since the packet that was answered.
  if (asked.reach == Reach::ByRoute && !context.network.has_route(asked.server.address.family)) co_return;
  before.compares_until = now + patience_of_comparison(context, asked);
  auto comparison = compare_cases(context, asked, budget);
  const auto compared = co_await comparison;
  auto& standing = context.memory.case_standing(asked.case_scope, asked.server);
  if (compared == Compared::Answers) standing.silences = 0;
  if (compared != Compared::Drops) co_return;
  note_case_silent(standing, context.network.now());
  ++context.statistics.case_fallbacks;
  tell(context, {.news = ServerNews::CaseSensitive, .server = asked.server, .zone = asked.case_scope});
}

}  // namespace shirube::upstream
