#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Type;

// Servers that clear AA on some replies, or set it on all.

TEST_CASE("a server that sets AA on denials of names only is believed for all") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.aa_on_nxdomain_only = true;
  CHECK(home.ask_and_wait("gone.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.ask_and_wait("www.example.", Type::AAAA).noerror());
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a server that clears AA over TCP is believed over TCP") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.no_aa_over_tcp = home.host("192.0.2.1").faults.truncates = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("a recursor that sets AA on everything says nothing of names outside the zone it serves") {
  IteratingHost home;
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.9"});
  home.serve("example.", "www 300 A 192.0.2.80\nto 300 CNAME www.test.\n", {"192.0.2.1"});
  home.host("192.0.2.1").role = sim::Role::Recursor;
  home.host("192.0.2.1").faults.always_aa = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.ask_and_wait("to.example.").records() == 2);
  CHECK(home.sent_to("192.0.2.9") == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("the root may clear AA when it is primed") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host(test::kRoot).faults.not_authoritative = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  home.network.run();
  CHECK(home.cache.find_delegation(wire::Name(), home.network.now()) != nullptr);
  CHECK(home.ask_and_wait("gone.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}
