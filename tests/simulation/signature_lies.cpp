#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/simulation/drawn_world.hpp"
#include "tests/simulation/lies.hpp"
#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

constexpr std::uint32_t kForgedTtl = 300;
constexpr std::size_t kManySignatures = 40;
constexpr std::size_t kManyKeys = 16;

template <class Change>
void for_each_rrset(wire::Answer& answer, Change change) {
  for (auto* section : {&answer.answer, &answer.authority}) {
    for (auto& rrset : *section) change(rrset);
  }
}

[[nodiscard]] bool is_denial(const wire::RRset& rrset) {
  return rrset.type == Type::NSEC || rrset.type == Type::NSEC3;
}

[[nodiscard]] wire::Answer honest(const Intent& intent, const wire::Name& name, Type type) {
  return intent.world->honest(*intent.host, {name, type, wire::Class::IN});
}

[[nodiscard]] wire::Name made_up(const Intent& intent, Dice& dice) {
  return below(fmt::format("r{}", dice.below(1'000)), intent.own);
}

void flip_a_bit(wire::Bytes& bytes, Dice& dice) {
  if (!bytes.empty()) bytes[dice.below(bytes.size())] ^= static_cast<std::uint8_t>(1U << dice.below(8));
}

void add_bad_signatures(wire::RRset& rrset, Dice& dice) {
  if (rrset.signatures.empty()) return;
  const auto first = *rrset.signatures.begin();
  const wire::Bytes good(first.begin(), first.end());
  rrset.signatures = {};
  for (std::size_t i = 0; i < kManySignatures; ++i) {
    auto bad = good;
    // Not the last octet: a signature that is spoilt there would be mended.
    *std::prev(bad.end(), 2) ^= static_cast<std::uint8_t>(i + 1);
    rrset.signatures.add(bad);
  }
  if (dice.happens(0.5)) rrset.signatures.add(good);
}

// Its key tag is a sum of 16-bit words, so that it stays when two of them change places.
[[nodiscard]] wire::Bytes of_same_tag(wire::BytesView key, std::size_t place) {
  constexpr std::size_t kKeyField = 4;
  wire::Bytes other(key.begin(), key.end());
  const auto at = kKeyField + 2 * place;
  if (at + 4 <= other.size())
    std::swap_ranges(other.begin() + static_cast<std::ptrdiff_t>(at),
                     other.begin() + static_cast<std::ptrdiff_t>(at + 2),
                     other.begin() + static_cast<std::ptrdiff_t>(at + 2));
  return other;
}

void sign_as_stranger(wire::RRset& rrset, const Intent& intent) {
  if (rrset.type == Type::DNSKEY) rrset.rdatas = intent.stranger->dnskeys(rrset.ttl).rdatas;
  rrset.signatures = intent.stranger->sign(rrset);
}

constexpr Lie kSignatureLies[]{
    // Less than what is needed.
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice&) {
      for_each_rrset(answer, [](wire::RRset& rrset) { rrset.signatures = {}; });
    },
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice&) {
      std::erase_if(answer.authority, is_denial);
    },
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice&) {
      std::erase_if(answer.authority, [](const wire::RRset& rrset) { return rrset.type == Type::DS; });
    },
    // As if there were no DNSSEC.
    [](wire::Answer& answer, const wire::Question& asked, const Intent&, Dice&) {
      answer = {};
      answer.authoritative = true;
      answer.answer.push_back(evil(asked.name));
    },
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice&) {
      answer = {};
      answer.authoritative = true;
      answer.rcode = wire::Rcode::NxDomain;
      answer.authority.push_back(soa_record(intent.own, {kForgedTtl, kForgedTtl}));
    },
    // Other data under old signatures.
    [](wire::Answer& answer, const wire::Question& asked, const Intent&, Dice&) {
      for (auto& rrset : answer.answer) {
        if (rrset.type == asked.type && rrset.type == Type::A) rrset.rdatas = evil(asked.name).rdatas;
      }
    },
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice& dice) {
      for_each_rrset(answer, [&](wire::RRset& rrset) {
        const auto old = std::exchange(rrset.rdatas, {});
        for (const auto rdata : old) {
          wire::Bytes bytes(rdata.begin(), rdata.end());
          if (rrset.type == Type::A || is_denial(rrset)) flip_a_bit(bytes, dice);
          rrset.rdatas.add(bytes);
        }
      });
    },
    // Signed data of another name.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      const auto victim = dice.happens(0.5) ? dice.pick(intent.names) : below("x.wild", intent.own);
      answer = honest(intent, victim, asked.type);
      for (auto& rrset : answer.answer) {
        if (rrset.owner == victim) rrset.owner = asked.name;
      }
    },
    // Signed denials of another name, and of another type.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer =
          honest(intent, dice.happens(0.5) ? made_up(intent, dice) : dice.pick(intent.names), asked.type);
      answer.answer.clear();
      answer.authoritative = true;
      answer.rcode = wire::Rcode::NxDomain;
    },
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      answer = honest(intent, asked.name, dice.one_of({Type::TXT, Type::HINFO, Type::DS}));
      answer.answer.clear();
      answer.rcode = dice.one_of({wire::Rcode::NoError, wire::Rcode::NxDomain});
    },
    // What a wildcard makes, denied by the proof that comes with it.
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice&) {
      answer.answer.clear();
      answer.rcode = wire::Rcode::NxDomain;
    },
    // A delegation that nobody signed, with somebody's proof of that.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice& dice) {
      auto proof = honest(intent, dice.happens(0.5) ? made_up(intent, dice) : asked.name, Type::DS).authority;
      std::erase_if(proof, [](const wire::RRset& rrset) { return !is_denial(rrset); });
      answer = {};
      const auto server = below("evil", intent.own);
      answer.authority.push_back(name_record(Type::NS, asked.name, kForgedTtl, server));
      std::ranges::move(proof, std::back_inserter(answer.authority));
      answer.additional.push_back(evil(server));
    },
    // All of it signed, with keys of the liar's own.
    [](wire::Answer& answer, const wire::Question& asked, const Intent& intent, Dice&) {
      for (auto& rrset : answer.answer) {
        if (rrset.type == Type::A) rrset.rdatas = evil(asked.name).rdatas;
      }
      for_each_rrset(answer, [&](wire::RRset& rrset) { sign_as_stranger(rrset, intent); });
    },
    // With the true keys, but for a name that is not in the zone.
    [](wire::Answer& answer, const wire::Question&, const Intent& intent, Dice& dice) {
      const auto& victim = dice.pick(intent.names);
      if (victim.is_within(intent.own)) return;
      answer.answer.push_back(evil(victim));
      for (const auto& zone : intent.world->zones()) {
        if (zone.apex() == intent.own && zone.signer() != nullptr)
          answer.answer.back().signatures = zone.signer()->sign(answer.answer.back());
      }
    },
    // KeyTrap.
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice& dice) {
      for_each_rrset(answer, [&](wire::RRset& rrset) { add_bad_signatures(rrset, dice); });
    },
    [](wire::Answer& answer, const wire::Question&, const Intent&, Dice&) {
      for (auto& rrset : answer.answer) {
        if (rrset.type != Type::DNSKEY) continue;
        const auto first = *rrset.rdatas.begin();
        const wire::Bytes key(first.begin(), first.end());
        for (std::size_t i = 0; i < kManyKeys; ++i) rrset.rdatas.add_unless_present(of_same_tag(key, i));
      }
    },
};

}  // namespace

std::span<const Lie> lies_about_signatures() { return kSignatureLies; }

}  // namespace shirube::simulation
