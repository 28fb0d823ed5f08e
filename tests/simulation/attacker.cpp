#include "tests/simulation/attacker.hpp"

#include <charconv>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/simulation/records.hpp"
#include "upstream/lookups.hpp"

namespace shirube::simulation {
namespace {

using namespace std::chrono_literals;
using wire::Type;

constexpr double kWorldsWithAttacker = 0.05;
// More slow names at once than there are places for lookups: few worlds, because each costs as much as many.
constexpr double kFloods = 0.03;
constexpr std::size_t kFlood = upstream::kMaxLookups + 100;
constexpr std::uint32_t kTtl = 60;
constexpr wire::Duration kSlow = 3'900ms;
constexpr std::size_t kReferralWidth = 12;
constexpr std::size_t kLongestChainOfIt = 9;
constexpr std::string_view kServer = "198.18.1.1";
constexpr std::string_view kSlowServer = "198.18.1.2";
constexpr std::string_view kDeadServer = "198.18.1.3";

// The honest zones and names that the attacker's servers lie about.
struct Targets {
  wire::Name apex;
  std::vector<wire::Name> zones;
  std::vector<wire::Name> names;
};

[[nodiscard]] std::size_t number_in(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

[[nodiscard]] wire::Answer referral(const wire::Question& asked, std::size_t number, const Targets& targets) {
  wire::Answer answer;
  auto servers = name_record(Type::NS, asked.name, kTtl, below("first", targets.apex));
  servers.rdatas = {};
  for (std::size_t i = 0; i < kReferralWidth; ++i) {
    const auto& victim = targets.zones[(number + i) % targets.zones.size()];
    servers.rdatas.add(below(fmt::format("x{}-{}", number, i), victim).wire());
  }
  answer.authority.push_back(std::move(servers));
  return answer;
}

// "c3-17": three aliases more, then the honest name number 17.
[[nodiscard]] wire::Answer alias(const wire::Question& asked, std::string_view label,
                                 const Targets& targets) {
  const auto links = number_in(label.substr(1));
  const auto dash = label.find('-');
  const auto number = dash == std::string_view::npos ? 0 : number_in(label.substr(dash + 1));
  const auto target = links == 0 ? targets.names[number % targets.names.size()]
                                 : below(fmt::format("c{}-{}.chain", links - 1, number), targets.apex);
  wire::Answer answer;
  answer.authoritative = true;
  answer.answer.push_back(name_record(Type::CNAME, asked.name, kTtl, target));
  return answer;
}

// A denial in the name of another zone, of all that is in it.
[[nodiscard]] wire::Answer denial(std::size_t number, const Targets& targets) {
  const auto& victim = targets.zones[number % targets.zones.size()];
  wire::Answer answer;
  answer.rcode = wire::Rcode::NxDomain;
  answer.authoritative = true;
  answer.authority.push_back(soa_record(victim, {kTtl, kTtl}));
  wire::RRset range{.owner = victim, .type = Type::NSEC, .ttl = kTtl};
  wire::Bytes rdata(victim.wire().begin(), victim.wire().end());
  rdata.insert(rdata.end(), {0, 1, 0x22});  // NS and SOA
  range.rdatas.add(rdata);
  answer.authority.push_back(std::move(range));
  return answer;
}

[[nodiscard]] std::optional<wire::Answer> crafted(const wire::Question& asked, const Targets& targets) {
  const auto is_below = [&](std::string_view label) {
    const auto parent = below(label, targets.apex);
    return asked.name.is_within(parent) && !(asked.name == parent);
  };
  const auto text = asked.name.text();
  const auto label = std::string_view(text).substr(0, text.find('.'));
  if (is_below("refer")) return referral(asked, number_in(label.substr(1)), targets);
  if (is_below("chain")) return alias(asked, label, targets);
  if (is_below("deny")) return denial(number_in(label.substr(1)), targets);
  return std::nullopt;
}

}  // namespace

Attacker::Attacker(DrawnWorld& drawn, Dice dice, Attacks attacks) : dice_(dice) {
  if (attacks == Attacks::None || !dice_.happens(kWorldsWithAttacker) || drawn.questions.empty()) return;
  std::vector<std::size_t> tlds;
  for (std::size_t i = 1; i < drawn.zones.size(); ++i) {
    if (*drawn.zones[i].parent == 0) tlds.push_back(i);
    victims_.push_back(drawn.zones[i].apex);
  }
  honest_names_ = drawn.questions.size();
  most_in_volley_ = dice_.between(4, 24);
  floods_ = dice_.happens(kFloods);
  for (auto count = dice_.between(1, 3); count > 0; --count)
    kinds_.push_back(
        dice_.one_of({Kind::Slow, Kind::Dead, Kind::Refer, Kind::Chain, Kind::Deny, Kind::Honest}));
  set_up(drawn, drawn.zones[dice_.pick(tlds)].apex);
}

void Attacker::set_up(DrawnWorld& drawn, const wire::Name& above) {
  apex_ = below("attacker", above);
  const auto add = [&](const wire::Name& apex, std::string_view server) -> sim::Zone& {
    const auto index = drawn.world.add_zone(sim::Zone(apex));
    auto& zone = drawn.world.zone(index);
    zone.put(soa_record(apex, {kTtl, kTtl}));
    zone.put(name_record(Type::NS, apex, kTtl, below("ns", apex)));
    zone.put(address_record(below("ns", apex), kTtl, *wire::Address::parse(server)));
    drawn.world.serve(server, index);
    drawn.world.delegate(index);
    return zone;
  };
  auto& own = add(apex_, kServer);
  for (const auto* label : {"x.refer", "x.chain", "x.deny"})
    own.put(txt_record(below(label, apex_), kTtl, "x"));
  add(below("slow", apex_), kSlowServer)
      .put(address_record(below("*.slow", apex_), kTtl, *wire::Address::parse(kSlowServer)));
  add(below("dead", apex_), kDeadServer);
  drawn.world.host(*wire::Endpoint::parse(kSlowServer, 53))->faults.answers_late = kSlow;
  drawn.world.host(*wire::Endpoint::parse(kDeadServer, 53))->faults.silent = true;
  auto targets = std::make_shared<Targets>(Targets{.apex = apex_, .zones = victims_, .names = {}});
  for (const auto& question : drawn.questions) targets->names.push_back(question.name);
  drawn.world.host(*wire::Endpoint::parse(kServer, 53))->script = [targets](const wire::Question& asked) {
    return crafted(asked, *targets);
  };
}

wire::Name Attacker::draw_name() {
  const auto number = dice_.below(1'000'000);
  switch (dice_.pick(kinds_)) {
    case Kind::Slow:
      return below(fmt::format("s{}.slow", number), apex_);
    case Kind::Dead:
      return below(fmt::format("d{}.dead", number), apex_);
    case Kind::Refer:
      return below(fmt::format("r{}.refer", number), apex_);
    case Kind::Chain:
      return below(fmt::format("c{}-{}.chain", dice_.between(1, kLongestChainOfIt), number % honest_names_),
                   apex_);
    case Kind::Deny:
      return below(fmt::format("n{}.deny", number), apex_);
    case Kind::Honest:
      return below(fmt::format("h{}", number), dice_.pick(victims_));
  }
  return apex_;
}

std::vector<wire::Question> Attacker::volley() {
  std::vector<wire::Question> questions;
  if (!is_there()) return questions;
  if (std::exchange(floods_, false)) {
    for (std::size_t i = 0; i < kFlood; ++i)
      questions.push_back({.name = below(fmt::format("f{}.slow", i), apex_)});
  }
  for (auto count = dice_.between(1, most_in_volley_); count > 0; --count)
    questions.push_back({.name = draw_name(), .type = dice_.one_of({Type::A, Type::A, Type::AAAA})});
  return questions;
}

}  // namespace shirube::simulation
