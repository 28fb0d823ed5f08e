#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::Asker;
using test::query;
using test::to_server;
using upstream::ExchangeError;

namespace {

struct OneHost {
  sim::World world;
  sim::Host* host;
  sim::SimulatedNetwork network;

  explicit OneHost(sim::Faults faults)
      : host(&world.add_host("192.0.2.53", sim::Role::Authority,
                             {world.add_zone("a.example", "@ A 192.0.2.1\n")})),
        network(world, 1) {
    host->faults = faults;
  }
  void ask(Asker& asker, wire::Bytes bytes, upstream::Transport transport = upstream::Transport::Udp) {
    network.start_exchange(to_server("192.0.2.53", std::move(bytes), transport), asker);
    network.run();
  }
};

}  // namespace

TEST_CASE("a reply with another ID is ignored and the right one awaited") {
  OneHost one({.wrong_id = true});
  Asker asker;
  one.ask(asker, query("a.example"));
  REQUIRE(asker.has_reply());
  CHECK(asker.header().id == 4711);
}

TEST_CASE("garbage is ignored until the patience ends") {
  OneHost one({.garbage = true});
  Asker asker;
  const auto start = one.network.now();
  one.ask(asker, query("a.example"));
  CHECK(asker.failed_with(ExchangeError::TimedOut));
  CHECK(one.network.now() - start == std::chrono::seconds{2});
}

TEST_CASE("too many replies that almost match end the exchange") {
  OneHost one({.garbage = true});
  one.host->link.duplication = 1.0;  // two queries arrive, each is answered by two packets
  Asker first;
  one.ask(first, query("a.example"));
  CHECK(first.failed_with(ExchangeError::NearMisses));
  CHECK(one.host->udp_queries == 2);
}

TEST_CASE("a reply in another case gives up at once over UDP and passes over TCP") {
  OneHost one({.ignores_case = true});
  Asker udp;
  const auto start = one.network.now();
  one.ask(udp, query("A.eXample"));
  CHECK(udp.failed_with(ExchangeError::NearMisses));
  CHECK(one.network.now() - start == std::chrono::milliseconds{10});
  Asker tcp;
  one.ask(tcp, query("A.eXample"), upstream::Transport::Tcp);
  CHECK(tcp.has_reply());
}

TEST_CASE(
    "one forged FORMERR without OPT comes before the first answer to a query with EDNS, and never again") {
  OneHost one({.spoofed_formerr = true});
  Asker plain;
  one.ask(plain, query("a.example"));
  CHECK(plain.header().rcode_low == 0);
  Asker forged;
  one.ask(forged, query("a.example", {.edns_size = 1232}));
  CHECK(forged.header().rcode_low == 1);
  CHECK(forged.header().additional_count == 0);
  Asker honest;
  one.ask(honest, query("a.example", {.edns_size = 1232}));
  CHECK(honest.header().rcode_low == 0);
  CHECK(honest.header().additional_count == 1);
}
