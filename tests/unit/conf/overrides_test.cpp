#include "loading.hpp"

namespace shirube::conf {
namespace {

Settings with(std::string argument, std::string_view text = "") {
  return loaded(text, {.set = {std::move(argument)}, .listen = {}});
}
std::string refused(std::string argument, std::string_view text = "") {
  return refusal(text, {.set = {std::move(argument)}, .listen = {}});
}

TEST_CASE("on the command line, --set goes over the file") {
  const std::string_view text = "[cache]\nsize = \"1GiB\"\nprefetch = false\n";
  const Settings settings = with("cache.size=64MiB", text);
  CHECK(settings.cache.size == std::size_t{64} << 20);
  CHECK_FALSE(settings.cache.prefetch);
}

TEST_CASE("on the command line, --set also replaces a value that the file has wrong") {
  CHECK(with("server.workers=2", "server.workers = \"x\"").server.workers == 2);
}

TEST_CASE("on the command line, --set takes TOML and bare words") {
  CHECK(with("server.workers=3").server.workers == 3);
  CHECK(with("server.workers= 3 ").server.workers == 3);
  CHECK_FALSE(with("cache.prefetch=false").cache.prefetch);
  CHECK(with("log.level=debug").log.level == LogLevel::Debug);
  CHECK(with("log.level=\"debug\"").log.level == LogLevel::Debug);
  CHECK(with("resolve.deadline=1.5s").upstream.deadline == std::chrono::milliseconds{1500});
  CHECK(with("server.user=").server.user.empty());
  CHECK(with("server.identity=a#b=c").policy.identity == "a#b=c");
  CHECK(with("server.allow=[\"10.0.0.0/8\"]").policy.allow == std::vector{prefix("10.0.0.0/8")});
}

TEST_CASE("on the command line, --set replaces a list of tables whole") {
  const Settings settings = with("forward=[{zone=\".\", servers=[\"192.0.2.9\"]}]",
                                 "[[forward]]\nzone = \"a.example\"\nservers = [\"192.0.2.1\"]\n");
  REQUIRE(settings.upstream.forwards.size() == 1);
  CHECK(settings.upstream.forwards[0].servers == std::vector{endpoint("192.0.2.9:53")});
}

TEST_CASE("the last --set of a key counts") {
  CHECK(loaded("", {.set = {"server.workers=1", "server.workers=2"}, .listen = {}}).server.workers == 2);
}

TEST_CASE("a bad --set is named by its argument") {
  CHECK(refused("server.workers=x") ==
        "--set server.workers=x: server.workers: found \"x\", expected a whole number from 0 to 256");
  CHECK(refused("server.wrokers=2") ==
        "--set server.wrokers=2: unknown key 'server.wrokers'; did you mean 'server.workers'?");
  CHECK(refused("server.workers") == "--set server.workers: expected KEY=VALUE");
  CHECK(refused("=1") == "--set =1: unknown key ''");
  CHECK(refused("server=1") == "--set server=1: 'server' is a table: set one of its keys");
  CHECK(refused("forward.zone=.") ==
        "--set forward.zone=.: [[forward]] is a list of tables: set it whole, forward=[{...}]");
  CHECK(refused("cache.size.x=1") ==
        "--set cache.size.x=1: unknown key 'cache.size.x'; did you mean 'cache.size'?");
  CHECK_THAT(refused("server.allow=[\"10.0.0.0/8\""),
             Catch::StartsWith("--set server.allow=[\"10.0.0.0/8\": not TOML: "));
  CHECK_THAT(refused("server.allow=[\"x\"]"),
             Catch::StartsWith("--set server.allow=[\"x\"]: server.allow: found \"x\""));
  CHECK_THAT(refused("cache.min-ttl=30m", "cache.max-ttl = \"1m\""),
             Catch::StartsWith("--set cache.min-ttl=30m: cache.min-ttl (30m) is above"));
}

TEST_CASE("one --set sets one key") {
  CHECK_THAT(refused("server.workers=1\nlog.level = \"debug\""),
             Catch::StartsWith("--set server.workers=1\\x0Alog.level = \"debug\": server.workers: found "));
}

TEST_CASE("on the command line, --set does not hide what is wrong in the file") {
  CHECK(refused("server.workers=2", "server = 5") == "f.toml:1:10: server: found 5, expected a table");
  CHECK(refused("server.workers=2", "bogus = 5") == "f.toml:1:1: unknown key 'bogus'");
}

TEST_CASE("on the command line, --listen replaces the listen addresses") {
  const Overrides overrides{.set = {"server.workers=2"}, .listen = {"127.0.0.1:5300", "[::1]:5300"}};
  const Settings settings = loaded("server.listen = [\"192.0.2.1\"]", overrides);
  CHECK(settings.server.listen == std::vector{endpoint("127.0.0.1:5300"), endpoint("[::1]:5300")});
  CHECK(settings.server.workers == 2);
}

TEST_CASE("a bad --listen is named by its argument") {
  const Overrides overrides{.set = {"server.workers=2"}, .listen = {"127.0.0.1:5300", "here:53"}};
  CHECK_THAT(refusal("", overrides),
             Catch::StartsWith("--listen here:53: server.listen: found \"here:53\", expected an"));
}

}  // namespace
}  // namespace shirube::conf
