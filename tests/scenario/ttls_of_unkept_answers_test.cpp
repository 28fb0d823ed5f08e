// The TTL limits of the configuration hold for all answers, also for those that are not kept.
#include <catch2/catch.hpp>

#include "tests/support/serving_host.hpp"

using namespace shirube;
using test::ServingHost;
using wire::Type;

namespace {

constexpr std::string_view kText =
    "@ 100000 SOA ns1 h 1 7200 900 1209600 90000\nwww 2147483647 A 192.0.2.80\nwww 90000 TXT hello\n"
    "short 0 A 192.0.2.81\nto 2147483647 CNAME www.other.\n";

[[nodiscard]] conf::Settings limited() {
  conf::Settings settings;
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(test::kFirst)}});
  settings.cache.min_ttl = wire::Seconds{20};
  settings.cache.max_ttl = wire::Seconds{60};
  settings.cache.negative_max_ttl = wire::Seconds{30};
  settings.policy.profiles[0].any_fit = false;
  return settings;
}

struct Limited : ServingHost {
  Limited() : ServingHost(limited()) {
    world.add_host(test::kFirst, sim::Role::Recursor);
    world.add_zone("example.", kText);
    world.add_zone("other.", "@ 300 SOA ns1 h 1 7200 900 1209600 60\nwww 2147483647 A 192.0.2.82\n");
  }
};

[[nodiscard]] std::uint32_t highest(const wire::Answer& answer) {
  std::uint32_t ttl = 0;
  for (const auto* section : {&answer.answer, &answer.authority, &answer.additional})
    for (const auto& rrset : *section) ttl = std::max(ttl, rrset.ttl);
  return ttl;
}

}  // namespace

TEST_CASE("no TTL is above cache.max-ttl, at first and from the cache") {
  const auto [name, type] = GENERATE(table<std::string_view, Type>({{"www.example.", Type::ANY},
                                                                    {"www.example.", Type::A},
                                                                    {"to.example.", Type::A},
                                                                    {"to.example.", Type::ANY},
                                                                    {"localhost.", Type::A}}));
  Limited home;
  for (int i = 0; i < 3; ++i) {
    const auto answer = home.answer(name, {.type = type});
    CHECK_FALSE(answer.answer.empty());
    CHECK(highest(answer) <= 60);
    home.network.advance(std::chrono::seconds{7});
  }
  const auto sent = home.sent();
  home.network.advance(std::chrono::seconds{60});
  home.answer(name, {.type = type});
  CHECK((home.sent() > sent) == (name != "localhost."));
}

TEST_CASE("no denial is above cache.negative-max-ttl, local ones neither") {
  Limited home;
  for (const auto* name : {"none.example.", "www.example.", "x.invalid."}) {
    const auto answer = home.answer(name, {.type = Type::MX});
    REQUIRE(answer.authority.size() == 1);
    CHECK(answer.authority[0].ttl <= 30);
  }
}

TEST_CASE("a short TTL is raised to cache.min-ttl, also in answers that are not kept") {
  Limited home;
  CHECK(home.answer("short.example.", {.type = Type::ANY}).answer.at(0).ttl == 20);
  CHECK(home.answer("short.example.", {}).answer.at(0).ttl == 20);
  home.network.advance(std::chrono::seconds{15});
  CHECK(home.answer("short.example.", {}).answer.at(0).ttl == 5);
}
