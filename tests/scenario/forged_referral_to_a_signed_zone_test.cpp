#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;

namespace {

constexpr std::string_view kThief = "192.0.2.66";

// The server of test. sends all who ask for example.test. to the thief, for a day.
void let_lie(SignedTree& home) {
  home.host(SignedTree::kTldServer).script =
      [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(wire::Name::literal("example.test"))) return std::nullopt;
    return test::referring({.authority = "example.test. 86400 NS ns.example.test.\n",
                            .additional = "ns.example.test. 86400 A 192.0.2.66\n"});
  };
  home.world.add_host(kThief, sim::Role::Authority).script = [](const wire::Question& question) {
    return std::optional(
        test::saying({.answer = question.type == wire::Type::A
                                    ? fmt::format("{} 86400 A 192.0.2.67\n", question.name.text())
                                    : std::string()}));
  };
}

}  // namespace

TEST_CASE("who sends us to a thief takes a signed zone away for as long as he does, and not for his TTL") {
  SignedTree home;
  let_lie(home);
  for (const auto* name : {"www.example.test", "ns1.example.test", "to.example.test"})
    CHECK(home.ask_and_wait(name).servfail());
  CHECK(home.sent_to(kThief) > 0);
  home.host(SignedTree::kTldServer).script = {};
  home.network.advance(2s);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.quiet());
}
