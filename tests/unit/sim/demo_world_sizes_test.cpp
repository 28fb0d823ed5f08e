#include <set>

#include <catch2/catch.hpp>

#include "sim/demo_world.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::query;
using test::question;
using wire::Type;

namespace {

[[nodiscard]] wire::Bytes respond(std::string_view name, test::Ask ask) {
  auto world = sim::demo_world();
  const auto* host = world.host(*wire::Endpoint::parse(sim::kDemoRecursor));
  REQUIRE(host != nullptr);
  return world.respond(*host, query(name, ask), true, 1);
}

[[nodiscard]] std::size_t size(std::string_view name, Type type) {
  return respond(name, {.type = type}).size();
}

}  // namespace

TEST_CASE("the ANY answer of furelo.jp is 2.9 kB, for whoever asks") {
  const auto any = respond("furelo.jp", {.type = Type::ANY, .edns_size = 4096, .dnssec_ok = true});
  CHECK(any.size() >= 2850);
  CHECK(any.size() < 2950);
  CHECK(wire::read_header(any).answer_count == 16);
  CHECK(size("furelo.jp", Type::ANY) == any.size() - 11);  // no OPT
  CHECK(size("furelo.jp", Type::MX) < 512);
  CHECK(size("mail.furelo.jp", Type::A) < 512);
}

TEST_CASE("the MX answer of many-mx.example is over 1 kB: 24 exchangers, each with an address") {
  CHECK(size("many-mx.example", Type::MX) > 1024);
  CHECK(size("many-mx.example", Type::MX) < 1232);
  const auto world = sim::demo_world();
  const auto exchangers = world.truth(question("many-mx.example", Type::MX));
  REQUIRE(exchangers.answer.size() == 1);
  CHECK(exchangers.answer[0].rdatas.count() == 24);
  std::size_t with_ipv6 = 0;
  for (const auto rdata : exchangers.answer[0].rdatas) {
    const auto target = wire::rdata_target(Type::MX, rdata);
    REQUIRE(target);
    CHECK(world.truth({.name = *target, .type = Type::A}).answer.size() == 1);
    with_ipv6 += world.truth({.name = *target, .type = Type::AAAA}).answer.size();
  }
  CHECK(with_ipv6 == 8);
}

TEST_CASE("dual.example has IPv6 everywhere, and an exchanger with nothing else") {
  const auto world = sim::demo_world();
  const auto count = [&](const char* name, Type type) {
    return world.truth(question(name, type)).answer.size();
  };
  for (const auto* name : {"dual.example", "www.dual.example", "mail.dual.example", "ns1.dual.example"}) {
    CHECK(count(name, Type::A) == 1);
    CHECK(count(name, Type::AAAA) == 1);
  }
  CHECK(count("mail6.dual.example", Type::A) == 0);
  CHECK(count("mail6.dual.example", Type::AAAA) == 1);
  CHECK(count("www.dual.example", Type::HTTPS) == 1);
}

TEST_CASE("the exchanger of alias-mx.example is an alias with an address behind it") {
  const auto answer = sim::demo_world().truth(question("mx.alias-mx.example", Type::A));
  REQUIRE(answer.answer.size() == 2);
  CHECK(answer.answer[0].type == Type::CNAME);
  CHECK(answer.answer[1].owner == wire::Name::literal("mail.small.example"));
}

TEST_CASE("every case of the demo has a domain with an MX and one sentence; other names do not exist") {
  const auto world = sim::demo_world();
  std::set<std::string_view> domains;
  for (const auto& demo : sim::demo_cases()) {
    domains.insert(demo.domain);
    CHECK(demo.story.ends_with('.'));
    CHECK(world.truth(question(demo.domain, Type::MX)).answer.size() == 1);
  }
  CHECK(domains == std::set<std::string_view>{"furelo.jp", "forged.example", "many-mx.example",
                                              "dual.example", "alias-mx.example", "small.example"});
  CHECK(world.truth(question("other.test", Type::A)).rcode == wire::Rcode::NxDomain);
}
