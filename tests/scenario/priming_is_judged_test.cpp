// A priming answer that does not validate must not decide which servers the resolver asks.
#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

namespace {

constexpr std::string_view kEvil = "203.0.113.66";

// The root as an attacker has it: its only server is the attacker's.
[[nodiscard]] std::optional<wire::Answer> forged_priming(const wire::Question& question) {
  if (!question.name.is_root() || question.type != Type::NS) return std::nullopt;
  const sim::Zone root(wire::Name(),
                       "@ 518400 NS evil.root-servers.net.\n"
                       "evil.root-servers.net. 518400 A 203.0.113.66\n");
  return root.lookup(question);
}

}  // namespace

TEST_CASE("servers of the root that are not signed are never asked, and the hints serve on") {
  test::SignedHost home;
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.10"});
  home.serve_signed("shop", "www 300 A 192.0.2.81\n", {"192.0.2.11"});
  home.world.add_host(kEvil, sim::Role::Authority, {0});
  home.host(test::kRoot).script = forged_priming;
  CHECK(test::secure(home.ask_and_wait("www.test")));
  CHECK(home.cache.find_delegation(wire::Name(), home.network.now()) == nullptr);
  CHECK(test::secure(home.ask_and_wait("www.shop")));
  CHECK(home.sent_to(kEvil) == 0);
  home.host(test::kRoot).script = {};
  home.network.advance(6s);
  CHECK(home.ask_and_wait("missing").got->answer.rcode == wire::Rcode::NxDomain);
  home.network.advance(1s);
  CHECK(home.cache.find_delegation(wire::Name(), home.network.now()) != nullptr);
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.quiet());
}
