#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

void mend(wire::RRset&, const sim::Signer&) {}

}  // namespace

TEST_CASE("what was bogus is not asked for again at once, and is well soon after it has been mended") {
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, sim::bad_signature());
  CHECK(home.ask_and_wait("www.example.test").servfail());
  const auto before = home.sent();
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnssecBogus));
  CHECK(home.sent() == before);
  home.spoil(home.example, "www.example.test", Type::A, mend);
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}

TEST_CASE("so it is with a whole zone") {
  test::SignedTree home;
  home.spoil(home.example, "example.test", Type::DNSKEY, sim::bad_signature());
  CHECK(home.ask_and_wait("www.example.test").servfail());
  const auto before = home.sent_to(test::SignedTree::kTreeServer);
  CHECK(home.ask_and_wait("to.example.test").servfail());
  CHECK(home.sent_to(test::SignedTree::kTreeServer) <= before + 3);
  home.spoil(home.example, "example.test", Type::DNSKEY, mend);
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(test::secure(home.ask_and_wait("to.example.test")));
}

TEST_CASE("a zone that stays bogus costs little more than a packet a second, however often it is asked") {
  test::SignedTree home;
  home.spoil(home.example, "example.test", Type::DNSKEY, sim::bad_signature());
  CHECK(home.ask_and_wait("www.example.test").servfail());
  home.network.advance(60s);
  const auto before = home.sent();
  for (int i = 0; i < 300; ++i) {
    CHECK(home.ask_and_wait("www.example.test").servfail());
    home.network.advance(200ms);
  }
  CHECK(home.sent() - before <= 90);
}
