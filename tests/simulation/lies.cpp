#include "tests/simulation/lies.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/simulation/drawn_world.hpp"
#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

constexpr std::uint32_t kLieTtl = 300;
constexpr std::size_t kManyNames = 30;

void refer(wire::Answer& answer, const wire::Name& zone, const wire::Name& server) {
  answer.authority.push_back(name_record(Type::NS, zone, kLieTtl, server));
}

[[nodiscard]] wire::Answer only_aliases(const wire::Question& asked, const wire::Name& target) {
  wire::Answer answer;
  answer.authoritative = true;
  answer.answer.push_back(name_record(Type::CNAME, asked.name, kLieTtl, target));
  return answer;
}

constexpr Lie kLies[]{
    // More than was asked for, in each section.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer.answer.push_back(evil(dice.pick(intent.names)));
    },
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      refer(answer, dice.pick(intent.zones), below("evil", intent.own));
      answer.additional.push_back(evil(below("evil", intent.own)));
    },
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      const auto server = dice.pick(intent.servers);
      refer(answer, intent.own, server);
      answer.additional.push_back(evil(server));
    },
    // A referral where it has no say, instead of the answer.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer = {};
      refer(answer, dice.pick(intent.zones), below("evil", intent.own));
      answer.additional.push_back(evil(below("evil", intent.own)));
    },
    // An alias to somebody else, with that one's data.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      const auto victim = dice.pick(intent.names);
      answer = only_aliases(asked, victim);
      answer.answer.push_back(evil(victim));
    },
    // All of a zone above it moved away.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      const auto above = dice.pick(intent.zones);
      const auto target = below("evil", intent.own);
      if (const auto moved = asked.name.rebased(above, target); moved && *moved) {
        answer = only_aliases(asked, **moved);
        answer.answer.insert(answer.answer.begin(), name_record(Type::DNAME, above, kLieTtl, target));
        answer.answer.push_back(evil(**moved));
      }
    },
    // Denies what it has no say about.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      answer = {};
      answer.rcode = wire::Rcode::NxDomain;
      answer.authoritative = true;
      answer.authority.push_back(soa_record(dice.pick(intent.zones), {kLieTtl, kLieTtl}));
    },
    // Sends us where nobody may be asked.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = {};
      const auto server = below("here", intent.own);
      const auto where =
          dice.one_of<std::string_view>({"127.0.0.1", "10.0.0.1", "0.0.0.0", "::", kOwnAddress});
      refer(answer, asked.name, server);
      answer.additional.push_back(address_record(server, kLieTtl, *wire::Address::parse(where)));
    },
    // Many servers whose names cost lookups at somebody else's.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = {};
      auto servers = name_record(Type::NS, asked.name, kLieTtl, below("first", intent.own));
      for (std::size_t i = 0; i < kManyNames; ++i) {
        const auto label = fmt::format("r{}", dice.below(1'000'000));
        servers.rdatas.add(below(label, dice.pick(intent.zones)).wire());
      }
      answer.authority.push_back(std::move(servers));
    },
    // A chain of aliases that never ends.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = only_aliases(asked, below(fmt::format("r{}.r", dice.below(1'000'000)), intent.own));
    },
};

}  // namespace

wire::RRset evil(const wire::Name& owner) {
  return address_record(owner, kLieTtl, *wire::Address::parse(kEvilAddress));
}

std::span<const Lie> lies_about_others() { return kLies; }

}  // namespace shirube::simulation
