#include "tests/simulation/storm.hpp"

#include <utility>

#include "wire/builder.hpp"

namespace shirube::simulation {
namespace {

using namespace std::chrono_literals;

constexpr wire::Duration kMostDelay = 3s;
constexpr double kMostLoss = 0.6;

// Guesses IDs, and never the right one: what the case of the letters and the port would stop besides.
[[nodiscard]] std::vector<wire::Bytes> blind_guesses(wire::BytesView query, Dice& dice) {
  std::vector<wire::Bytes> guesses;
  const auto message = wire::MessageView::parse(query);
  if (!message || !message->question()) return guesses;
  for (auto count = dice.between(1, 4); count > 0; --count) {
    wire::Bytes buffer(512);
    wire::MessageBuilder builder(buffer, buffer.size());
    auto header = message->header();
    header.id = static_cast<std::uint16_t>(header.id + 1 + dice.below(0xffff));
    header.qr = header.aa = true;
    builder.set_header(header);
    wire::RRset forged{.owner = message->question()->name, .type = wire::Type::A, .ttl = 300};
    const auto evil = *wire::Address::parse(kEvilAddress);
    forged.rdatas.add({evil.bytes.data(), evil.size()});
    const bool fits =
        builder.add_question(*message->question()) && builder.add(wire::Section::Answer, forged, 300, false);
    const auto whole = builder.finish();
    if (fits) guesses.emplace_back(whole.begin(), whole.end());
  }
  return guesses;
}

using Trouble = void (*)(sim::Host&, Dice&);

constexpr Trouble kTroubles[]{
    // Links.
    [](sim::Host& host, Dice& dice) { host.link.loss = kMostLoss * dice.fraction(); },
    [](sim::Host& host, Dice& dice) { host.link.delay = dice.up_to(kMostDelay); },
    [](sim::Host& host, Dice& dice) { host.link.jitter = dice.up_to(500ms); },
    [](sim::Host& host, Dice& dice) {
      host.link.duplication = dice.fraction();
      host.link.jitter = dice.up_to(50ms);
    },
    // Machines that are not there.
    [](sim::Host& host, Dice&) { host.faults.silent = true; },
    [](sim::Host& host, Dice&) { host.faults.refuses = true; },
    [](sim::Host& host, Dice&) { host.faults.unreachable = true; },
    // Servers that do not serve.
    [](sim::Host& host, Dice&) { host.faults.lame = true; },
    [](sim::Host& host, Dice&) { host.faults.lame = host.faults.upward_referral = true; },
    [](sim::Host& host, Dice&) { host.faults.not_authoritative = true; },
    [](sim::Host& host, Dice&) { host.faults.servfail = true; },
    [](sim::Host& host, Dice&) { host.faults.servfail = host.faults.no_question = true; },
    [](sim::Host& host, Dice&) { host.faults.notimp = true; },
    [](sim::Host& host, Dice&) { host.faults.fails_no_data = true; },
    [](sim::Host& host, Dice&) { host.faults.silent_on_ns = true; },
    // Protocol.
    [](sim::Host& host, Dice&) { host.faults.drops_edns = true; },
    [](sim::Host& host, Dice&) { host.faults.garbage = true; },
    [](sim::Host& host, Dice&) { host.faults.truncates = host.faults.no_tcp = true; },
    // Attackers off the path.
    [](sim::Host& host, Dice&) { host.faults.wrong_id = true; },
    [](sim::Host& host, Dice&) { host.faults.spoofed_formerr = true; },
    [](sim::Host& host, Dice& dice) {
      host.forger = [own = dice.split()](wire::BytesView query) mutable { return blind_guesses(query, own); };
    },
};

// What some servers do for years.
constexpr void (*kQuirks[])(sim::Faults&){
    [](sim::Faults& faults) { faults.no_edns = true; },
    [](sim::Faults& faults) { faults.truncates = true; },
    [](sim::Faults& faults) { faults.ignores_case = true; },
    [](sim::Faults& faults) { faults.no_soa = true; },
    [](sim::Faults& faults) { faults.upward_referral = true; },
};

// Every host that clients' questions may lead to.
template <class Visit>
void for_each_host(sim::World& world, const DrawnWorld& drawn, Visit visit) {
  for (const auto& machine : drawn.machines) {
    for (const auto& address : machine.addresses) {
      if (auto* host = world.host({address, 53})) visit(*host);
    }
  }
}

}  // namespace

void Storm::blow(sim::World& world, const DrawnWorld& drawn, const Habits& habits) {
  const bool validated = drawn.settings.trust.validates();
  for_each_host(world, drawn, [&](sim::Host& host) {
    auto [quirks, is_new] = quirks_.try_emplace(host.endpoint);
    if (is_new && dice_.happens(0.15)) dice_.one_of(kQuirks)(quirks->second);
    // Nobody signs a zone and serves it so.
    if (is_new && validated) quirks->second.no_edns = quirks->second.no_soa = false;
    if (is_new) quirks->second.nxdomain_on_empty_non_terminal = drawn.may_deny_empty_non_terminals;
    host.faults = quirks->second;
    host.forger = {};
    host.link = {.delay = 1ms + dice_.up_to(60ms)};
    if (dice_.happens(share_)) {
      for (auto count = dice_.between(1, 2); count > 0; --count) dice_.one_of(kTroubles)(host, dice_);
    }
    habits.apply(host);
  });
}

void Storm::end(sim::World& world, const DrawnWorld& drawn, const Habits& habits) {
  for_each_host(world, drawn, [&](sim::Host& host) {
    host.faults = quirks_[host.endpoint];
    host.script = {};
    host.forger = {};
    host.link = {.delay = 1ms + dice_.up_to(30ms)};
    habits.apply(host);
  });
}

}  // namespace shirube::simulation
