// A forwarder passes questions on to servers that differ: data of one zone proves nothing about another zone.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using test::ResolvingHost;

namespace {

[[nodiscard]] std::string below(std::string_view zone, int number = 1) {
  return fmt::format("some-quite-long-name-with-letters-{}.{}", number, zone);
}

[[nodiscard]] bool is_mixed(const wire::Name& name) {
  return std::ranges::any_of(name.wire(), [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

// The forwarder passes names in exact.com to a server that denies each name with a capital letter.
struct Forwarded : ResolvingHost {
  explicit Forwarded(wire::Rcode rcode) : ResolvingHost({test::kFirst}) {
    world.add_zone("healthy.com.", below("healthy.com.") + " 300 A 192.0.2.81\n@ 300 A 192.0.2.81\n");
    world.add_zone("exact.com.", "* 300 A 192.0.2.80\n");
    host(test::kFirst).script = [rcode](const wire::Question& question) -> std::optional<wire::Answer> {
      if (!question.name.is_within(wire::Name::literal("exact.com.")) || !is_mixed(question.name)) return {};
      auto denial = test::denying("exact.com.");
      denial.rcode = rcode;
      return denial;
    };
  }
};

}  // namespace

TEST_CASE("data of one zone does not hide names of another zone of the same top-level domain") {
  for (const auto rcode : {wire::Rcode::NxDomain, wire::Rcode::NoError}) {
    Forwarded home(rcode);
    CHECK(test::got_address(home.ask_and_wait(below("healthy.com.")), "192.0.2.81"));
    CHECK(test::got_address(home.ask_and_wait("healthy.com."), "192.0.2.81"));
    for (int i = 0; i < 3; ++i)
      CHECK(test::got_address(home.ask_and_wait(below("exact.com.", i)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE(
    "a zone whose servers compare with case does not switch random case off for other zones beside it") {
  for (const auto rcode : {wire::Rcode::NxDomain, wire::Rcode::Refused, wire::Rcode::ServFail}) {
    INFO("says " << static_cast<int>(rcode));
    Forwarded home(rcode);
    for (int i = 0; i < 8; ++i)
      CHECK(test::got_address(home.ask_and_wait(below("exact.com.", i)), "192.0.2.80"));
    CHECK(home.resolver.statistics().case_fallbacks == 1);
    const auto before = home.sent();
    CHECK(test::got_address(home.ask_and_wait(below("exact.com.", 9)), "192.0.2.80"));
    CHECK(test::got_address(home.ask_and_wait(below("healthy.com.")), "192.0.2.81"));
    CHECK(home.sent() == before + 2);
    const auto name_of = [](const auto& sent) {
      return wire::read_name(sent.query, wire::kHeaderSize)->name;
    };
    CHECK_FALSE(is_mixed(name_of(home.network.sent()[before])));
    CHECK(is_mixed(name_of(home.network.sent()[before + 1])));
    CHECK(home.quiet());
  }
}

TEST_CASE("typos in one zone do not hide names of another zone of the same top-level domain") {
  Forwarded home(wire::Rcode::NxDomain);
  constexpr int kTypos = 40;
  for (int i = 2; i < 2 + kTypos; ++i)
    CHECK(home.ask_and_wait(below("healthy.com.", i)).got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent() == 2 * kTypos);
  CHECK(test::got_address(home.ask_and_wait(below("exact.com.")), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("a denial of a zone that has shown data costs one packet behind a forwarder, too") {
  Forwarded home(wire::Rcode::NxDomain);
  CHECK(test::got_address(home.ask_and_wait(below("healthy.com.")), "192.0.2.81"));
  for (int i = 2; i < 6; ++i) {
    const auto before = home.sent();
    CHECK(home.ask_and_wait(below("healthy.com.", i)).got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(home.sent() == before + 1);
  }
  CHECK(home.quiet());
}
