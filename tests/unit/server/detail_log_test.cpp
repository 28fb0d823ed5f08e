#include "server/detail_log.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "server/detail_lines.hpp"

namespace shirube::server {
namespace {

using namespace std::chrono_literals;
using conf::LogLevel;

struct Details {
  std::ostringstream out;
  Log log{{LogLevel::Debug, conf::LogFormat::Text}, out};
  DetailLog details{log};
  std::size_t made = 0;
  wire::Instant now{1h};

  void write(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      details.line(now, [&] {
        ++made;
        return LogEvent{LogLevel::Debug, "sample", "x", {}};
      });
    }
  }
  [[nodiscard]] std::size_t lines() const {
    return static_cast<std::size_t>(std::ranges::count(out.str(), '\n'));
  }
};

TEST_CASE("debug lines are bounded, those over the limit are not made, and their number is told") {
  Details with;
  with.write(10'000);
  CHECK(with.lines() == kDetailBurst);
  CHECK(with.made == kDetailBurst);
  with.now += 1s;
  with.write(10'000);
  CHECK(with.made == kDetailBurst + kDetailsPerSecond);
  CHECK(with.lines() == kDetailBurst + kDetailsPerSecond + 1);
  CHECK_THAT(with.out.str(),
             Catch::Contains("details_dropped: debug lines above the limit were not written lines=9600\n"));
  // The number itself is no second flood.
  for (int i = 0; i < 5; ++i) {
    with.now += 1s;
    with.write(100);
  }
  CHECK(with.lines() == kDetailBurst + 6 * kDetailsPerSecond + 1);
  with.now += kDroppedPause;
  with.write(1);
  CHECK(with.lines() == kDetailBurst + 6 * kDetailsPerSecond + 3);
}

TEST_CASE("the budget of debug lines fills again, and never beyond one burst") {
  Details with;
  with.write(kDetailBurst);
  with.now += 24h;
  with.write(2 * kDetailBurst);
  CHECK(with.made == 2 * kDetailBurst);
}

TEST_CASE("while the level is info a debug line is not made, and costs no budget") {
  Details with;
  with.log.configure({LogLevel::Info, conf::LogFormat::Text});
  CHECK_FALSE(with.details.wanted());
  with.write(10'000);
  CHECK(with.made == 0);
  CHECK(with.lines() == 0);
  with.log.configure({LogLevel::Debug, conf::LogFormat::Text});
  with.write(1);
  CHECK(with.lines() == 1);
}

TEST_CASE("all news of servers have a line of their own") {
  const auto server = *wire::Endpoint::parse("192.0.2.1:53");
  const auto zone = wire::Name::literal("example.");
  std::vector<std::string> messages;
  for (int i = 0; i <= static_cast<int>(upstream::ServerNews::TcpToCheckCase); ++i) {
    const auto event =
        server_details({.news = static_cast<upstream::ServerNews>(i), .server = server, .zone = zone});
    CHECK(event.level == LogLevel::Debug);
    CHECK(event_text(event).ends_with(" server=192.0.2.1:53 zone=example."));
    CHECK(std::ranges::find(messages, event.message) == messages.end());
    messages.push_back(event.message);
  }
}

}  // namespace
}  // namespace shirube::server
