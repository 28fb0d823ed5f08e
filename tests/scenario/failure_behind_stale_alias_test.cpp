#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

TEST_CASE("a remembered failure behind an expired alias is told as what it is, not as a stale answer") {
  test::IteratingHost home;
  home.serve("example.", "www 60 CNAME mail.test.\n", {"192.0.2.1"});
  home.serve("test.", "mail 300 A 192.0.2.80\n", {"192.0.2.2"});
  REQUIRE(home.ask_and_wait("www.example.").records() == 2);
  home.network.advance(61s);
  home.host("192.0.2.2").faults.refuses = true;
  REQUIRE(home.ask_and_wait("mail.test.", Type::MX).servfail());
  const auto& client = home.ask_and_wait("www.example.", Type::MX);
  CHECK(client.servfail());
  REQUIRE_FALSE(client.got->answer.errors.empty());
  CHECK(client.got->answer.errors.front().text == "192.0.2.2:53 of zone test. refused the connection");
  CHECK(home.resolver.statistics().stale_answers == 0);
  CHECK(home.quiet());
}
