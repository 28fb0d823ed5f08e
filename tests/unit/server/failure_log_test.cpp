#include "server/failure_log.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "sim/world.hpp"

namespace shirube::server {
namespace {

struct LogOfTwoWorkers {
  std::ostringstream out;
  Log log{{conf::LogLevel::Info, conf::LogFormat::Text}, out};
  FoldedLog folded{log};
  DetailLog details{log};
  ForwarderHealth health;
  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  FailureLog first{folded, details, health, network};
  FailureLog second{folded, details, health, network};

  [[nodiscard]] auto lines() const { return std::ranges::count(out.str(), '\n'); }
};

const wire::Endpoint kServer = *wire::Endpoint::parse("192.0.2.1:53");
const wire::Name kRoot;

TEST_CASE("a forwarder that goes down and comes back is two lines, however many workers notice") {
  LogOfTwoWorkers with;
  const upstream::ForwarderChange down{.zone = kRoot, .server = kServer, .is_down = true, .unanswered = 4};
  const upstream::ForwarderChange up{.zone = kRoot, .server = kServer};
  with.first.forwarder_changed(down);
  with.second.forwarder_changed(down);
  CHECK(with.lines() == 1);
  CHECK(with.out.str().ends_with(
      "warning forwarder_down: this forwarder does not answer server=192.0.2.1:53 forward=. unanswered=4\n"));
  with.second.forwarder_changed(up);
  with.first.forwarder_changed(up);
  CHECK(with.lines() == 2);
  CHECK(with.out.str().ends_with(
      "info forwarder_up: this forwarder answers again server=192.0.2.1:53 forward=.\n"));
}

TEST_CASE("a private zone without its negative trust anchor is one line, not one for each host") {
  LogOfTwoWorkers with;
  for (int i = 0; i < 64; ++i) {
    const auto host = *wire::Name::parse("host" + std::to_string(i) + ".corp.");
    upstream::Failure failure;
    failure.named_zone = wire::Name::literal("corp.");
    failure.add({.zone = host,
                 .complaint = dnssec::Verdict{dnssec::Status::Bogus, dnssec::Flaw::DenialMissing, host,
                                              wire::Type::DS}});
    with.first.lookup_failed({host, wire::Type::A}, failure);
  }
  CHECK(with.lines() == 1);
  CHECK_THAT(with.out.str(), Catch::Contains("zone=corp."));
}

TEST_CASE("names under a private zone that fail validation in whatever way are lines of that zone") {
  LogOfTwoWorkers with;
  for (int i = 0; i < 64; ++i) {
    const auto host = *wire::Name::parse("host" + std::to_string(i) + ".corp.");
    upstream::Failure failure;
    failure.named_zone = wire::Name::literal("corp.");
    failure.add({.zone = host,
                 .complaint = dnssec::Verdict{dnssec::Status::Bogus, dnssec::Flaw::DenialBroken, host,
                                              wire::Type::DS}});
    with.first.lookup_failed({host, wire::Type::A}, failure);
  }
  CHECK(with.lines() == 1);
  CHECK_THAT(with.out.str(), !Catch::Contains("negative-trust-anchors"));
}

TEST_CASE("each forwarder of the root zone has a line for each of its faults, with the question") {
  LogOfTwoWorkers with;
  const auto fails = [&](std::string_view server, wire::Rcode rcode, const std::string& host) {
    upstream::Failure failure;
    failure.add({.zone = kRoot,
                 .server = *wire::Endpoint::parse(server),
                 .complaint = rcode,
                 .asked_as = upstream::AskedAs::Forwarder});
    with.first.lookup_failed({*wire::Name::parse(host), wire::Type::A}, failure);
  };
  for (int i = 0; i < 10; ++i) {
    fails("192.0.2.1:53", wire::Rcode::ServFail, "a" + std::to_string(i) + ".example.");
    fails("192.0.2.1:53", wire::Rcode::Refused, "b" + std::to_string(i) + ".example.");
    fails("192.0.2.2:53", wire::Rcode::ServFail, "c" + std::to_string(i) + ".example.");
  }
  CHECK(with.lines() == 3);
  for (const auto* name : {"a0.example. A", "b0.example. A", "c0.example. A"})
    CHECK_THAT(with.out.str(), Catch::Contains(name));
  CHECK_THAT(with.out.str(),
             Catch::Contains("cause=\"forwarder 192.0.2.2:53 answered SERVFAIL\" "
                             "question=\"c0.example. A\" forward=. server=192.0.2.2:53 advice="));
  CHECK_THAT(with.out.str(), !Catch::Contains(" zone="));
}

TEST_CASE("keys that a forwarder did not send are a line of the forwarder, with the question that failed") {
  LogOfTwoWorkers with;
  upstream::Failure failure;
  failure.add({.zone = kRoot,
               .complaint = dnssec::Verdict{dnssec::Status::Indeterminate, dnssec::Flaw::KeysUnreachable,
                                            kRoot, wire::Type::DNSKEY},
               .asked_as = upstream::AskedAs::Forwarder});
  failure.add({.zone = kRoot,
               .server = kServer,
               .complaint = wire::Rcode::Refused,
               .asked_as = upstream::AskedAs::Forwarder});
  with.first.lookup_failed({wire::Name::literal("www.example."), wire::Type::A}, failure);
  CHECK_THAT(with.out.str(),
             Catch::Contains("cause=\"forwarder 192.0.2.1:53 answered REFUSED, so keys of . could not be "
                             "fetched\" question=\"www.example. A\" forward=. server=192.0.2.1:53 "
                             "advice=\"let the forwarder allow queries of this host"));
}

}  // namespace
}  // namespace shirube::server
