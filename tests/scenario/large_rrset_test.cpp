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

TEST_CASE("an RRset over the limit fails, and its extended error says why") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", zone_of(wire::kMaxSecurityRecords + 1, anchor));
  const auto& client = home.ask_and_wait("big.example.", wire::Type::DS);
  CHECK(client.servfail());
  REQUIRE_FALSE(client.got->answer.errors.empty());
  CHECK(client.got->answer.errors[0].text.find("exceeds the size limit of this resolver") !=
        std::string::npos);
}
