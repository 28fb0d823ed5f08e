#include "server/complete_settings.hpp"

#include <catch2/catch.hpp>

using namespace shirube;

namespace {

[[nodiscard]] conf::Settings listening_on_loopback() {
  conf::Settings settings;
  settings.server.listen = {*wire::Endpoint::parse("127.0.0.1:53"), *wire::Endpoint::parse("[::1]:53")};
  return settings;
}

const std::vector kHost{*wire::Address::parse("127.0.0.1"), *wire::Address::parse("192.0.2.7"),
                        *wire::Address::parse("2001:db8::7")};

[[nodiscard]] conf::Settings listening_everywhere(std::string_view v6 = "[::]:53") {
  conf::Settings settings;
  settings.server.listen = {*wire::Endpoint::parse("0.0.0.0:53"), *wire::Endpoint::parse(v6)};
  return settings;
}

[[nodiscard]] conf::Settings with_forward(conf::Settings settings, std::string_view server) {
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(server)}});
  return settings;
}

}  // namespace

TEST_CASE("without a forward the servers of resolv.conf are asked, but never ourselves") {
  const auto complete = server::complete_settings(
      listening_on_loopback(),
      "nameserver 127.0.0.1\nnameserver 192.0.2.53\nnameserver ::1\nnameserver 0.0.0.0\n", kHost);
  REQUIRE(complete.has_value());
  REQUIRE(complete->upstream.forwards.size() == 1);
  CHECK(complete->upstream.forwards[0].zone.is_root());
  CHECK(complete->upstream.forwards[0].servers == std::vector{*wire::Endpoint::parse("192.0.2.53:53")});
}

TEST_CASE("with nobody to ask it says what to write") {
  const auto complete = server::complete_settings(listening_on_loopback(), "nameserver 127.0.0.1\n", kHost);
  REQUIRE_FALSE(complete.has_value());
  CHECK(complete.error().find("[[forward]]") != std::string::npos);
}

TEST_CASE("a forward of our own for the root keeps resolv.conf out") {
  auto settings = listening_on_loopback();
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse("192.0.2.1:53")}});
  const auto complete = server::complete_settings(settings, "nameserver 192.0.2.53\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards == settings.upstream.forwards);
}

TEST_CASE("servers of a family that is switched off are not asked") {
  auto settings = listening_on_loopback();
  settings.upstream.forwards.push_back(
      {wire::Name(), {*wire::Endpoint::parse("192.0.2.1:53"), *wire::Endpoint::parse("[2001:db8::1]:53")}});
  settings.upstream.ipv6 = upstream::Ipv6Transport::No;
  const auto complete = server::complete_settings(settings, "", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards[0].servers.size() == 1);
  settings.upstream.ipv4 = false;
  CHECK_FALSE(server::complete_settings(settings, "", kHost).has_value());
}

TEST_CASE("who listens everywhere does not take the host's own addresses from resolv.conf") {
  const auto complete = server::complete_settings(
      listening_everywhere(), "nameserver 192.0.2.7\nnameserver 192.0.2.53\nnameserver 2001:db8::7\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards[0].servers == std::vector{*wire::Endpoint::parse("192.0.2.53:53")});
  CHECK(complete->server.listen == listening_everywhere().server.listen);
}

TEST_CASE("who does not listen everywhere may ask another server on the same host") {
  const std::string_view resolv_conf = "nameserver 192.0.2.7\nnameserver 2001:db8::7\n";
  const auto on_loopback = server::complete_settings(listening_on_loopback(), resolv_conf, kHost);
  REQUIRE(on_loopback.has_value());
  CHECK(on_loopback->upstream.forwards[0].servers.size() == 2);
  const auto elsewhere = server::complete_settings(listening_everywhere("[::]:5300"), resolv_conf, kHost);
  REQUIRE(elsewhere.has_value());
  CHECK(elsewhere->upstream.forwards[0].servers == std::vector{*wire::Endpoint::parse("[2001:db8::7]:53")});
}

TEST_CASE("who listens everywhere may not forward to the host's own addresses") {
  const auto* const own = GENERATE("192.0.2.7:53", "[2001:db8::7]:53", "[::ffff:192.0.2.7]:53");
  const auto complete = server::complete_settings(with_forward(listening_everywhere(), own), "", kHost);
  REQUIRE_FALSE(complete.has_value());
  CHECK_THAT(complete.error(), Catch::StartsWith("[[forward]] for zone .: " + std::string(own) + " is an"));
  CHECK(server::complete_settings(with_forward(listening_everywhere(), "192.0.2.7:5300"), "", kHost));
  CHECK(server::complete_settings(with_forward(listening_everywhere(), "192.0.2.8:53"), "", kHost));
}
