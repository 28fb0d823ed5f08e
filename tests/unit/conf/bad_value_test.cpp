#include "loading.hpp"

namespace shirube::conf {
namespace {

struct Bad {
  std::string_view text;
  std::string_view line;
};

TEST_CASE("a wrong type or value is an error with what was found and expected") {
  const Bad bad = GENERATE(values<Bad>({
      {"server.workers = \"four\"",
       "f.toml:1:18: server.workers: found \"four\", expected a whole number from 0 to 256"},
      {"server.listen = [\"::1:53\"]",
       "f.toml:1:18: server.listen: found \"::1:53\", expected an address to listen on such as "
       "\"127.0.0.1:53\" or "
       "\"[::1]:53\"; write [::1]:53 with a port, or [::1:53] without a port"},
      {"forward = [{zone = \".\", servers = [\"2001:db8::53:53\"]}]",
       "f.toml:1:36: forward.servers: found \"2001:db8::53:53\", expected a name server such as "
       "\"192.0.2.53\", "
       "\"192.0.2.53:5353\" or \"[2001:db8::53]:53\"; write [2001:db8::53]:53 with a port, or "
       "[2001:db8::53:53] without a port"},
      {"server.workers = 257",
       "f.toml:1:18: server.workers: found 257, expected a whole number from 0 to 256"},
      {"server.workers = -1", "f.toml:1:18: server.workers: found -1, expected a whole number from 0 to 256"},
      {"server.workers = 4.0",
       "f.toml:1:18: server.workers: found the fraction 4, expected a whole number from 0 to 256"},
      {"server.workers = true",
       "f.toml:1:18: server.workers: found true, expected a whole number from 0 to 256"},
      {"server.workers = 65536",
       "f.toml:1:18: server.workers: found 65536, expected a whole number from 0 to 256"},
      {"server.user = 5", "f.toml:1:15: server.user: found 5, expected a text of at most 32 octets"},
      {"server.user = 1979-05-27",
       "f.toml:1:15: server.user: found a date or time, expected a text of at most 32 octets"},
      {"server.user = {a = 1}",
       "f.toml:1:15: server.user: found a table, expected a text of at most 32 octets"},
      {"cache.prefetch = 1", "f.toml:1:18: cache.prefetch: found 1, expected true or false"},
      {"cache.prefetch = \"yes\"", "f.toml:1:18: cache.prefetch: found \"yes\", expected true or false"},
      {"cache.size = \"64KiB\"",
       "f.toml:1:14: cache.size: found \"64KiB\", expected a size from \"1MiB\" to \"1TiB\""},
      {"cache.size = \"256MB\"",
       "f.toml:1:14: cache.size: found \"256MB\", expected a size from \"1MiB\" to \"1TiB\""},
      {"cache.size = -1", "f.toml:1:14: cache.size: found -1, expected a size from \"1MiB\" to \"1TiB\""},
      {"cache.size = 1048575",
       "f.toml:1:14: cache.size: found 1048575, expected a size from \"1MiB\" to \"1TiB\""},
      {"cache.max-ttl = 3600",
       "f.toml:1:17: cache.max-ttl: found 3600, expected a duration from \"1s\" to \"7d\" in whole seconds"},
      {"cache.max-ttl = \"1500ms\"",
       "f.toml:1:17: cache.max-ttl: found \"1500ms\", expected a duration from \"1s\" to \"7d\" in whole "
       "seconds"},
      {"cache.max-ttl = \"8d\"",
       "f.toml:1:17: cache.max-ttl: found \"8d\", expected a duration from \"1s\" to \"7d\" in whole "
       "seconds"},
      {"resolve.deadline = \"5s\"",
       "f.toml:1:20: resolve.deadline: found \"5s\", expected a duration from \"500ms\" to \"4.5s\""},
      {"resolve.mode = \"recurse\"",
       "f.toml:1:16: resolve.mode: found \"recurse\", expected \"iterate\" or \"forward\""},
      {"resolve.mode = \"forwards\"",
       "f.toml:1:16: resolve.mode: found \"forwards\", expected \"iterate\" or \"forward\"; did you mean "
       "\"forward\"?"},
      {"resolve.qname-minimisation = \"on\"",
       "f.toml:1:30: resolve.qname-minimisation: found \"on\", expected true or false"},
      {"resolve.root-hints = \"named.root\"",
       "f.toml:1:22: resolve.root-hints: found \"named.root\", expected an absolute path, or \"\""},
      {"resolve.root-hints = [\"/etc/named.root\"]",
       "f.toml:1:22: resolve.root-hints: found a list, expected an absolute path, or \"\""},
      {"resolve.root-hints = \"/etc/named.root\\u0000\"",
       "f.toml:1:22: resolve.root-hints: found \"/etc/named.root\\x00\", expected an absolute path, or \"\""},
      {"dnsbl.zones = \"bl.example\"",
       "f.toml:1:15: dnsbl.zones: found \"bl.example\", expected a list of 0 to 256, each a domain name"},
      {"dnsbl.zones = [\"bl..example\"]",
       "f.toml:1:16: dnsbl.zones: found \"bl..example\", expected a domain name; empty label"},
      {"resolve.ipv6 = \"on\"",
       "f.toml:1:16: resolve.ipv6: found \"on\", expected \"auto\", \"yes\" or \"no\"; did you mean \"no\"?"},
      {"log.level = \"Info\"",
       "f.toml:1:13: log.level: found \"Info\", expected \"debug\", \"info\", \"warning\" or \"error\"; did "
       "you mean "
       "\"info\"?"},
      {"log.level = 3",
       "f.toml:1:13: log.level: found 3, expected \"debug\", \"info\", \"warning\" or \"error\""},
      {"server = 5", "f.toml:1:10: server: found 5, expected a table"},
      {"[[server]]\nworkers = 1", "f.toml:1:1: server: found a list, expected a table"},
      {"forward = 5", "f.toml:1:11: forward: found 5, expected [[forward]] tables"},
      {"[forward]\nzone = \".\"", "f.toml:1:1: forward: found a table, expected [[forward]] tables"},
      {"forward = [1]", "f.toml:1:12: forward: found 1, expected [[forward]] tables"},
  }));
  CHECK(refusal(bad.text) == bad.line);
}

TEST_CASE("a bad list element is pointed at") {
  CHECK(
      refusal("[server]\nallow = [\n  \"10.0.0.0/8\",\n  \"10.0.0.0/33\",\n]\n") ==
      "f.toml:4:3: server.allow: found \"10.0.0.0/33\", expected an address or prefix such as \"192.0.2.1\", "
      "\"10.0.0.0/8\" or \"2001:db8::/32\"");
  CHECK(refusal("server.listen = [\"localhost:53\"]") ==
        "f.toml:1:18: server.listen: found \"localhost:53\", expected an address to listen on such as "
        "\"127.0.0.1:53\" or \"[::1]:53\"");
}

TEST_CASE("what is no prefix is refused") {
  const auto* text =
      GENERATE("", "10.0.0.0/", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/08x", "example.com", "/8");
  CAPTURE(text);
  CHECK_THAT(refusal("server.allow = [\"" + std::string{text} + "\"]"),
             Catch::StartsWith("f.toml:1:17: server.allow: "));
}

TEST_CASE("what is no endpoint is refused") {
  const auto* text = GENERATE("", ":53", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:53x",
                              "[::1", "::1]:53", "[::1]:", "[127.0.0.1]:53", "1.2.3:53", "256.0.0.1");
  CAPTURE(text);
  CHECK_THAT(refusal("server.listen = [\"" + std::string{text} + "\"]"),
             Catch::StartsWith("f.toml:1:18: server.listen: "));
}

TEST_CASE("what is no server is refused") {
  const auto* text = GENERATE("", "0.0.0.0", "[::]:53", "192.0.2.1:0", "dns.example", "192.0.2.1#", "#");
  CAPTURE(text);
  CHECK_THAT(refusal("[[forward]]\nzone = \".\"\nservers = [\"" + std::string{text} + "\"]"),
             Catch::StartsWith("f.toml:3:12: forward.servers: "));
}

TEST_CASE("what is no domain name is refused") {
  const auto* text = GENERATE("", "a..b", ".a", "two words", "m\\u00fcller.example", "a\\\\9", "a\\u0000b",
                              "a1234567890123456789012345678901234567890123456789012345678901234.example");
  CAPTURE(text);
  CHECK_THAT(refusal("[[forward]]\nzone = \"" + std::string{text} + "\"\nservers = [\"192.0.2.1\"]"),
             Catch::StartsWith("f.toml:2:8: forward.zone: found \""));
}

TEST_CASE("a bad value is printed on one line and cut") {
  CHECK(refusal("log.level = \"a\\nb\"") ==
        "f.toml:1:13: log.level: found \"a\\x0Ab\", expected \"debug\", \"info\", \"warning\" or \"error\"");
  const std::string line = refusal("server.user = \"" + std::string(10'000, 'x') + "\"");
  CHECK(line.size() < 400);
  CHECK_THAT(line, Catch::Contains("xxx...\", expected"));
}

TEST_CASE("a cut text keeps its last character whole") {
  std::string umlauts;
  for (int i = 0; i < 300; ++i) umlauts += "ü";
  CHECK_THAT(refusal("server.user = \"x" + umlauts + "\""), Catch::Contains("üü...\", expected"));
}

}  // namespace
}  // namespace shirube::conf
