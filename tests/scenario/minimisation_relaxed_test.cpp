#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

struct World {
  World() {
    home.serve("example.", "host.dept 300 A 192.0.2.80\nmail.dept 300 A 192.0.2.25\n", {"192.0.2.1"});
  }
  IteratingHost home;
};

}  // namespace

TEST_CASE("a server that fails on a shortened name is asked for the whole one") {
  World world;
  world.home.host("192.0.2.1").faults.fails_no_data = true;
  CHECK(world.home.ask_and_wait("host.dept.example.").records() == 1);
  CHECK(world.home.sent() == 4);
  CHECK(world.home.failures.seen.empty());
  CHECK(world.home.quiet());
}

TEST_CASE("a server that drops shortened names is asked for the whole one as soon as it is late") {
  World world;
  CHECK(world.home.ask_and_wait("example.", wire::Type::SOA).records() == 1);
  world.home.host("192.0.2.1").faults.silent_on_no_data = true;
  const auto& client = world.home.ask_and_wait("host.dept.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited < std::chrono::milliseconds{500});
  // The zone's SOA twice: the second time to see that the server lives. The shortened name twice, the whole
  // once.
  CHECK(world.home.sent_to("192.0.2.1") == 5);
  CHECK(world.home.failures.seen.empty());
  CHECK(world.home.quiet());
}
