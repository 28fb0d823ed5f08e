#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using dnssec::Algorithm;

TEST_CASE("a zone is secure by each algorithm that is verified") {
  const auto algorithm = GENERATE(Algorithm::RsaSha256, Algorithm::RsaSha512, Algorithm::EcdsaP256,
                                  Algorithm::EcdsaP384, Algorithm::Ed25519, Algorithm::Ed448);
  CAPTURE(static_cast<int>(algorithm));
  test::SignedHost home;
  const auto zone =
      home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.algorithm = algorithm});
  home.spoil(zone, "ns1.test", wire::Type::A, sim::bad_signature());
  CHECK(test::secure(home.ask_and_wait("www.test")));
  const auto& none = home.ask_and_wait("none.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
  CHECK(test::fails_with(home.ask_and_wait("ns1.test"), wire::Ede::DnssecBogus));
}

TEST_CASE("the root may be signed with any of them") {
  const auto algorithm = GENERATE(Algorithm::RsaSha256, Algorithm::EcdsaP384, Algorithm::Ed25519);
  test::SignedHost home({.root = {.algorithm = algorithm}});
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(test::secure(home.ask_and_wait("www.test")));
}
