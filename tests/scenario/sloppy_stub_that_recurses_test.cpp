#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Type;

TEST_CASE("a stub may name a server that recurses, and never sets AA") {
  IteratingHost home({.settings = {.stubs = {{wire::Name::literal("corp.example."),
                                              {*wire::Endpoint::parse("10.0.0.1:53")}}}}});
  home.serve("corp.example.", "www 300 A 10.0.0.80\n@ 300 MX 10 www\nto 300 CNAME www\n", {"10.0.0.2"});
  home.world.add_host("10.0.0.1", sim::Role::Recursor);
  CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
  CHECK(home.ask_and_wait("corp.example.", Type::MX).records() == 1);
  CHECK(home.ask_and_wait("to.corp.example.").records() == 2);
  CHECK(home.ask_and_wait("www.corp.example.", Type::AAAA).noerror());
  CHECK(home.ask_and_wait("gone.corp.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent_to(test::kRoot) == 0);
  CHECK(home.sent_to("10.0.0.2") == 0);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}
