#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;

namespace {

struct SignedZone {
  std::string_view name;
  std::size_t narrow_gaps;
};
constexpr std::array kZones{SignedZone{"example.test", 0}, SignedZone{"hashed.test", 3}};

// Asks for a thousand names that nobody has heard of; the packets that the last 950 of them cost.
[[nodiscard]] std::size_t cost_of_random_names(SignedTree& home, std::string_view zone) {
  std::size_t after_the_first = 0;
  for (int i = 0; i < 1'000; ++i) {
    if (i == 50) after_the_first = home.sent();
    const auto& client =
        home.ask_and_wait(fmt::format("{}{}.{}", static_cast<char>('a' + i % 26), i * 7'919, zone));
    REQUIRE(client.got->answer.rcode == wire::Rcode::NxDomain);
    REQUIRE(client.got->answer.authentic);
  }
  return home.sent() - after_the_first;
}

}  // namespace

TEST_CASE("random names under a signed zone cost no packet after the first few") {
  for (const auto& zone : kZones) {
    SignedTree home;
    CAPTURE(zone.name);
    // Some gaps between hashes are so narrow that hardly a name falls into them.
    CHECK(cost_of_random_names(home, zone.name) <= zone.narrow_gaps);
    CHECK(home.sent() < 30);
    CHECK(home.quiet());
  }
}

TEST_CASE("deep names, other types and names beside aliases cost none either") {
  SignedTree home;
  static_cast<void>(cost_of_random_names(home, "example.test"));
  const auto before = home.sent();
  CHECK(home.ask_and_wait("a.b.c.d.none.example.test").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.ask_and_wait("r5.example.test", wire::Type::MX).got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.ask_and_wait("r5.example.test", wire::Type::ANY).got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent() == before);
  CHECK(home.quiet());
}

TEST_CASE("minimally covering denials save nothing, and cost no more than they must") {
  SignedTree home;
  for (int i = 0; i < 20; ++i) static_cast<void>(home.ask_and_wait(fmt::format("r{}.compact.test", i)));
  CHECK(home.cache.ranges().statistics().records < 20);
  CHECK(home.sent_to(SignedTree::kTreeServer) < 2 * 20 + 10);
  CHECK(home.quiet());
}
