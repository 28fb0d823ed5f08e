// Servers and addresses, out of the RDATA that name them.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using namespace shirube::upstream::samples;
using upstream::NameServer;
using wire::Type;

TEST_CASE("an address is four octets or sixteen, by its type") {
  const std::array<std::uint8_t, 4> four{192, 0, 2, 1};
  const std::array<std::uint8_t, 5> five{192, 0, 2, 1, 0};
  const std::array<std::uint8_t, 16> sixteen{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  CHECK(upstream::read_address(Type::A, four) == address("192.0.2.1"));
  CHECK(upstream::read_address(Type::AAAA, sixteen) == address("2001:db8::1"));
  CHECK_FALSE(upstream::read_address(Type::A, five));
  CHECK_FALSE(upstream::read_address(Type::A, sixteen));
  CHECK_FALSE(upstream::read_address(Type::AAAA, four));
  CHECK_FALSE(upstream::read_address(Type::A, {}));
}

TEST_CASE("each server has its own glue, of both families; one without is to be looked up") {
  const auto servers = rrset({"example. 300 IN NS Ns1.example.", "example. 300 IN NS ns2.example."});
  const auto glue = rrsets({"ns1.example. 300 IN A 192.0.2.1", "ns1.example. 300 IN AAAA 2001:db8::1",
                            "ns3.example. 300 IN A 10.6.6.6", "ns1.example. 300 IN TXT \"no\""});
  const upstream::Validity validity{wire::Instant(1000s), wire::Instant(1300s)};
  const auto delegation = upstream::to_delegation(servers, glue, validity);
  CHECK(delegation.zone == name("example."));
  CHECK(delegation.learnt == wire::Instant(1000s));
  CHECK(delegation.expires == wire::Instant(1300s));
  CHECK(delegation.by_hand.empty());
  CHECK(delegation.servers ==
        std::vector<NameServer>{{name("ns1.example."), {address("192.0.2.1"), address("2001:db8::1")}},
                                {name("ns2.example."), {}}});
}

TEST_CASE("RDATA that hold no name or no address are passed over") {
  auto servers = record("example. 300 IN NS ns.example.");
  servers.rdatas.add(std::array<std::uint8_t, 2>{9, 'x'});
  auto glue = record("ns.example. 300 IN A 192.0.2.1");
  glue.rdatas.add(std::array<std::uint8_t, 3>{192, 0, 2});
  const auto delegation = upstream::to_delegation(servers, {glue}, {});
  CHECK(delegation.servers == std::vector<NameServer>{{name("ns.example."), {address("192.0.2.1")}}});
}

TEST_CASE("new servers and addresses count as others; a shorter list or another order does not") {
  const auto first = address("192.0.2.1");
  const auto second = address("192.0.2.2");
  const NameServer a{name("a.example."), {first}};
  const NameServer b{name("b.example."), {second}};
  const NameServer moved{name("a.example."), {second}};
  const NameServer bare{name("a.example."), {}};
  const auto with = [](std::vector<NameServer> servers) {
    upstream::Delegation delegation;
    delegation.servers = std::move(servers);
    return delegation;
  };
  CHECK_FALSE(upstream::names_others(with({a, b}), with({b, a})));
  CHECK_FALSE(upstream::names_others(with({a, b}), with({b})));
  CHECK_FALSE(upstream::names_others(with({a}), with({bare})));
  CHECK(upstream::names_others(with({a}), with({a, b})));
  CHECK(upstream::names_others(with({a}), with({moved})));
  CHECK(upstream::names_others(with({bare}), with({a})));
  // Its addresses can be looked up without glue.
  auto glue_later = with({a});
  glue_later.zone = name("zone.test.");
  CHECK_FALSE(upstream::names_others(with({bare}), glue_later));
}
