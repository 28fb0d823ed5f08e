#include "server/complete_settings.hpp"

#include <catch2/catch.hpp>

using namespace shirube;

namespace {

[[nodiscard]] conf::Settings listening_on_loopback() {
  conf::Settings settings;
  settings.server.listen = {*wire::Endpoint::parse("127.0.0.1:53"), *wire::Endpoint::parse("[::1]:53")};
  return settings;
}

}  // namespace

TEST_CASE("without a forward the servers of resolv.conf are asked, but never ourselves") {
  const auto complete = server::complete_settings(
      listening_on_loopback(),
      "nameserver 127.0.0.1\nnameserver 192.0.2.53\nnameserver ::1\nnameserver 0.0.0.0\n");
  REQUIRE(complete.has_value());
  REQUIRE(complete->upstream.forwards.size() == 1);
  CHECK(complete->upstream.forwards[0].zone.is_root());
  CHECK(complete->upstream.forwards[0].servers == std::vector{*wire::Endpoint::parse("192.0.2.53:53")});
}

TEST_CASE("with nobody to ask it says what to write") {
  const auto complete = server::complete_settings(listening_on_loopback(), "nameserver 127.0.0.1\n");
  REQUIRE_FALSE(complete.has_value());
  CHECK(complete.error().find("[[forward]]") != std::string::npos);
}

TEST_CASE("a forward of our own for the root keeps resolv.conf out") {
  auto settings = listening_on_loopback();
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse("192.0.2.1:53")}});
  const auto complete = server::complete_settings(settings, "nameserver 192.0.2.53\n");
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards == settings.upstream.forwards);
}

TEST_CASE("servers of a family that is switched off are not asked") {
  auto settings = listening_on_loopback();
  settings.upstream.forwards.push_back(
      {wire::Name(), {*wire::Endpoint::parse("192.0.2.1:53"), *wire::Endpoint::parse("[2001:db8::1]:53")}});
  settings.upstream.ipv6 = upstream::Ipv6Transport::No;
  const auto complete = server::complete_settings(settings, "");
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards[0].servers.size() == 1);
  settings.upstream.ipv4 = false;
  CHECK_FALSE(server::complete_settings(settings, "").has_value());
}
