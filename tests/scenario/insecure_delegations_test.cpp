#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using sim::DenialForm;

namespace {

struct Parent {
  DenialForm denial;
  bool opt_out;
};

}  // namespace

TEST_CASE("a zone that its parent proves to have no DS is insecure, signed or not") {
  const auto parent = GENERATE(Parent{DenialForm::Nsec, false}, Parent{DenialForm::Nsec3, false},
                               Parent{DenialForm::Nsec3, true}, Parent{DenialForm::Compact, false});
  test::SignedHost home;
  home.serve_signed("test", "", {"192.0.2.1"}, {.denial = parent.denial, .opt_out = parent.opt_out});
  home.serve("plain.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  const auto island = home.serve("island.test", "www 300 A 192.0.2.80\n", {"192.0.2.3"});
  home.world.zone(island).sign({});
  CHECK(test::insecure(home.ask_and_wait("www.plain.test")));
  CHECK(test::insecure(home.ask_and_wait("www.island.test")));
  CHECK(home.ask_and_wait("none.plain.test").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.failures.seen.empty());
}

TEST_CASE("what hangs on a referral whose DS somebody has taken out is bogus") {
  const auto denial = GENERATE(DenialForm::Nsec, DenialForm::Nsec3);
  test::SignedHost home;
  const auto test = home.serve_signed("test", "", {"192.0.2.1"}, {.denial = denial});
  home.serve_signed("example.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  home.spoil(test, "example.test", wire::Type::DS, sim::missing());
  home.host("192.0.2.2").script = [&home](const wire::Question& question) {
    return home.world.honest(home.host("192.0.2.2"), question, sim::Proofs::LeftOut);
  };
  CHECK(home.ask_and_wait("www.example.test").servfail());
  CHECK(home.quiet());
}
