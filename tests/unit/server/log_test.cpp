#include "server/log.hpp"

#include <regex>
#include <sstream>
#include <thread>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace shirube::server {
namespace {

using conf::LogFormat;
using conf::LogLevel;

std::vector<std::string> lines_of(const std::ostringstream& stream) {
  std::vector<std::string> lines;
  std::istringstream in(stream.str());
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("a text line is time, level and event, without colours in a file") {
  std::ostringstream out;
  Log(conf::LogSettings{}, out).event(LogLevel::Warning, "forward_failed", "no answer", {{"zone", "."}});
  CHECK(std::regex_match(
      out.str(),
      std::regex(
          R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d warning forward_failed: no answer zone=\.\n)")));
}

TEST_CASE("a JSON line is one object with time and level first") {
  std::ostringstream out;
  Log({LogLevel::Info, LogFormat::Json}, out)
      .event(LogLevel::Error, "bind_failed", "in use", {{"port", "53"}});
  const auto object = nlohmann::ordered_json::parse(out.str());
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"time", "level", "event", "message", "port"});
  CHECK(object["level"] == "error");
  CHECK(object["port"] == "53");
}

TEST_CASE("a percent sign in an event is no pattern") {
  std::ostringstream out;
  Log({LogLevel::Info, LogFormat::Text}, out).event(LogLevel::Info, "seen", "100%v %^{}", {{"name", "%d"}});
  CHECK(out.str().ends_with(" info seen: 100%v %^{} name=%d\n"));
}

TEST_CASE("events below the level are not written") {
  std::ostringstream out;
  Log log({LogLevel::Warning, LogFormat::Text}, out);
  log.event(LogLevel::Info, "seen", "hello");
  CHECK(out.str().empty());
  CHECK_FALSE(log.wants(LogLevel::Info));
  CHECK(log.wants(LogLevel::Warning));
}

TEST_CASE("a reload changes level and format of the lines after it") {
  std::ostringstream out;
  Log log({LogLevel::Warning, LogFormat::Text}, out);
  log.event(LogLevel::Info, "first", "not yet wanted");
  log.configure({LogLevel::Info, LogFormat::Json});
  log.event(LogLevel::Info, "second", "wanted");
  const auto lines = lines_of(out);
  REQUIRE(lines.size() == 1);
  CHECK(nlohmann::json::parse(lines[0])["event"] == "second");
}

TEST_CASE("lines of several threads stay whole") {
  std::ostringstream out;
  Log log({LogLevel::Info, LogFormat::Json}, out);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 100; ++n) log.event(LogLevel::Info, "seen", std::string(200, 'x'));
      });
    }
  }
  const auto lines = lines_of(out);
  CHECK(lines.size() == 400);
  for (const auto& line : lines) CHECK(nlohmann::json::accept(line));
}

}  // namespace
}  // namespace shirube::server
