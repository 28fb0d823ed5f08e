#include "server/folded_log.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

namespace shirube::server {
namespace {

using namespace std::chrono_literals;
using conf::LogLevel;

constexpr auto kStart = wire::Instant{} + 1h;

LogEvent failure(LogLevel level = LogLevel::Warning) { return {level, "forward_failed", "no answer", {}}; }

TEST_CASE("a folded log writes the first at once, the count after the minute, and the rest at its end") {
  std::ostringstream out;
  Log log({LogLevel::Info, conf::LogFormat::Text}, out);
  const auto lines = [&] { return std::ranges::count(out.str(), '\n'); };
  {
    FoldedLog folded(log);
    for (int i = 0; i < 1000; ++i) folded.event(failure(), "192.0.2.53", kStart);
    CHECK(lines() == 1);
    folded.tick(kStart + 59s);
    CHECK(lines() == 1);
    folded.tick(kStart + 60s);
    CHECK(lines() == 2);
    folded.event(failure(), "192.0.2.53", kStart + 61s);
    CHECK(lines() == 2);
  }
  CHECK(lines() == 3);
  CHECK(out.str().ends_with(" warning forward_failed: no answer repeated=1\n"));
}

TEST_CASE("a folded log does not count what the level keeps out") {
  std::ostringstream out;
  Log log({LogLevel::Warning, conf::LogFormat::Text}, out);
  {
    FoldedLog folded(log);
    for (int i = 0; i < 10; ++i) folded.event(failure(LogLevel::Debug), "key", kStart);
  }
  CHECK(out.str().empty());
}

}  // namespace
}  // namespace shirube::server
