#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

[[nodiscard]] upstream::UpstreamSettings with_stub(std::string_view server) {
  return {.stubs = {{wire::Name::literal("corp."), {*wire::Endpoint::parse(server)}}},
          .do_not_query = {*wire::Prefix::parse("10.0.0.0/8"), *wire::Prefix::parse("127.0.0.0/8")},
          .own = {*wire::Endpoint::parse("127.0.0.1:53")}};
}

}  // namespace

TEST_CASE("what must not be asked is asked when it was named by hand, but not what it refers to") {
  IteratingHost home({.settings = with_stub("127.0.0.1:5353")});
  home.world.serve("127.0.0.1:5353",
                   home.world.add_zone("corp.",
                                       "@ 300 SOA ns hostmaster 1 1 1 1 60\nwww 300 A 10.0.0.80\n"
                                       "sub 300 NS ns.sub\nns.sub 300 A 10.0.0.2\n"));
  CHECK(test::got_address(home.ask_and_wait("www.corp."), "10.0.0.80"));
  CHECK(home.sent() == 1);
  CHECK(home.ask_and_wait("www.sub.corp.").servfail());
  CHECK(home.sent_to("10.0.0.2") == 0);
  CHECK(home.quiet());
}

TEST_CASE("we do not ask ourselves, even when told to") {
  IteratingHost home({.settings = with_stub("127.0.0.1:53")});
  home.world.add_host("127.0.0.1", sim::Role::Recursor);
  CHECK(home.ask_and_wait("www.corp.").servfail());
  CHECK(home.sent() == 0);
  CHECK(home.quiet());
}
