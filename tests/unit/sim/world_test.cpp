#include "sim/world.hpp"

#include <catch2/catch.hpp>

#include "tests/support/sim_client.hpp"

using namespace shirube;

TEST_CASE("a copy of a world changes by itself") {
  sim::World first;
  const auto zone = first.add_zone("a.example", "@ A 192.0.2.1\n");
  first.add_host("192.0.2.53", sim::Role::Authority, {zone});
  auto second = first;
  second.zone(zone).replace("@ A 192.0.2.2\n@ A 192.0.2.3\n");
  second.host(*wire::Endpoint::parse("192.0.2.53:53"))->faults.silent = true;
  const auto question = test::question("a.example", wire::Type::A);
  CHECK(first.truth(question).answer.at(0).rdatas.count() == 1);
  CHECK(second.truth(question).answer.at(0).rdatas.count() == 2);
  CHECK_FALSE(first.host(*wire::Endpoint::parse("192.0.2.53:53"))->faults.silent);
}

TEST_CASE("a world says what is wrong with what it is given") {
  using Catch::Matchers::Contains;
  sim::World world;
  CHECK_THROWS_WITH(world.add_zone("a..example", ""), Contains("a..example"));
  CHECK_THROWS_WITH(world.add_host("nowhere", sim::Role::Recursor), Contains("nowhere"));
  CHECK_THROWS_WITH(world.add_host("192.0.2.1", sim::Role::Authority, {3}), Contains("no zone 3"));
  CHECK(world.host(*wire::Endpoint::parse("192.0.2.1:53")) == nullptr);
}
