#include "conf/timestamp.hpp"

#include <catch2/catch.hpp>

#include "loading.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("RFC 3339 times are read") {
  CHECK(parse_timestamp("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_timestamp("2026-11-22T00:00:00Z") == 1'795'305'600);
  CHECK(parse_timestamp("2026-11-22T00:00:00+00:00") == 1'795'305'600);
  CHECK(parse_timestamp("2026-11-22T05:30:00+05:30") == 1'795'305'600);
  CHECK(parse_timestamp("2026-11-21T16:00:00-08:00") == 1'795'305'600);
  CHECK(parse_timestamp("2026-11-22t00:00:00z") == 1'795'305'600);
  CHECK(parse_timestamp("2024-02-29T23:59:59Z") == 1'709'251'199);
  CHECK(parse_timestamp("2106-02-07T06:28:16Z") == std::int64_t{1} << 32);
  CHECK(parse_timestamp("2016-12-31T23:59:60Z") == parse_timestamp("2017-01-01T00:00:00Z"));
}

TEST_CASE("everything else is no time") {
  for (const auto* text : {"",
                           "2026-11-22",
                           "2026-11-22T00:00:00",
                           "2026-11-22T00:00Z",
                           "2026-02-29T00:00:00Z",
                           "2026-11-31T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T00:60:00Z",
                           "2026-11-22T00:00:61Z",
                           "2026-11-22T00:00:00.5Z",
                           "2026-11-22T00:00:00+0900",
                           "2026-11-22T00:00:00Zulu",
                           "+026-11-22T00:00:00Z",
                           "2026-1-22T00:00:00Z",
                           "20261122000000",
                           "1969-12-31T23:59:59Z",
                           "1970-01-01T00:00:00+00:01",
                           "2026-11-22T00:00:00+24:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("a time is written in UTC, and read back") {
  CHECK(timestamp_text(0) == "1970-01-01T00:00:00Z");
  CHECK(timestamp_text(1'795'305'600) == "2026-11-22T00:00:00Z");
  for (std::int64_t seconds = 0; seconds < 4'400'000'000; seconds += 7'654'321) {
    CHECK(parse_timestamp(timestamp_text(seconds)) == seconds);
  }
}

TEST_CASE("the time of validation may be fixed") {
  CHECK(loaded("dnssec.validation-time = \"2026-12-24T00:00:00Z\"").upstream.trust.fixed_time ==
        1'798'070'400);
  CHECK_FALSE(loaded("dnssec.validation-time = \"\"").upstream.trust.fixed_time);
  CHECK(refusal("dnssec.validation-time = 2026-12-24T00:00:00Z") ==
        "f.toml:1:26: dnssec.validation-time: found a date or time, expected a time such as "
        "\"2026-12-24T00:00:00Z\", or \"\"");
}

}  // namespace
}  // namespace shirube::conf
