#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

// The server of the tree fails to answer questions for `type`.
void fail_for(test::SignedTree& home, std::string_view server, Type type) {
  home.host(server).script = [type](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != type) return std::nullopt;
    wire::Answer failed;
    failed.rcode = wire::Rcode::ServFail;
    return failed;
  };
}

}  // namespace

TEST_CASE("when keys cannot be fetched nothing is called bogus, and nothing is answered") {
  test::SignedTree home;
  fail_for(home, test::SignedTree::kTreeServer, Type::DNSKEY);
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecIndeterminate));
  CHECK_THAT(test::reason(client), Catch::Contains("keys of example.test. could not be fetched"));
  CHECK(test::last_flaw(home) == dnssec::Flaw::KeysUnreachable);
  CHECK_FALSE(home.failures.seen.back().is_bogus());
  CHECK(home.ask_and_wait("www.unsigned.test").noerror());
  home.host(test::SignedTree::kTreeServer).script = {};
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}

TEST_CASE("meanwhile what was secure before serves stale") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  fail_for(home, test::SignedTree::kTreeServer, Type::DNSKEY);
  home.network.advance(3'601s);
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(client.noerror());
  CHECK(test::has(client, Type::A, "192.0.2.80"));
  CHECK(client.error() == wire::Ede::StaleAnswer);
}

TEST_CASE("when the DS of a zone cannot be fetched that is the reason") {
  test::SignedTree home;
  const std::string_view server = test::SignedTree::kTldServer;
  home.serve_signed("near.test", "www 300 A 192.0.2.80\n", {server});  // whom no referral leads to
  fail_for(home, server, Type::DS);
  const auto& client = home.ask_and_wait("www.near.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecIndeterminate));
  CHECK_THAT(test::reason(client), Catch::Contains("DS of near.test. could not be fetched"));
  CHECK(test::last_flaw(home) == dnssec::Flaw::DsUnreachable);
}
