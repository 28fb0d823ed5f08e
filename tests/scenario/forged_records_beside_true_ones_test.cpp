#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = test::SignedTree::kTreeServer;

wire::RRset address(const wire::Name& owner, std::string_view text) {
  wire::RRset rrset{.owner = owner, .type = Type::A, .ttl = 300};
  rrset.rdatas.add(*wire::parse_rdata(Type::A, text));
  return rrset;
}

}  // namespace

TEST_CASE("a record more, or one less, than was signed is bogus") {
  const bool more = GENERATE(true, false);
  test::SignedTree home;
  home.world.zone(home.example).add("two A 192.0.2.84\ntwo A 192.0.2.85\n");
  home.spoil(home.example, "two.example.test", Type::A, [more](wire::RRset& rrset, const sim::Signer&) {
    if (!more) rrset.rdatas = {};
    rrset.rdatas.add(*wire::parse_rdata(Type::A, more ? "192.0.2.66" : "192.0.2.84"));
  });
  CHECK(test::fails_with(home.ask_and_wait("two.example.test"), wire::Ede::DnssecBogus));
}

TEST_CASE("a forged alias beside true data is bogus, and neither is told") {
  test::SignedTree home;
  const auto name = wire::Name::literal("www.example.test");
  home.host(kServer).script = [&](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == name) || question.type != Type::A) return std::nullopt;
    auto answer = home.world.honest(home.host(kServer), question);
    wire::RRset alias{.owner = name, .type = Type::CNAME, .ttl = 300};
    alias.rdatas.add(wire::Name::literal("www.unsigned.test").wire());
    answer.answer.push_back(std::move(alias));
    return answer;
  };
  const auto& client = home.ask_and_wait("www.example.test");
  CAPTURE(test::reason(client));
  CHECK(client.servfail());
  CHECK(client.records() == 0);
}

TEST_CASE("unsigned records of other names never come along, and are not remembered") {
  test::SignedTree home;
  const auto other = wire::Name::literal("ns1.example.test");
  home.host(kServer).script = [&](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != Type::A || question.name == other) return std::nullopt;
    auto answer = home.world.honest(home.host(kServer), question);
    for (auto* section : {&answer.answer, &answer.authority, &answer.additional})
      section->push_back(address(other, "192.0.2.66"));
    return answer;
  };
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::secure(client));
  CHECK(client.records() == 1);
  CHECK(client.got->answer.additional.empty());
  CHECK(test::has(home.ask_and_wait("ns1.example.test"), Type::A, "192.0.2.11"));
}
