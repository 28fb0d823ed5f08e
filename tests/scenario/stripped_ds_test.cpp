#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Name;
using wire::Type;

namespace {

enum class Denial : std::uint8_t { None, OfAnotherName, Forged };

// The server of test. knows nothing of a DS of example.test., and its server sends what it likes, unsigned.
void let_lie(SignedTree& home, Denial denial) {
  auto& above = home.host(SignedTree::kTldServer);
  above.script = [&home, &above, denial](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(Name::literal("example.test"))) return std::nullopt;
    auto said = home.world.honest(above, question);
    const auto is_ds = [](const wire::RRset& rrset) { return rrset.type == Type::DS; };
    std::erase_if(said.answer, is_ds);
    std::erase_if(said.authority, is_ds);
    if (denial == Denial::None) return said;
    auto other = home.world.honest(above, {Name::literal("unsigned.test"), Type::DS}).authority;
    for (auto& rrset : other) {
      if (rrset.type == Type::NSEC && denial == Denial::Forged) rrset.owner = Name::literal("example.test");
      said.authority.push_back(std::move(rrset));
    }
    return said;
  };
  home.host(SignedTree::kTreeServer).script = [](const wire::Question& question) {
    wire::Answer lie;
    lie.authoritative = true;
    wire::RRset rrset{.owner = question.name, .type = Type::A, .ttl = 86'400};
    rrset.rdatas.add(*wire::parse_rdata(Type::A, "192.0.2.66"));
    if (question.type == Type::A) lie.answer.push_back(std::move(rrset));
    return std::optional(std::move(lie));
  };
}

}  // namespace

TEST_CASE("a signed zone whose DS is taken out on the way is bogus and never insecure, and well afterwards") {
  for (const auto denial : {Denial::None, Denial::OfAnotherName, Denial::Forged}) {
    SignedTree home;
    let_lie(home, denial);
    for (const auto* name : {"www.example.test", "example.test", "new.www.example.test"}) {
      const auto& client = home.ask_and_wait(name);
      CHECK(client.servfail());
      CHECK(client.records() == 0);
    }
    home.host(SignedTree::kTldServer).script = {};
    home.host(SignedTree::kTreeServer).script = {};
    home.network.advance(2s);
    CHECK(test::secure(home.ask_and_wait("www.example.test")));
    CHECK(home.quiet());
  }
}
