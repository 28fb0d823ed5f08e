#include "conf/units.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace shirube::conf {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""h;

TEST_CASE("durations are a number and a unit") {
  CHECK(parse_duration("0s") == 0s);
  CHECK(parse_duration("500ms") == 500ms);
  CHECK(parse_duration("4.5s") == 4500ms);
  CHECK(parse_duration("90s") == 90s);
  CHECK(parse_duration("30m") == 30min);
  CHECK(parse_duration("1h") == 1h);
  CHECK(parse_duration("1d") == 24h);
  CHECK(parse_duration("0.5d") == 12h);
  CHECK(parse_duration("0.001ms") == std::chrono::microseconds{1});
}

TEST_CASE("what is no duration is refused") {
  const auto* text =
      GENERATE("", "s", "5", "1.s", ".5s", "-1s", "+1s", " 1s", "1 s", "1s ", "1S", "1sec", "1h30m", "0x1s",
               "1e3s", "1.5.5s", "0.0001ms", "9999999999999s", "999999999999d");
  CAPTURE(text);
  CHECK(parse_duration(text) == std::nullopt);
}

TEST_CASE("durations are shown as they are written") {
  const auto* text = GENERATE("0s", "500ms", "1s", "4.5s", "59s", "1m", "90s", "36h", "1d", "7d");
  const auto duration = parse_duration(text);
  REQUIRE(duration);
  // 90 s have no shorter form without decimals.
  CHECK(duration_text(*duration) == text);
}

TEST_CASE("sizes are a number and a unit") {
  CHECK(parse_size("0B") == 0);
  CHECK(parse_size("1048576B") == 1048576);
  CHECK(parse_size("64KiB") == 65536);
  CHECK(parse_size("256MiB") == 268435456);
  CHECK(parse_size("1.5GiB") == 1610612736);
  CHECK(parse_size("1TiB") == 1099511627776);
}

TEST_CASE("what is no size is refused") {
  const auto* text =
      GENERATE("", "64", "MiB", "64MB", "64M", "64mib", "-1MiB", "64 MiB", "0.3B", "999999999999TiB");
  CAPTURE(text);
  CHECK(parse_size(text) == std::nullopt);
}

TEST_CASE("sizes are shown in the largest unit that is exact") {
  CHECK(size_text(0) == "0B");
  CHECK(size_text(1000) == "1000B");
  CHECK(size_text(65536) == "64KiB");
  CHECK(size_text(1ULL << 40) == "1TiB");
}

}  // namespace
}  // namespace shirube::conf
