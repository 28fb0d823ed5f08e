#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

// The longest name that a server got to see, in labels.
[[nodiscard]] std::size_t labels_seen(const IteratingHost& home, std::string_view server) {
  std::size_t most = 0;
  for (const auto& sent : home.network.sent()) {
    if (sent.server != *wire::Endpoint::parse(server, 53)) continue;
    most = std::max(most, wire::read_name(sent.query, wire::kHeaderSize)->name.label_count());
  }
  return most;
}

struct World {
  explicit World(bool minimises) : home({.settings = {.qname_minimisation = minimises}}) {
    home.serve("example.", "", {"192.0.2.1"});
    home.serve("corp.example.", "host.dept 300 A 192.0.2.80\n", {"192.0.2.2"});
  }
  IteratingHost home;
};

}  // namespace

TEST_CASE("a server sees one label more than its zone has") {
  World world(true);
  CHECK(world.home.ask_and_wait("host.dept.corp.example.").records() == 1);
  CHECK(labels_seen(world.home, test::kRoot) == 1);
  CHECK(labels_seen(world.home, "192.0.2.1") == 2);
  CHECK(labels_seen(world.home, "192.0.2.2") == 4);
  CHECK(world.home.sent() == 5);
  CHECK(world.home.quiet());
}

TEST_CASE("without minimisation all servers see the whole name, and there is nothing to ask in between") {
  World world(false);
  CHECK(world.home.ask_and_wait("host.dept.corp.example.").records() == 1);
  CHECK(labels_seen(world.home, test::kRoot) == 4);
  CHECK(world.home.sent() == 4);
  CHECK(world.home.quiet());
}

TEST_CASE("a name of a hundred labels costs ten shortened questions") {
  World world(true);
  std::string name;
  for (int i = 0; i < 100; ++i) name += "a.";
  CHECK(world.home.ask_and_wait(name + "corp.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(world.home.sent() <= 14);
  CHECK(world.home.quiet());
}
