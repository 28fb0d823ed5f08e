#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"
#include "wire/query.hpp"

using namespace shirube;
using test::SignedTree;

namespace {

// Queries for the DNSKEY of `zone` that any server has seen.
[[nodiscard]] std::ptrdiff_t key_queries(const SignedTree& home, std::string_view zone) {
  const auto name = wire::Name::literal(zone);
  return std::ranges::count_if(home.network.sent(), [&](const auto& sent) {
    wire::QueryView query;
    wire::read_query(sent.query, query);
    return query.type == wire::Type::DNSKEY && wire::Name::from_checked_wire(query.lowered()) == name;
  });
}

}  // namespace

TEST_CASE("a hundred questions at once for a zone that nobody knows fetch and check its keys once") {
  SignedTree home;
  std::string text;
  for (int i = 0; i < 100; ++i) text += fmt::format("h{} 300 A 192.0.2.80\n", i);
  home.world.zone(home.example).add(text);
  std::vector<test::Client*> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(&home.ask(fmt::format("h{}.example.test", i)));
  CHECK(home.quiet());
  CHECK(std::ranges::all_of(clients, [](const auto* client) { return test::secure(*client); }));
  for (const auto* zone : {".", "test", "example.test"}) {
    CAPTURE(zone);
    CHECK(key_queries(home, zone) == 1);
  }
  // One for each address; the keys of root, test. and example.test., the two DS, and the root's NS.
  CHECK(home.resolver.statistics().signature_checks == 100 + 3 + 2 + 1);
}

TEST_CASE("later questions check their own signature alone") {
  SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  const auto before = home.resolver.statistics().signature_checks;
  const auto packets = home.sent();
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.resolver.statistics().signature_checks == before + 1);
  CHECK(home.sent() == packets + 1);
  CHECK(home.quiet());
}
