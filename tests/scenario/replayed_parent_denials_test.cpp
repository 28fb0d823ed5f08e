#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Rcode;
using wire::Type;

namespace {

struct Cut {
  std::string_view parent;
  std::string_view child;
};
constexpr std::array kCuts{Cut{"test", "example.test"}, Cut{"gaps.test", "safe.gaps.test"}};

// The child's server denies everything by what the parent has to say about the cut, or about any other name.
void let_lie(SignedTree& home, const Cut& cut, std::string_view about, Rcode rcode) {
  auto& host = home.host(SignedTree::kTreeServer);
  auto* zone = &home.world.zone(cut.parent == "test" ? home.test : home.gaps);
  auto proof = zone->lookup({Name::literal(about), Type::DS}).authority;
  const sim::Zone& child = home.world.zone(cut.parent == "test" ? home.example : home.safe);
  auto own = child.lookup({child.apex(), Type::TXT}).authority.front();
  host.script = [=](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(Name::literal(cut.child))) return std::nullopt;
    if (question.type == Type::DS || question.type == Type::DNSKEY) return std::nullopt;
    wire::Answer lie;
    lie.rcode = rcode;
    lie.authoritative = true;
    lie.authority = proof;
    for (auto& rrset : lie.authority)
      if (rrset.type == Type::SOA) rrset = own;
    return lie;
  };
}

}  // namespace

TEST_CASE("what the zone above says about a cut denies nothing in the zone below") {
  for (const auto& cut : kCuts) {
    for (const auto* about : {"0.{}", "zzz.{}", "{}"}) {
      for (const auto rcode : {Rcode::NoError, Rcode::NxDomain}) {
        SignedTree home;
        const auto whom =
            *about == '{' ? std::string(cut.child) : fmt::format(fmt::runtime(about), cut.parent);
        home.world.zone(home.test).remove(Name::literal("unsigned.test"));
        let_lie(home, cut, whom, rcode);
        CAPTURE(cut.child, whom, rcode);
        CHECK(home.ask_and_wait(fmt::format("www.{}", cut.child)).servfail());
        CHECK(home.ask_and_wait(cut.child, Type::MX).servfail());
        CHECK(home.quiet());
      }
    }
  }
}
