#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
TEST_CASE("keys that do not fit into a datagram are fetched over TCP") {
  test::SignedHost home({.root = {.algorithm = dnssec::Algorithm::RsaSha512, .rsa_bits = 2048}});
  home.serve_signed("test", "", {"192.0.2.1"}, {.algorithm = dnssec::Algorithm::RsaSha256, .rsa_bits = 2048});
  home.serve_signed(
      "example.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"},
      {.algorithm = dnssec::Algorithm::RsaSha256, .denial = sim::DenialForm::Nsec3, .rsa_bits = 2048});
  home.host("192.0.2.2").faults.truncates = true;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  const auto& none = home.ask_and_wait("none.example.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
  CHECK(home.host("192.0.2.2").tcp_queries > 0);
}

TEST_CASE("a zone that cannot send them is not bogus, but beyond reach") {
  test::SignedTree home;
  auto& server = home.host(test::SignedTree::kTreeServer);
  server.faults.truncates = true;
  server.faults.no_tcp = true;
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(client.servfail());
  REQUIRE_FALSE(home.failures.seen.empty());
  CHECK_FALSE(home.failures.seen.back().is_bogus());
}
