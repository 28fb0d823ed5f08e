#include "server/complete_settings.hpp"

#include <catch2/catch.hpp>

#include "conf/zone_lists.hpp"

using namespace shirube;

namespace {

// In the mode that forwards: in the other one the host's servers do not matter.
[[nodiscard]] conf::Settings listening_on_loopback() {
  conf::Settings settings;
  settings.upstream.mode = upstream::Mode::Forward;
  settings.server.listen = {*wire::Endpoint::parse("127.0.0.1:53"), *wire::Endpoint::parse("[::1]:53")};
  return settings;
}

const std::vector kHost{*wire::Address::parse("127.0.0.1"), *wire::Address::parse("192.0.2.7"),
                        *wire::Address::parse("2001:db8::7")};

[[nodiscard]] conf::Settings listening_everywhere(std::string_view v6 = "[::]:53") {
  conf::Settings settings;
  settings.upstream.mode = upstream::Mode::Forward;
  settings.server.listen = {*wire::Endpoint::parse("0.0.0.0:53"), *wire::Endpoint::parse(v6)};
  return settings;
}

[[nodiscard]] conf::Settings with(conf::Settings settings, const conf::ZoneList& list,
                                  std::string_view server) {
  (settings.upstream.*list.zones).push_back({wire::Name(), {*wire::Endpoint::parse(server)}});
  return settings;
}

[[nodiscard]] conf::Settings with_forward(conf::Settings settings, std::string_view server) {
  return with(std::move(settings), conf::kForwards, server);
}

[[nodiscard]] conf::Settings iterating(conf::Settings settings) {
  settings.upstream.mode = upstream::Mode::Iterate;
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
  CHECK(complete.error().find("resolve.mode = \"iterate\"") != std::string::npos);
}

TEST_CASE("a forward of our own for the root keeps resolv.conf out") {
  auto settings = listening_on_loopback();
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse("192.0.2.1:53")}});
  const auto complete = server::complete_settings(settings, "nameserver 192.0.2.53\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards == settings.upstream.forwards);
}

TEST_CASE("who iterates needs nobody, and leaves resolv.conf alone") {
  const auto complete =
      server::complete_settings(iterating(listening_on_loopback()), "nameserver 192.0.2.53\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards.empty());
  CHECK(complete->upstream.stubs.empty());
  CHECK(complete->upstream.mode == upstream::Mode::Iterate);
}

TEST_CASE("who iterates keeps the forwards that the configuration has") {
  const auto settings = iterating(with_forward(listening_on_loopback(), "192.0.2.1:53"));
  const auto complete = server::complete_settings(settings, "nameserver 192.0.2.53\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards == settings.upstream.forwards);
}

TEST_CASE("a stub alone is somebody to ask") {
  const auto settings = with(listening_on_loopback(), conf::kStubs, "192.0.2.1:53");
  const auto complete = server::complete_settings(settings, "nameserver 127.0.0.1\n", kHost);
  REQUIRE(complete.has_value());
  CHECK(complete->upstream.forwards.empty());
  CHECK(complete->upstream.stubs == settings.upstream.stubs);
  const auto with_host = server::complete_settings(settings, "nameserver 192.0.2.53\n", kHost);
  REQUIRE(with_host.has_value());
  CHECK(with_host->upstream.forwards.size() == 1);
}

TEST_CASE("servers of a family that is switched off are not asked") {
  const auto* const list = GENERATE(&conf::kForwards, &conf::kStubs);
  auto settings = iterating(with(listening_on_loopback(), *list, "192.0.2.1:53"));
  auto& zones = settings.upstream.*list->zones;
  zones[0].servers.push_back(*wire::Endpoint::parse("[2001:db8::1]:53"));
  settings.upstream.ipv6 = upstream::Ipv6Transport::No;
  const auto complete = server::complete_settings(settings, "", kHost);
  REQUIRE(complete.has_value());
  CHECK((complete->upstream.*list->zones)[0].servers == std::vector{*wire::Endpoint::parse("192.0.2.1:53")});
  settings.upstream.ipv4 = false;
  const auto none = server::complete_settings(settings, "", kHost);
  REQUIRE_FALSE(none.has_value());
  CHECK_THAT(none.error(), Catch::StartsWith("no server is left for zone ."));
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

TEST_CASE("who listens everywhere may not name the host's own addresses as servers") {
  const auto* const own = GENERATE("192.0.2.7:53", "[2001:db8::7]:53", "[::ffff:192.0.2.7]:53");
  const auto* const list = GENERATE(&conf::kForwards, &conf::kStubs);
  const auto complete = server::complete_settings(with(listening_everywhere(), *list, own), "", kHost);
  REQUIRE_FALSE(complete.has_value());
  CHECK_THAT(complete.error(), Catch::StartsWith("[[" + std::string(list->name) +
                                                 "]] for zone .: " + std::string(own) + " is an"));
  CHECK(server::complete_settings(with(listening_everywhere(), *list, "192.0.2.7:5300"), "", kHost));
  CHECK(server::complete_settings(with(listening_everywhere(), *list, "192.0.2.8:53"), "", kHost));
}

TEST_CASE("our own addresses are known as others reach them") {
  const auto own = [](const conf::Settings& settings) {
    return server::complete_settings(iterating(settings), "", kHost).value().upstream.own;
  };
  CHECK(own(listening_on_loopback()) == listening_on_loopback().server.listen);
  CHECK(own(listening_everywhere("[::1]:5300")) ==
        std::vector{*wire::Endpoint::parse("0.0.0.0:53"), *wire::Endpoint::parse("[::1]:5300"),
                    *wire::Endpoint::parse("127.0.0.1:53"), *wire::Endpoint::parse("192.0.2.7:53")});
}
