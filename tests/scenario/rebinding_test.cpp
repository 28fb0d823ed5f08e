// With rebinding protection answers to public names carry no private addresses.
#include <catch2/catch.hpp>

#include "tests/support/serving_host.hpp"

using namespace shirube;
using test::ServingHost;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kSecondServer = "192.0.2.2:53";
constexpr std::string_view kText =
    "@ 300 SOA ns1 h 1 7200 900 1209600 60\nprinter 300 A 192.168.1.9\nme 300 A 127.0.0.1\n"
    "six 300 AAAA ::ffff:10.0.0.1\nmixed 300 A 192.0.2.80\nmixed 300 A 10.0.0.1\n"
    "inwards 300 CNAME printer.corp.\n2.0.0.127.zen 300 A 127.0.0.2\nx.own 300 A 10.9.9.9\n"
    "@ 300 MX 1 printer\nweb 300 HTTPS 1 . ipv4hint=10.0.0.1\n";

[[nodiscard]] conf::Settings protecting(bool on) {
  conf::Settings settings;
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(test::kFirst)}});
  settings.upstream.forwards.push_back(
      {wire::Name::literal("corp."), {*wire::Endpoint::parse(kSecondServer)}});
  settings.upstream.stubs.push_back(
      {wire::Name::literal("zen.example."), {*wire::Endpoint::parse(kSecondServer)}});
  settings.policy.rebinding_protection = on;
  settings.policy.rebinding_exempt = {wire::Name::literal("own.example.")};
  return settings;
}

struct Office : ServingHost {
  explicit Office(bool on = true) : ServingHost(protecting(on)) {
    world.add_host(test::kFirst, sim::Role::Recursor);
    const auto zone = world.add_zone("example.", kText);
    world.add_host(kSecondServer, sim::Role::Recursor, {zone});
    world.add_zone("corp.", "@ 300 SOA ns1 h 1 7200 900 1209600 60\nprinter 300 A 192.168.1.9\n");
  }
  wire::Answer ask_for(std::string_view name, Type type = Type::A) {
    return answer(name, {.type = type, .edns_size = 1232});
  }
};

}  // namespace

TEST_CASE("a private address of a public name is no such record, and counted") {
  Office home;
  for (const auto& [name, type] :
       {std::pair{"printer.example.", Type::A}, std::pair{"me.example.", Type::A},
        std::pair{"six.example.", Type::AAAA}, std::pair{"me.example.", Type::ANY}}) {
    CAPTURE(name);
    for (int i = 0; i < 2; ++i) {
      const auto answer = home.ask_for(name, type);
      CHECK(answer.rcode == Rcode::NoError);
      CHECK(answer.answer.empty());
      CHECK(answer.errors.at(0).code == wire::Ede::Blocked);
    }
  }
  const auto counted = static_cast<std::size_t>(policy::Rewriter::Rebinding);
  CHECK(home.service.statistics().rewrites.at(counted) == 4);
  CHECK(home.service.statistics().hits == 4);
}

TEST_CASE("public addresses beside it stay; hints and additional addresses go") {
  Office home;
  CHECK(home.ask_for("mixed.example.").answer.at(0).rdatas.count() == 1);
  CHECK(home.ask_for("web.example.", Type::HTTPS).errors.at(0).code == wire::Ede::Blocked);
}

TEST_CASE("forwarded zones, also behind an alias, stubs and named zones may have them") {
  Office home;
  for (const auto* name : {"printer.corp.", "inwards.example.", "x.own.example."}) {
    CAPTURE(name);
    const auto answer = home.ask_for(name);
    REQUIRE_FALSE(answer.answer.empty());
    CHECK(answer.answer.back().type == Type::A);
    CHECK(answer.errors.empty());
  }
  CHECK(home.answer("localhost.", {}).answer.size() == 1);
}

TEST_CASE("without the key nothing is withheld") {
  Office home(false);
  CHECK(home.ask_for("printer.example.").answer.size() == 1);
}
