#include "server/event_folding.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

namespace shirube::server {
namespace {

using namespace std::chrono_literals;
using conf::LogLevel;

constexpr auto kStart = wire::Instant{} + 1h;

LogEvent failure(std::string cause) {
  return {LogLevel::Warning, "forward_failed", "no answer", {{"cause", std::move(cause)}}};
}

// One key's failures at even distances, with a tick a second; the texts of all lines.
std::vector<std::string> lines_of_failures(int failures, wire::Duration distance, wire::Duration whole) {
  EventFolding folding;
  std::vector<std::string> lines;
  auto next_tick = kStart + 1s;
  const auto tick_until = [&](wire::Instant now) {
    for (; next_tick <= now; next_tick += 1s) {
      for (const auto& line : folding.due(next_tick)) lines.push_back(event_text(line));
    }
  };
  for (int i = 0; i < failures; ++i) {
    const auto now = kStart + i * distance;
    tick_until(now);
    if (const auto line = folding.admit(failure(fmt::to_string(i)), "192.0.2.53", now))
      lines.push_back(event_text(*line));
  }
  tick_until(kStart + whole);
  return lines;
}

TEST_CASE("a thousand failures of one server within a minute are two lines") {
  CHECK(lines_of_failures(1000, 50ms, 10min) == std::vector<std::string>{
                                                    "forward_failed: no answer cause=0",
                                                    "forward_failed: no answer cause=999 repeated=999",
                                                });
}

TEST_CASE("a failure that goes on is one line a minute") {
  const auto lines = lines_of_failures(3600, 1s, 70min);
  CHECK(lines.size() == 61);
  CHECK(lines[1] == "forward_failed: no answer cause=59 repeated=59");
  CHECK(lines[2] == "forward_failed: no answer cause=119 repeated=60");
}

TEST_CASE("a single failure is one line, and the next one after its minute is written at once again") {
  EventFolding folding;
  CHECK(folding.admit(failure("a"), "key", kStart));
  CHECK(folding.due(kStart + EventFolding::kWindow - 1us).empty());
  CHECK(folding.size() == 1);
  CHECK(folding.due(kStart + EventFolding::kWindow).empty());
  CHECK(folding.size() == 0);
  CHECK(folding.admit(failure("b"), "key", kStart + EventFolding::kWindow));
}

TEST_CASE("keys and names are folded apart") {
  EventFolding folding;
  CHECK(folding.admit(failure("a"), "one", kStart));
  CHECK(folding.admit(failure("a"), "two", kStart));
  CHECK(folding.admit({LogLevel::Info, "other_event", "", {}}, "one", kStart));
  CHECK_FALSE(folding.admit(failure("a"), "two", kStart));
}

TEST_CASE("a hundred thousand keys cost bounded memory and lines") {
  EventFolding folding;
  std::size_t lines = 0;
  for (int i = 0; i < 100'000; ++i) {
    if (folding.admit(failure("random name"), fmt::format("host{}.example", i), kStart + i * 100us)) ++lines;
  }
  CHECK(lines == EventFolding::kMaxKeys);
  CHECK(folding.size() == EventFolding::kMaxKeys + 1);

  const auto due = folding.due(kStart + 2 * EventFolding::kWindow);
  REQUIRE(due.size() == 1);
  CHECK(event_text(due[0]) == "forward_failed: ... and 99936 others repeated=99936");
  CHECK(folding.size() == 0);
}

TEST_CASE("a flood of one event leaves room for another") {
  EventFolding folding;
  for (int i = 0; i < 1000; ++i) (void)folding.admit(failure("a"), fmt::to_string(i), kStart);
  CHECK(folding.admit({LogLevel::Error, "reload_failed", "", {}}, "key", kStart));
}

TEST_CASE("what is kept for a key is cut to its limit") {
  EventFolding folding;
  const std::string longest(100'000, 'x');
  (void)folding.admit(failure("a"), longest, kStart);
  CHECK_FALSE(folding.admit(failure(longest), longest, kStart));
  const auto due = folding.due(kStart + EventFolding::kWindow);
  REQUIRE(due.size() == 1);
  CHECK(due[0].fields[0].value.size() == EventFolding::kMaxKeptBytes);
}

TEST_CASE("the end of the process writes what is counted") {
  EventFolding folding;
  CHECK(folding.admit(failure("a"), "key", kStart));
  CHECK_FALSE(folding.admit(failure("b"), "key", kStart));
  const auto rest = folding.drain();
  REQUIRE(rest.size() == 1);
  CHECK(event_text(rest[0]) == "forward_failed: no answer cause=b repeated=1");
  CHECK(folding.size() == 0);
}

}  // namespace
}  // namespace shirube::server
