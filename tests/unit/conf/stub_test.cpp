#include "loading.hpp"

namespace shirube::conf {
namespace {

std::string zone(std::string_view list, std::string_view zone, std::string_view server = "192.0.2.1") {
  std::string text = "[[";
  text.append(list).append("]]\nzone = \"").append(zone);
  return text.append("\"\nservers = [\"").append(server).append("\"]\n");
}

TEST_CASE("stub zones are read in file order, beside forward zones") {
  const auto upstream = loaded(zone("stub", "Corp.Example", "192.0.2.1:5353") + zone("forward", ".") +
                               zone("stub", "b.example", "2001:db8::1"))
                            .upstream;
  CHECK(upstream.stubs == std::vector<upstream::ZoneServers>{
                              {wire::Name::literal("corp.example."), {endpoint("192.0.2.1:5353")}},
                              {wire::Name::literal("b.example."), {endpoint("[2001:db8::1]:53")}}});
  CHECK(upstream.forwards ==
        std::vector<upstream::ZoneServers>{{wire::Name::literal("."), {endpoint("192.0.2.1:53")}}});
}

TEST_CASE("a zone stands in one of the two lists, once") {
  CHECK(refusal(zone("stub", "a.example") + zone("stub", "A.example.")) ==
        "f.toml:5:8: a [[stub]] for zone \"A.example.\" already exists, on line 2");
  CHECK(refusal(zone("stub", "a.example") + zone("forward", "a.example")) ==
        "f.toml:5:8: a [[stub]] for zone \"a.example.\" already exists, on line 2");
  CHECK(refusal(zone("forward", "a.example") + zone("stub", "a.example")) ==
        "f.toml:5:8: a [[forward]] for zone \"a.example.\" already exists, on line 2");
  CHECK(refusal(zone("forward", "a.example") + zone("stub", "b.a.example")).empty());
}

TEST_CASE("the servers of a stub are checked as those of a forward are") {
  CHECK(refusal(zone("stub", "a.example", "127.0.0.1")) ==
        "f.toml:3:11: stub.servers: \"127.0.0.1:53\" is an address of server.listen: we would ask ourselves");
  CHECK(refusal(zone("stub", "a.example", "127.0.0.1:5353")).empty());
  CHECK(refusal(zone("stub", "a.example", "192.0.2.1\", \"192.0.2.1:53")) ==
        "f.toml:3:11: stub.servers: \"192.0.2.1:53\" is listed twice");
  CHECK(refusal(zone("stub", "a.example", "2001:db8::1") + "[resolve]\nipv6 = \"no\"\n") ==
        "f.toml:3:11: stub.servers: none can be asked while resolve.ipv4 or resolve.ipv6 is \"no\"");
  CHECK_THAT(refusal(zone("stub", "a.example", "ns.example")),
             Catch::StartsWith("f.toml:3:12: stub.servers: found \"ns.example\", expected a name server"));
}

TEST_CASE("a stub needs its zone and servers") {
  CHECK(refusal("[[stub]]\nservers = [\"192.0.2.1\"]\n") ==
        "f.toml:1:1: stub.zone is missing in this [[stub]], expected a domain name");
  CHECK_THAT(refusal("[[stub]]\nzone = \"a.example\"\n"),
             Catch::StartsWith("f.toml:1:1: stub.servers is missing in this [[stub]], expected a list of 1"));
}

}  // namespace
}  // namespace shirube::conf
