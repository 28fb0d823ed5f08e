#include <catch2/catch.hpp>

#include "tests/support/lame.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr auto kNames =
    "@ 300 NS ns1\n@ 300 NS ns2\nns1 300 A 192.0.2.1\nns2 300 A 192.0.2.2\n* 300 A 192.0.2.80\n";

}  // namespace

TEST_CASE("a lame server costs one packet, and is then left alone while another serves the zone") {
  for (const auto how : test::kLame) {
    IteratingHost home;
    home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2"});
    test::make_lame(home, how);
    for (int i = 0; i < 20; ++i)
      CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
    CHECK(home.sent_to("192.0.2.1") <= 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a server that is lame for one zone is not for another") {
  IteratingHost home;
  home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.1"});
  std::erase(home.host("192.0.2.1").zones, 1U);
  for (int i = 0; i < 8; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
  CHECK(home.ask_and_wait("www.test.").records() == 1);
  CHECK(home.quiet());
}
