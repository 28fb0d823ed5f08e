#include "loading.hpp"

namespace shirube::conf {
namespace {

TEST_CASE("forward zones are read in file order") {
  const auto forwards = loaded(R"(
[[forward]]
zone = "."
servers = ["192.0.2.53", "192.0.2.53:5353", "[::1]:5300", "2001:db8::1"]
[[forward]]
zone = "Corp.Example"
servers = ["192.0.2.10"]
)")
                            .upstream.forwards;
  REQUIRE(forwards.size() == 2);
  CHECK(forwards[0].zone.is_root());
  CHECK(forwards[0].servers == std::vector{endpoint("192.0.2.53:53"), endpoint("192.0.2.53:5353"),
                                           endpoint("[::1]:5300"), endpoint("[2001:db8::1]:53")});
  CHECK(forwards[1].zone == wire::Name::literal("corp.example."));
  CHECK(forwards[1].servers == std::vector{endpoint("192.0.2.10:53")});
}

TEST_CASE("DNS over TLS is told from a slip") {
  CHECK(refusal("[[forward]]\nzone = \".\"\nservers = [\"192.0.2.54:853#dns.example\"]\n") ==
        "f.toml:3:12: forward.servers: found \"192.0.2.54:853#dns.example\", expected a name server such as "
        "\"192.0.2.53\", \"192.0.2.53:5353\" or \"[2001:db8::53]:53\"; DNS over TLS ('#name') is not "
        "available in "
        "this version");
}

TEST_CASE("a zone is forwarded once, whatever its case") {
  CHECK(refusal("[[forward]]\nzone = \"a.example\"\nservers = [\"192.0.2.1\"]\n"
                "[[forward]]\nzone = \"A.Example.\"\nservers = [\"192.0.2.2\"]\n") ==
        "f.toml:5:8: a [[forward]] for zone \"A.Example.\" already exists, on line 2");
}

TEST_CASE("a forward needs its zone and servers") {
  CHECK(refusal("[[forward]]\nservers = [\"192.0.2.1\"]\n") ==
        "f.toml:1:1: forward.zone is missing in this [[forward]], expected a domain name");
  CHECK_THAT(
      refusal("[[forward]]\nzone = \".\"\n"),
      Catch::StartsWith("f.toml:1:1: forward.servers is missing in this [[forward]], expected a list of 1"));
  CHECK_THAT(
      refusal("[[forward]]\nzone = \".\"\nservers = []\n"),
      Catch::StartsWith("f.toml:3:11: forward.servers: found an empty list, expected a list of 1 to 16"));
}

TEST_CASE("forwarding to ourselves is refused") {
  const std::string forward = "[[forward]]\nzone = \".\"\nservers = [\"127.0.0.1\"]\n";
  CHECK(refusal(forward) ==
        "f.toml:3:11: forward.servers: \"127.0.0.1:53\" is an address of server.listen: we would "
        "ask ourselves");
  CHECK(refusal(forward + "[server]\nlisten = [\"127.0.0.1:5300\"]\n").empty());
}

TEST_CASE("servers that no transport reaches are refused") {
  const std::string forward = "[[forward]]\nzone = \".\"\nservers = [\"2001:db8::1\"]\n";
  CHECK_THAT(refusal(forward + "[resolve]\nipv6 = \"no\"\n"),
             Catch::StartsWith("f.toml:3:11: forward.servers: none can be asked"));
  CHECK(refusal(forward).empty());
  CHECK(
      refusal(
          "[[forward]]\nzone = \".\"\nservers = [\"2001:db8::1\", \"192.0.2.1\"]\n[resolve]\nipv6 = \"no\"\n")
          .empty());
}

TEST_CASE("a server stands in a list once") {
  CHECK(refusal("[[forward]]\nzone = \".\"\nservers = [\"192.0.2.1\", \"192.0.2.1:53\"]\n") ==
        "f.toml:3:11: forward.servers: \"192.0.2.1:53\" is listed twice");
}

}  // namespace
}  // namespace shirube::conf
