// A question whose checks of signatures were spent in an attacker's zones ends at a signed name of the
// victim.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"
#include "tests/support/many_signatures.hpp"

using namespace shirube;
using upstream::EffortPtr;
using wire::Name;
using wire::Type;

namespace {

// The victim's names are honest, though each has a signature more that is bad: a key is being rolled.
struct Victim : test::SignedHost {
  Victim() {
    serve_signed("test", "", {"192.0.2.10"});
    const auto zone = serve_signed("victim.test", "www 300 A 192.0.2.80\nmail 300 A 192.0.2.81\n",
                                   {"192.0.2.11"}, {.denial = sim::DenialForm::Nsec3});
    spoil(zone, "www.victim.test", Type::A, test::with_bad_signatures_first(1));
    serve("alias.test", "www 300 CNAME www.victim.test.\nno 300 CNAME no.victim.test.\n", {"192.0.2.12"});
  }
  void attack(std::string_view name, EffortPtr effort) {
    clients.spawn(ask_with(this, wire::Question{Name::literal(name), Type::A}, std::move(effort)));
    network.run();
  }
  static upstream::Task<void> ask_with(Victim* self, wire::Question question, EffortPtr effort) {
    const auto deadline = self->network.now() + std::chrono::seconds{4};
    upstream::Share share{std::move(effort), upstream::Part::Main};
    static_cast<void>(co_await self->resolver.resolve(std::move(question), cache::View::Checked, deadline,
                                                      std::move(share)));
  }
};

[[nodiscard]] EffortPtr with_checks(unsigned left) {
  auto effort = std::make_shared<upstream::QueryEffort>();
  effort->judging.checks_left = left;
  return effort;
}
[[nodiscard]] EffortPtr with_failures(unsigned left) {
  auto effort = std::make_shared<upstream::QueryEffort>();
  effort->judging.failures_left = left;
  return effort;
}
[[nodiscard]] EffortPtr with_hashes(unsigned left) {
  auto effort = std::make_shared<upstream::QueryEffort>();
  effort->judging.hashes_left = left;
  return effort;
}

}  // namespace

TEST_CASE("aliases with bad signatures do not make the name at their end fail for others") {
  for (int links = 6; links <= 10; ++links) {
    Victim home;
    for (int i = 0; i < links; ++i) {
      const auto target = i + 1 == links ? "www.victim.test." : fmt::format("www.z{}.test.", i + 1);
      const auto apex = fmt::format("z{}.test", i);
      const auto server = fmt::format("10.1.0.{}", i + 1);
      const auto zone = home.serve_signed(apex, fmt::format("www 300 CNAME {}\n", target), {server});
      home.spoil(zone, "www." + apex, Type::CNAME, test::with_bad_signatures_first(1));
    }
    CAPTURE(links);
    CHECK(home.ask_and_wait("www.z0.test").servfail() == (links >= 7));
    CHECK(test::secure(home.ask_and_wait("www.victim.test")));
    CHECK(test::secure(home.ask_and_wait("mail.victim.test")));
    CHECK(home.quiet());
  }
}

TEST_CASE("however few checks are left for it, neither the name nor the zones above fail for others") {
  for (unsigned left = 0; left <= 12; ++left) {
    Victim home;
    home.attack("www.alias.test", with_checks(left));
    CAPTURE(left);
    CHECK(test::secure(home.ask_and_wait("www.victim.test")));
    CHECK(test::secure(home.ask_and_wait("mail.victim.test")));
    CHECK(test::secure(home.ask_and_wait("ns1.test")));
    CHECK(home.quiet());
  }
}

TEST_CASE("however few failed checks are left for it, the name does not fail for others") {
  for (unsigned left = 0; left <= dnssec::kMaxFailedChecks; ++left) {
    Victim home;
    home.attack("www.alias.test", with_failures(left));
    CAPTURE(left);
    CHECK(test::secure(home.ask_and_wait("www.victim.test")));
    CHECK(home.quiet());
  }
}

TEST_CASE("however few hashes are left for it, a denied name does not fail for others") {
  for (unsigned left = 0; left <= 12; ++left) {
    Victim home;
    home.attack("no.alias.test", with_hashes(left));
    const auto& client = home.ask_and_wait("no.victim.test");
    CAPTURE(left);
    REQUIRE(client.got);
    CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(client.got->answer.authentic);
    CHECK(home.quiet());
  }
}

// Of two servers the one lies: with means the resolver asks the other.
TEST_CASE("a false answer that one question had no budget to check is not given to others") {
  for (unsigned left = 0; left <= 12; ++left) {
    Victim home;
    const auto zone = home.serve_signed("two.test", "www 300 A 192.0.2.80\n", {"192.0.2.21", "192.0.2.22"});
    home.spoil(zone, "www.two.test", Type::A, test::with_bad_signatures_first(1));
    home.serve("to.test", "www 300 CNAME www.two.test.\n", {"192.0.2.23"});
    home.host("192.0.2.21").script = [&home](const wire::Question& question) {
      auto answer = home.world.honest(home.host("192.0.2.22"), question);
      for (auto& rrset : answer.answer) {
        if (rrset.type == Type::A) rrset.signatures = {};
      }
      return std::optional(std::move(answer));
    };
    home.attack("www.to.test", with_checks(left));
    CAPTURE(left);
    CHECK(test::secure(home.ask_and_wait("www.two.test")));
    CHECK(home.quiet());
  }
}
