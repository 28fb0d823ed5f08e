// RRsets of hundreds of records are answered whole; one of more than is taken says so.
#include <string>

#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

namespace {

[[nodiscard]] std::string zone_of(std::size_t count, std::string (*record)(std::size_t)) {
  std::string zone =
      "example. 300 IN SOA ns.example. host.example. 1 2 3 4 5\nexample. 300 IN NS ns.example.\n";
  for (std::size_t i = 0; i < count; ++i) zone += "big.example. 300 IN " + record(i) + "\n";
  return zone;
}

[[nodiscard]] std::string address(std::size_t i) {
  return "A 10.0." + std::to_string(i / 256) + "." + std::to_string(i % 256);
}
[[nodiscard]] std::string pointer(std::size_t i) {
  return "PTR host-" + std::to_string(i) + ".customers.example.";
}
// 1,300 of them are 160 kB, and 40 kB in a message.
[[nodiscard]] std::string long_pointer(std::size_t i) {
  return "PTR host-" + std::to_string(i) + '.' + std::string(60, 'l') + '.' + std::string(40, 'm') +
         ".example.";
}
// 1,300 of them are 280 kB, and 40 kB in a message.
[[nodiscard]] std::string very_long_pointer(std::size_t i) {
  return "PTR host-" + std::to_string(i) + '.' + std::string(63, 'l') + '.' + std::string(63, 'm') + '.' +
         std::string(63, 'n') + ".example.";
}
[[nodiscard]] std::string anchor(std::size_t i) {
  return "DS " + std::to_string(i) + " 13 2 " + std::string(64, 'a');
}

}  // namespace

TEST_CASE("200 addresses and 300 host names are answered whole, and kept") {
  for (const bool names : {false, true}) {
    ResolvingHost home({test::kFirst});
    const std::size_t count = names ? 300 : 200;
    home.world.add_zone("example.", zone_of(count, names ? pointer : address));
    const auto type = names ? wire::Type::PTR : wire::Type::A;
    const auto& first = home.ask_and_wait("big.example.", type);
    REQUIRE(first.noerror());
    CHECK(first.got->answer.answer.at(0).rdatas.count() == count);
    const auto sent = home.sent();
    CHECK(home.ask_and_wait("big.example.", type).noerror());
    CHECK(home.sent() == sent);
  }
}

TEST_CASE("a set that is too large for the cache is answered whole each time, and asked for each time") {
  ResolvingHost home({test::kFirst});
  constexpr std::size_t kNames = 1'300;
  home.world.add_zone("example.", zone_of(kNames, long_pointer));
  std::size_t sent = 0;
  for (int round = 0; round < 2; ++round) {
    const auto& client = home.ask_and_wait("big.example.", wire::Type::PTR);
    REQUIRE(client.noerror());
    CHECK(client.got->answer.answer.at(0).rdatas.count() == kNames);
    CHECK(home.sent() > sent);
    sent = home.sent();
  }
  CHECK(home.cache.statistics().oversized > 0);
}

TEST_CASE("an RRset over a limit fails, and its extended error says why") {
  for (const bool by_bytes : {true, false}) {
    ResolvingHost home({test::kFirst});
    home.world.add_zone("example.", by_bytes ? zone_of(1'300, very_long_pointer)
                                             : zone_of(wire::kMaxSecurityRecords + 1, anchor));
    const auto& client = home.ask_and_wait("big.example.", by_bytes ? wire::Type::PTR : wire::Type::DS);
    CHECK(client.servfail());
    CHECK(client.records() == 0);
    REQUIRE_FALSE(client.got->answer.errors.empty());
    CHECK(client.got->answer.errors[0].text.find("exceeds the size limit of this resolver") !=
          std::string::npos);
  }
}
