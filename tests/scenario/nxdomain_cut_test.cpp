#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Rcode;

TEST_CASE("a top-level domain that does not exist is denied by the root, which never sees the name below") {
  IteratingHost home;
  CHECK(home.ask_and_wait("host.lan.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("printer.office.lan.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.sent() == 2);
  CHECK(home.quiet());
}

TEST_CASE("a zone on the root's own address does not speak for the root") {
  IteratingHost home;
  home.serve("tld.", "www.dept 300 A 192.0.2.80\n", {test::kRoot});
  home.host(test::kRoot).faults.nxdomain_on_empty_non_terminal = true;
  CHECK(home.ask_and_wait("gone.dept.tld.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("www.dept.tld.").records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("a server that denies empty non-terminals hides nothing that stands below them") {
  IteratingHost home;
  home.serve("example.", "_25._tcp.mx 300 A 192.0.2.7\nhost.dept 300 A 192.0.2.8\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.nxdomain_on_empty_non_terminal = true;
  CHECK(home.ask_and_wait("gone.dept.example.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("none.dept.example.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("host.dept.example.").records() == 1);
  CHECK(home.ask_and_wait("_25._tcp.mx.example.").records() == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("what the root denies does not touch a zone below that an administrator forwards") {
  test::IteratingSetup setup;
  setup.settings.forwards.push_back(
      {wire::Name::literal("corp.lan."), {*wire::Endpoint::parse("10.0.0.1:53")}});
  IteratingHost home(setup);
  home.world.add_host("10.0.0.1", sim::Role::Authority,
                      {home.world.add_zone("corp.lan.", "@ 300 SOA a b 1 1 1 1 60\nwww 300 A 10.0.0.80\n")});
  CHECK(home.ask_and_wait("host.lan.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.ask_and_wait("www.corp.lan.").records() == 1);
  CHECK(home.quiet());
}
