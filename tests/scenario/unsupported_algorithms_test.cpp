#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE("a zone with keys of unknown algorithms only is insecure") {
  const auto number = GENERATE(1, 3, 6, 12, 17, 99, 253, 254);
  CAPTURE(number);
  test::SignedHost home;
  const auto algorithm = static_cast<dnssec::Algorithm>(number);
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.algorithm = algorithm});
  CHECK(test::insecure(home.ask_and_wait("www.test")));
  const auto& none = home.ask_and_wait("none.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK_FALSE(none.got->answer.authentic);
  CHECK(home.failures.seen.empty());
}

TEST_CASE("what stands below such a zone is insecure too, however well it is signed") {
  test::SignedHost home;
  home.serve_signed("test", "", {"192.0.2.1"}, {.algorithm = static_cast<dnssec::Algorithm>(99)});
  home.serve_signed("example.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
}
