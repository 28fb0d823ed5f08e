// dnsmasq denies names without an SOA. If a [[stub]] names it, its denials are taken, and kept for seconds.
#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "upstream/chain_storage.hpp"

using namespace shirube;
using sim::WithoutRd;
using test::IteratingHost;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kResolver = "10.0.0.1";
constexpr std::string_view kSecond = "10.0.0.2";
constexpr auto kRecords = "www 300 A 10.0.0.80\n";

[[nodiscard]] upstream::UpstreamSettings with_stub(bool random_case = false) {
  return {.stubs = {{wire::Name::literal("corp.example."),
                     {*wire::Endpoint::parse("10.0.0.1:53"), *wire::Endpoint::parse("10.0.0.2:53")}}},
          .case_randomisation = random_case};
}

// Both servers of the stub are resolvers, and want RD=1.
void serve(IteratingHost& home) {
  home.serve("corp.example.", kRecords, {"10.0.0.9"});
  for (const auto server : {kResolver, kSecond}) {
    home.world.add_host(server, sim::Role::Recursor);
    home.host(server).faults.without_rd = WithoutRd::Refused;
    home.host(server).faults.no_soa = true;
  }
}

}  // namespace

TEST_CASE("a denial without SOA of a resolver that a stub names is an answer, and is kept for seconds") {
  for (const bool random_case : {true, false}) {
    IteratingHost home({.settings = with_stub(random_case)});
    serve(home);
    CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
    CHECK(home.ask_and_wait("gone.corp.example.").got->answer.rcode == Rcode::NxDomain);
    CHECK(home.ask_and_wait("www.corp.example.", Type::AAAA).noerror());
    CHECK(home.failures.seen.empty());
    const auto before = home.sent();
    CHECK(home.ask_and_wait("gone.corp.example.").got->answer.rcode == Rcode::NxDomain);
    CHECK(home.ask_and_wait("www.corp.example.", Type::AAAA).noerror());
    CHECK(home.sent() == before);
    // A name that the administrator adds is found soon.
    home.world.zone(1).add("gone 300 A 10.0.0.81\n");
    home.network.advance(upstream::kBareDenialLifetime);
    CHECK(test::got_address(home.ask_and_wait("gone.corp.example."), "10.0.0.81"));
    CHECK(home.quiet());
  }
}

TEST_CASE("without RA, or from a server that no stub names, a denial without SOA and AA is no answer") {
  wire::Answer bare;
  bare.rcode = GENERATE(Rcode::NxDomain, Rcode::NoError);
  IteratingHost home({.settings = with_stub()});
  serve(home);
  for (const auto server : {kResolver, kSecond}) {
    home.world.add_host(server, sim::Role::Authority);
    home.host(server).script = test::always(bare);
  }
  home.serve("else.example.", "", {"192.0.2.1"});
  home.world.add_host("192.0.2.1", sim::Role::Recursor);
  home.host("192.0.2.1").script = test::always(bare);
  CHECK(home.ask_and_wait("www.corp.example.").servfail());
  CHECK(home.ask_and_wait("www.else.example.").servfail());
  CHECK(home.quiet());
}

TEST_CASE("a server that answers with AA goes before one that denies without SOA") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.settings = with_stub(), .seed = seed});
    serve(home);
    home.world.add_host(kSecond, sim::Role::Authority, {1});
    home.host(kResolver).script = test::about("www.corp.example.", test::referring({}));
    CHECK(test::got_address(home.ask_and_wait("www.corp.example."), "10.0.0.80"));
    CHECK(home.sent_to(kSecond) == 1);
    CHECK(home.quiet());
  }
}
