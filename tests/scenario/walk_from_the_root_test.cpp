#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

TEST_CASE("an answer is found from the root down, and what was learnt on the way is used again") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("mail.example.", "@ 300 MX 10 mx\nmx 300 A 192.0.2.25\n", {"192.0.2.2"});

  const auto& first = home.ask_and_wait("www.example.");
  REQUIRE(first.noerror());
  CHECK(first.records() == 1);
  CHECK(home.sent() == 3);  // priming, root, example
  const auto& second = home.ask_and_wait("mail.example.", wire::Type::MX);
  CHECK(second.records() == 1);
  CHECK(home.sent() == 5);
  CHECK(home.quiet());
}
