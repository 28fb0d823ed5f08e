#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// tld. delegates evil.tld. for five minutes; the server of evil.tld. says a day, and goes on when revoked.
void serve_evil(IteratingHost& home) {
  home.serve("tld.", "", {"192.0.2.9"});
  const auto evil = home.serve("evil.tld.", "* 60 A 192.0.2.80\n", {"192.0.2.1"});
  home.world.zone(evil).add(
      "@ 86400 NS ns1\n@ 86400 NS ns2\nns1 86400 A 192.0.2.1\nns2 86400 A 192.0.2.1\n"
      "sub 86400 NS ns1.sub\nns1.sub 86400 A 192.0.2.2\n");
  home.world.serve("192.0.2.2", home.world.add_zone("sub.evil.tld.",
                                                    "@ 86400 NS ns1\nns1 86400 A 192.0.2.2\n"
                                                    "sub 86400 NS ns1\n* 60 A 192.0.2.81\n"));
}

[[nodiscard]] bool is_gone(IteratingHost& home, std::string_view name) {
  return home.ask_and_wait(name).got->answer.rcode == wire::Rcode::NxDomain;
}

}  // namespace

TEST_CASE("a revoked zone lives no longer than its parent's word, whatever it says of itself") {
  IteratingHost home;
  serve_evil(home);
  CHECK(test::got_address(home.ask_and_wait("a.evil.tld."), "192.0.2.80"));
  home.world.zone(1).remove(wire::Name::literal("evil.tld."));
  for (int i = 0; i < 9; ++i) {  // each half minute something that could renew it
    CHECK(home.ask_and_wait("evil.tld.", wire::Type::NS).records() == 1);
    CHECK(home.ask_and_wait(fmt::format("ns{}.evil.tld.", i % 2 + 1)).records() == 1);
    home.network.advance(30s);
  }
  home.network.advance(31s);
  const auto before = home.sent_to("192.0.2.1");
  CHECK(is_gone(home, "new.evil.tld."));
  CHECK(home.sent_to("192.0.2.1") == before);
  CHECK(home.quiet());
}

TEST_CASE("what a revoked zone has delegated goes with it") {
  IteratingHost home;
  serve_evil(home);
  CHECK(test::got_address(home.ask_and_wait("a.evil.tld."), "192.0.2.80"));
  home.world.zone(1).remove(wire::Name::literal("evil.tld."));
  home.network.advance(290s);
  CHECK(test::got_address(home.ask_and_wait("b.sub.evil.tld."), "192.0.2.81"));
  home.network.advance(11s);
  const auto before = home.sent_to("192.0.2.2");
  CHECK(is_gone(home, "new.sub.evil.tld."));
  CHECK(home.sent_to("192.0.2.2") == before);
  CHECK(home.quiet());
}
