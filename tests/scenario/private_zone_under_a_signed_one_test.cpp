#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
namespace {

constexpr std::string_view kOffice = "192.0.2.40";

// corp.test is known to a server that the administrator names, and to nobody else; test. is signed and
// proves that there is no such zone.
test::SignedSetup with_office(bool taken_as_unsigned) {
  test::SignedSetup setup;
  auto& settings = setup.iterating.settings;
  const auto corp = wire::Name::literal("corp.test");
  settings.stubs.push_back({corp, {*wire::Endpoint::parse(kOffice, 53)}});
  if (taken_as_unsigned) settings.trust.unsigned_zones.push_back({corp, std::nullopt});
  return setup;
}

struct Office : test::SignedTree {
  explicit Office(bool taken_as_unsigned) : test::SignedTree(with_office(taken_as_unsigned)) {
    serve("corp.test", "intra 300 A 10.0.0.1\n", {kOffice}, test::Delegated::No);
  }
};

}  // namespace

TEST_CASE("a private zone under a signed one needs a negative trust anchor") {
  Office home(true);
  CHECK(test::insecure(home.ask_and_wait("intra.corp.test")));
  CHECK(home.ask_and_wait("none.corp.test").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.failures.seen.empty());
}

TEST_CASE("without one it is bogus, and clients and the log are told what to do") {
  Office home(false);
  const auto& client = home.ask_and_wait("intra.corp.test");
  CHECK(client.servfail());
  CHECK(client.records() == 0);
  CHECK_THAT(test::reason(client), Catch::Contains("corp.test."));
  const auto& advice = client.got->answer.errors.at(1).text;
  CHECK(advice == "if corp.test. is private, add it to dnssec.negative-trust-anchors");
  REQUIRE(home.failures.seen.size() == 1);
  CHECK(home.failures.seen[0].is_bogus());
}

TEST_CASE("a signed zone whose signatures are bad is not taken for a private one") {
  test::SignedSetup setup;
  const auto stub = wire::Name::literal("example.test");
  const auto server = *wire::Endpoint::parse(test::SignedTree::kTreeServer, 53);
  setup.iterating.settings.stubs.push_back({stub, {server}});
  test::SignedTree home(setup);
  home.spoil(home.example, "www.example.test", wire::Type::A, sim::bad_signature());
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  REQUIRE(client.got->answer.errors.size() == 2);
  CHECK_THAT(client.got->answer.errors[1].text, !Catch::Contains("negative-trust-anchors"));
}
