#include "server/uv_signals.hpp"

#include <csignal>

#include <catch2/catch.hpp>

#include "loop_fixture.hpp"

using namespace shirube::server;

TEST_CASE("signals become callbacks on the loop") {
  UvLoop loop;
  int stops = 0;
  int reloads = 0;
  const UvSignals signals(loop, {.stop = [&] { ++stops; }, .reload = [&] { ++reloads; }});
  std::raise(SIGHUP);
  CHECK(reloads == 0);
  run_until(loop, [&] { return reloads == 1; });
  CHECK(stops == 0);
  std::raise(SIGTERM);
  run_until(loop, [&] { return stops == 1; });
  std::raise(SIGINT);
  run_until(loop, [&] { return stops == 2; });
  CHECK(reloads == 1);
}
