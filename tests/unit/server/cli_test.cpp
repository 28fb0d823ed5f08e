#include "server/cli.hpp"

#include <algorithm>
#include <cstdlib>

#include <catch2/catch.hpp>

namespace shirube::server {
namespace {

template <class Wanted>
Wanted parsed(std::vector<std::string> arguments) {
  auto command = parse_command_line(std::move(arguments));
  REQUIRE(command);
  REQUIRE(std::holds_alternative<Wanted>(*command));
  return std::get<Wanted>(*command);
}

CliExit exit_of(std::vector<std::string> arguments) {
  const auto command = parse_command_line(std::move(arguments));
  REQUIRE_FALSE(command);
  return command.error();
}

TEST_CASE("serve alone leaves everything to the configuration") {
  const auto serve = parsed<ServeCommand>({"serve"});
  CHECK_FALSE(serve.config);
  CHECK(serve.overrides.listen.empty());
  CHECK(serve.overrides.set.empty());
}

TEST_CASE("serve takes a file, and --listen and --set any number of times, in order") {
  const auto serve =
      parsed<ServeCommand>({"serve", "--set", "log.level=debug", "--config", "a.toml", "--listen",
                            "127.0.0.1:5300", "--listen=[::1]:5300", "--set=cache.size=1MiB"});
  CHECK(serve.config == "a.toml");
  CHECK(serve.overrides.listen == std::vector<std::string>{"127.0.0.1:5300", "[::1]:5300"});
  CHECK(serve.overrides.set == std::vector<std::string>{"log.level=debug", "cache.size=1MiB"});
}

TEST_CASE("a value of --set may be a list") {
  CHECK(parsed<ServeCommand>({"serve", "--set", R"(server.allow=["127.0.0.0/8", "::1"])"}).overrides.set ==
        std::vector<std::string>{R"(server.allow=["127.0.0.0/8", "::1"])"});
}

TEST_CASE("SHIRUBE_CONFIG names the file where --config does not") {
  REQUIRE(setenv("SHIRUBE_CONFIG", "from-environment.toml", 1) == 0);
  const auto without = parse_command_line({"serve"});
  const auto with = parse_command_line({"serve", "--config", "a.toml"});
  REQUIRE(unsetenv("SHIRUBE_CONFIG") == 0);
  CHECK(std::get<ServeCommand>(without.value()).config == "from-environment.toml");
  CHECK(std::get<ServeCommand>(with.value()).config == "a.toml");
}

TEST_CASE("demo listens where dig is told to ask, and can be moved") {
  CHECK(parsed<DemoCommand>({"demo"}).listen.text() == "127.0.0.1:5300");
  CHECK_FALSE(parsed<DemoCommand>({"demo"}).once);
  const auto demo = parsed<DemoCommand>({"demo", "--listen", "[::1]:5301", "--once"});
  CHECK(demo.listen.text() == "[::1]:5301");
  CHECK(demo.once);
}

TEST_CASE("check-config takes one file") {
  CHECK(parsed<CheckConfigCommand>({"check-config", "a.toml"}).file == "a.toml");
  CHECK(exit_of({"check-config"}).code == 2);
  CHECK(exit_of({"check-config", "a.toml", "b.toml"}).code == 2);
}

TEST_CASE("help and version are no errors, and help shows an example") {
  CHECK(exit_of({"--version"}).code == 0);
  CHECK(exit_of({"--version"}).text == "shirube 0.1.0\n");
  for (const auto* command : {"", "serve", "demo", "check-config"}) {
    auto arguments = std::vector<std::string>{command, "--help"};
    std::erase(arguments, "");
    const auto help = exit_of(arguments);
    CHECK(help.code == 0);
    CHECK_THAT(help.text, Catch::Contains("Example:\n  shirube "));
  }
}

TEST_CASE("wrong usage is exit code 2 and says what is wrong") {
  CHECK(exit_of({}).code == 2);
  CHECK(exit_of({"sevre"}).code == 2);
  CHECK_THAT(exit_of({"serve", "--lisen", "x"}).text, Catch::Contains("--lisen"));
  CHECK(exit_of({"serve", "--config"}).code == 2);
  CHECK(exit_of({"serve", "demo"}).code == 2);
  CHECK_THAT(exit_of({"demo", "--listen", "localhost"}).text,
             Catch::Contains("'localhost' is no ADDRESS:PORT"));
}

}  // namespace
}  // namespace shirube::server
