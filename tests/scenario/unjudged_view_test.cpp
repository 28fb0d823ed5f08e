#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using cache::View;
using wire::Rcode;
using wire::Type;

namespace {

const test::Client& ask_unjudged(test::SignedTree& home, std::string_view name, Type type = Type::A) {
  auto& client = home.ask(name, type, View::Unchecked);
  home.network.run_until([&client] { return client.got.has_value(); });
  return client;
}

}  // namespace

TEST_CASE("bogus data are for who sets CD, and for nobody else, whoever comes first") {
  const bool unjudged_first = GENERATE(true, false);
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, sim::replaced_by("192.0.2.66"));
  if (!unjudged_first) CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnssecBogus));
  for (int i = 0; i < 2; ++i) {
    const auto& unjudged = ask_unjudged(home, "www.example.test");
    CHECK(test::insecure(unjudged));
    CHECK(test::has(unjudged, Type::A, "192.0.2.66"));
    CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnssecBogus));
  }
  CHECK(home.quiet());
}

TEST_CASE("so are bogus denials, aliases and whole zones with wrong keys") {
  test::SignedTree home;
  home.spoil(home.example, "to.example.test", Type::CNAME, sim::replaced_by("ns1.hashed.test."));
  home.world.zone(home.hashed).sign({.generation = 1});
  CHECK(test::insecure(ask_unjudged(home, "to.example.test")));
  CHECK(home.ask_and_wait("to.example.test").servfail());
  CHECK(ask_unjudged(home, "none.hashed.test").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("none.hashed.test").servfail());
  CHECK(test::insecure(ask_unjudged(home, "hashed.test", Type::DNSKEY)));
  CHECK(home.ask_and_wait("hashed.test", Type::DNSKEY).servfail());
}

TEST_CASE("what was found secure serves those with CD too, as what it is") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  const auto before = home.sent();
  CHECK(test::secure(ask_unjudged(home, "www.example.test")));
  CHECK(home.sent() == before);
}

TEST_CASE("what nobody has judged is not authentic, and is judged for who comes next") {
  test::SignedTree home;
  CHECK(test::insecure(ask_unjudged(home, "www.example.test")));
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}
