// Stale answers of signed zones are as authentic as fresh ones until their signatures expire; then there are
// none.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Rcode;
using wire::Type;

namespace {

constexpr sim::Validity until(std::int64_t seconds) {
  return {.inception = sim::kSimulatedStart, .expiration = test::kBegin + seconds};
}

struct Tree : test::SignedTree {
  using test::SignedTree::SignedTree;
  void fall_silent() { host(kTreeServer).faults.silent = true; }
  // Asks for an entry that is in the cache and has expired.
  const test::Client& ask_stale(std::string_view name, Type type = Type::A) {
    const auto& client = ask_and_wait(name, type);
    CAPTURE(name, test::reason(client));
    CHECK(client.got->freshness == cache::Freshness::Stale);
    return client;
  }
};

}  // namespace

TEST_CASE("stale data of a signed zone is authentic, at once and while the failure is remembered") {
  Tree home;
  home.serve_signed("mail.test", "@ 300 MX 10 mx\nmx 300 A 192.0.2.25\n", {Tree::kTreeServer});
  CHECK(test::secure(home.ask_and_wait("mail.test", Type::MX)));
  home.network.advance(301s);
  home.fall_silent();
  for (int i = 0; i < 3; ++i) {
    const auto& client = home.ask_stale("mail.test", Type::MX);
    CHECK(client.records() == 1);
    CHECK(client.got->answer.authentic);
    CHECK(client.error() == wire::Ede::StaleAnswer);
  }
}

TEST_CASE("so are stale denials, wildcards and chains of aliases, however the zone denies") {
  Tree home;
  struct Asked {
    std::string name;
    Type type = Type::A;
    Rcode rcode = Rcode::NoError;
  };
  std::vector<Asked> all;
  for (const std::string zone : {"example.test", "hashed.test", "compact.test"}) {
    all.push_back({"to." + zone});
    all.push_back({"www." + zone, Type::TXT});
    all.push_back({"none." + zone, Type::A, Rcode::NxDomain});
    all.push_back({"x.y.wild." + zone});
    all.push_back({"www.moved." + zone, Type::A, Rcode::NxDomain});
  }
  for (const auto& [name, type, rcode] : all) CHECK(home.ask_and_wait(name, type).got->answer.authentic);
  home.network.advance(301s);
  home.fall_silent();
  for (const auto& [name, type, rcode] : all) {
    const auto& client = home.ask_stale(name, type);
    CAPTURE(name);
    CHECK(client.got->answer.rcode == rcode);
    CHECK(client.got->answer.authentic);
  }
}

TEST_CASE("a chain of aliases with one insecure part is not authentic, fresh or stale") {
  Tree home;
  home.serve_signed("alias.test", "out 300 CNAME www.unsigned.test.\n", {Tree::kTreeServer});
  CHECK(test::insecure(home.ask_and_wait("out.alias.test")));
  home.network.advance(301s);
  home.fall_silent();
  CHECK_FALSE(home.ask_stale("out.alias.test").got->answer.authentic);
  CHECK_FALSE(home.ask_stale("www.unsigned.test").got->answer.authentic);
}

TEST_CASE("signatures that expire end stale answers: SERVFAIL, never insecure") {
  Tree home;
  home.world.zone(home.example).sign({.validity = until(600)});
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.ask_and_wait("none.example.test").got->answer.authentic);
  CHECK(home.ask_and_wait("x.wild.example.test").got->answer.authentic);
  home.network.advance(301s);
  home.fall_silent();
  for (const auto* name : {"www.example.test", "none.example.test", "x.wild.example.test"})
    CHECK(home.ask_stale(name).got->answer.authentic);
  home.network.advance(300s);
  for (const auto* name : {"www.example.test", "none.example.test", "x.wild.example.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name);
    CHECK(client.servfail());
    CHECK(client.records() == 0);
  }
}

TEST_CASE("expired signatures over the keys and DS records above end stale answers too") {
  for (const bool of_root : {false, true}) {
    Tree home;
    home.world.zone(of_root ? 0 : home.test).sign({.validity = until(600)});
    CHECK(test::secure(home.ask_and_wait("www.example.test")));
    home.network.advance(301s);
    home.fall_silent();
    CHECK(home.ask_stale("www.example.test").got->answer.authentic);
    home.network.advance(300s);
    CHECK(home.ask_and_wait("www.example.test").servfail());
  }
}

TEST_CASE("an alias whose own signatures have expired is not followed, whatever its target is") {
  Tree home;
  const auto alias = home.serve_signed("alias.test", "to 300 CNAME www.example.test.\n", {Tree::kTreeServer});
  home.world.zone(alias).sign({.validity = until(600)});
  CHECK(test::secure(home.ask_and_wait("to.alias.test")));
  home.network.advance(601s);
  home.fall_silent();
  CHECK(home.ask_stale("www.example.test").got->answer.authentic);
  CHECK(home.ask_and_wait("to.alias.test").servfail());
}

TEST_CASE("unsigned stale answers end with serve-stale alone") {
  Tree home;
  CHECK(test::insecure(home.ask_and_wait("www.unsigned.test")));
  home.network.advance(3'000s);
  home.fall_silent();
  CHECK(home.ask_stale("www.unsigned.test").records() == 1);
}

TEST_CASE("while the clock of validation stands, signatures do not expire") {
  test::SignedSetup setup;
  setup.iterating.settings.trust.fixed_time = test::kBegin;
  Tree home(setup);
  home.world.zone(home.example).sign({.validity = until(600)});
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  home.network.advance(1'000s);
  home.fall_silent();
  CHECK(home.ask_stale("www.example.test").got->answer.authentic);
}
