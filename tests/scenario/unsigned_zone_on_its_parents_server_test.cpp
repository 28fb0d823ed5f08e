#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;

TEST_CASE("an unsigned zone is found insecure though no referral leads to it") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  test::SignedHost home;
  home.serve_signed("test", "", {"192.0.2.1"}, {.denial = denial});
  home.serve("plain.test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("deep.down.plain.test", "www 300 A 192.0.2.81\n", {"192.0.2.1"});
  home.serve("a.b.c.test", "www 300 A 192.0.2.82\n", {"192.0.2.1"});
  for (const auto* name : {"www.plain.test", "www.deep.down.plain.test", "www.a.b.c.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::insecure(client));
  }
  for (const auto* name : {"none.plain.test", "none.a.b.c.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(client.got->answer.rcode == Rcode::NxDomain);
    CHECK_FALSE(client.got->answer.authentic);
  }
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a signed zone there is secure, and bogus when it is not signed as its DS say") {
  test::SignedHost home;
  home.serve_signed("test", "", {"192.0.2.1"});
  home.serve_signed("near.test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  const auto broken = home.serve_signed("broken.test", "www 300 A 192.0.2.81\n", {"192.0.2.1"});
  home.world.zone(broken).sign({.generation = 1});
  CHECK(test::secure(home.ask_and_wait("www.near.test")));
  CHECK(test::fails_with(home.ask_and_wait("www.broken.test"), wire::Ede::DnskeyMissing));
}
