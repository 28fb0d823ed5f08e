#include "server/log_event.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace shirube::server {
namespace {

using conf::LogLevel;

LogEvent with_value(std::string value) {
  return {LogLevel::Info, "seen", "a name came in", {{"name", std::move(value)}}};
}

TEST_CASE("text puts name, message and fields on one line") {
  const LogEvent event{LogLevel::Warning,
                       "forward_failed",
                       "no answer from a server",
                       {{"zone", "."}, {"server", "192.0.2.53:53"}, {"cause", "timed out"}}};
  CHECK(event_text(event) ==
        R"(forward_failed: no answer from a server zone=. server=192.0.2.53:53 cause="timed out")");
}

TEST_CASE("text quotes what a reader could not tell apart otherwise") {
  CHECK(event_text(with_value("")) == R"(seen: a name came in name="")");
  CHECK(event_text(with_value("a=b")) == R"(seen: a name came in name="a=b")");
  CHECK(event_text(with_value("say \"a\\b\"")) == R"(seen: a name came in name="say \"a\\b\"")");
}

TEST_CASE("no byte of a value or a message reaches the terminal as a control") {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  const LogEvent event{LogLevel::Info, "seen", every_byte, {{"name", every_byte}}};
  for (const auto& line : {event_text(event), event_json_members(event)}) {
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
  }
  CHECK(event_text(with_value("\x1b[2J\n\xc2\x9b")) == R"(seen: a name came in name="\x1b[2J\x0a\xc2\x9b")");
}

TEST_CASE("JSON members keep their order and their values") {
  CHECK(event_json_members({LogLevel::Info, "seen", "hello", {{"zone", "."}, {"cause", "timed \"out\""}}}) ==
        R"("event":"seen","message":"hello","zone":".","cause":"timed \"out\"")");
}

TEST_CASE("JSON is valid whatever a value holds") {
  const auto members = event_json_members(with_value("a\xff\xfe\x80\x1b\"\\z"));
  const auto object = nlohmann::json::parse("{" + members + "}");
  CHECK(object["name"] == "a\uFFFD\uFFFD\uFFFD\x1b\"\\z");
}

}  // namespace
}  // namespace shirube::server
