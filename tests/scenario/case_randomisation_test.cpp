#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

namespace {

constexpr std::string_view kLong = "a-rather-long-name-with-many-letters.example.";

[[nodiscard]] bool has_upper_case(const wire::Bytes& query) {
  const auto name = wire::BytesView(query).subspan(wire::kHeaderSize, kLong.size() + 1);
  return std::ranges::any_of(name, [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

TEST_CASE("questions go out in random case, and answers come back in the client's") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  const auto& client = home.ask_and_wait(kLong);
  CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(has_upper_case(home.network.sent()[0].query));
}

TEST_CASE("names that the reply compresses onto the question do not carry the random case about") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("a-zone-with-many-letters.example.",
                      "@ 300 IN SOA a b 1 1 1 1 60\n@ 300 IN MX 10 mail\n");
  const auto& client = home.ask_and_wait("a-zone-with-many-letters.example.", wire::Type::MX);
  REQUIRE(client.records() == 1);
  const auto target = wire::rdata_target(wire::Type::MX, *client.got->answer.answer[0].rdatas.begin());
  CHECK(target->same_case_as(wire::Name::literal("mail.a-zone-with-many-letters.example.")));
}

TEST_CASE("a server that loses the case is asked by TCP once and then in plain case") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.ignores_case = true;
  CHECK(home.ask_and_wait(kLong).got->answer.rcode == wire::Rcode::NxDomain);
  // The third one is the check of its denial.
  REQUIRE(home.sent() == 3);
  for (const std::size_t i : {1U, 2U}) CHECK(home.network.sent()[i].transport == upstream::Transport::Tcp);
  home.network.advance(std::chrono::hours{2});
  home.ask_and_wait(kLong);
  REQUIRE(home.sent() == 4);
  CHECK(home.network.sent()[3].transport == upstream::Transport::Udp);
  CHECK_FALSE(has_upper_case(home.network.sent()[3].query));
  CHECK(home.resolver.statistics().case_fallbacks == 1);
}

TEST_CASE("a server that loses the case and has no TCP is asked in plain case, for each question anew") {
  ResolvingHost home({test::kFirst});
  home.world.add_zone("example.", test::kExampleZone);
  home.host(test::kFirst).faults.ignores_case = true;
  home.host(test::kFirst).faults.no_tcp = true;
  CHECK(home.ask_and_wait(kLong).got->answer.rcode == wire::Rcode::NxDomain);
  REQUIRE(home.sent() == 3);
  CHECK_FALSE(has_upper_case(home.network.sent()[2].query));
  CHECK(home.resolver.statistics().case_fallbacks == 0);
}
