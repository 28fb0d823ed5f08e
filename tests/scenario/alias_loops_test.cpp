#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

void expect_loop(IteratingHost& home, std::string_view name, std::size_t most_packets) {
  for (int time = 0; time < 3; ++time) {
    const auto& client = home.ask_and_wait(name);
    CHECK(client.servfail());
    CHECK(client.records() == 0);
    CHECK(client.error().has_value());
    CHECK(client.waited < 200ms);
  }
  CHECK(home.sent() <= most_packets);
  CHECK(home.quiet());
}

}  // namespace

TEST_CASE("a loop of aliases in one zone ends at once") {
  IteratingHost home;
  home.serve("example.", "a 300 CNAME b\nb 300 CNAME a\nself 300 CNAME self\n", {"192.0.2.1"});
  expect_loop(home, "a.example.", 4);
  expect_loop(home, "self.example.", 5);
}

TEST_CASE("a loop of aliases over zones ends as soon as it is closed") {
  IteratingHost home;
  home.serve("example.", "a 300 CNAME b.test.\n", {"192.0.2.1"});
  home.serve("test.", "b 300 CNAME a.example.\n", {"192.0.2.2"});
  expect_loop(home, "a.example.", 5);
}

TEST_CASE("a loop of aliases that nobody may keep ends, too") {
  IteratingHost home;
  home.serve("example.", "a 0 CNAME b.test.\n", {"192.0.2.1"});
  home.serve("test.", "b 0 CNAME a.example.\n", {"192.0.2.2"});
  expect_loop(home, "a.example.", 20);
}

TEST_CASE("a DNAME that leads below itself ends by the length of names or the number of links") {
  IteratingHost home;
  home.serve("example.", "d 300 DNAME d.d.example.\ne 300 DNAME e\n", {"192.0.2.1"});
  expect_loop(home, "x.d.example.", 6);
  expect_loop(home, "x.e.example.", 9);
}
