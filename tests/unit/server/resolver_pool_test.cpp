// Questions that belong to another member: answered there, resumed here, cancelled safely.
#include "server/resolver_pool.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using server::ResolverPool;

namespace {

// Two members over one cache, with mailboxes that the test empties by hand.
struct TwoMembers {
  test::ResolvingHost home{{test::kFirst}};
  upstream::Resolver other{home.network, home.cache, settings(), home.failures};
  std::vector<ResolverPool::Job> posted[2];
  bool full[2] = {false, false};
  upstream::TaskSet tasks[2];
  ResolverPool pool{2, 1};

  TwoMembers() {
    home.world.add_zone("example.", test::kExampleZone);
    for (std::size_t i = 0; i < 2; ++i) {
      pool.set_member(
          i, {&home.network, i == 0 ? &home.resolver : &other, &tasks[i], [this, i](ResolverPool::Job job) {
                if (!full[i]) posted[i].push_back(std::move(job));
                return !full[i];
              }});
    }
  }
  static upstream::Resolver::SettingsPtr settings() {
    auto forwarding = std::make_shared<upstream::UpstreamSettings>();
    forwarding->forwards.push_back({wire::Name(), {*wire::Endpoint::parse(test::kFirst)}});
    return forwarding;
  }
  void deliver() {
    for (bool any = true; any;) {
      any = false;
      for (auto& box : posted) {
        for (auto& job : std::exchange(box, {})) {
          job();
          any = true;
        }
      }
    }
  }
  void ask_twenty() {
    for (int i = 0; i < 20; ++i) tasks[0].spawn(ask(this, "n" + std::to_string(i) + ".example."));
  }
  [[nodiscard]] std::size_t missing() const {
    return static_cast<std::size_t>(
        std::ranges::count(got, wire::Rcode::NxDomain, [](const auto& g) { return g.answer.rcode; }));
  }
  std::vector<cache::CachedAnswer> got;

 private:
  static upstream::Task<void> ask(TwoMembers* self, std::string name) {
    const auto deadline = self->home.network.now() + std::chrono::seconds{4};
    wire::Question question{wire::Name::literal(name), wire::Type::A, wire::Class::IN};
    const upstream::Share alone;
    auto found = co_await self->pool.resolve(0, std::move(question), cache::View::Checked, deadline, alone);
    self->got.push_back(std::move(found));
  }
};

}  // namespace

TEST_CASE("each question is resolved by its owner and answered where it was asked") {
  TwoMembers two;
  two.ask_twenty();
  two.deliver();
  CHECK(two.other.lookups_in_flight() > 0);
  CHECK(two.home.resolver.lookups_in_flight() > 0);
  CHECK(two.other.lookups_in_flight() + two.home.resolver.lookups_in_flight() == 20);
  two.home.network.advance(std::chrono::seconds{1});
  two.deliver();
  CHECK(two.missing() == 20);
  CHECK(two.tasks[0].size() == 0);
  CHECK(two.tasks[1].size() == 0);
}

TEST_CASE("a caller that has gone is not resumed") {
  TwoMembers two;
  two.ask_twenty();
  two.deliver();
  two.tasks[0].cancel_all();
  two.home.network.run();
  two.deliver();
  CHECK(two.got.empty());
}

TEST_CASE("an owner whose mailbox is full is answered for by SERVFAIL, which is not kept") {
  TwoMembers two;
  two.full[1] = true;
  two.ask_twenty();
  REQUIRE_FALSE(two.got.empty());
  for (const auto& found : two.got) {
    CHECK(found.answer.rcode == wire::Rcode::ServFail);
    CHECK(found.expires < two.home.network.now());
  }
}

TEST_CASE("a reply that finds the caller's mailbox full does not keep its client waiting for ever") {
  TwoMembers two;
  two.ask_twenty();
  two.deliver();
  two.full[0] = true;
  two.home.network.run();
  two.full[0] = false;
  two.deliver();
  CHECK(two.got.size() == 20);
  CHECK(two.tasks[0].size() == 0);
}

TEST_CASE("the seed decides which member owns a question, so that no attacker can aim at one member") {
  constexpr std::size_t kMembers = 4;
  constexpr std::size_t kNames = 1'000;
  const ResolverPool first(kMembers, 1);
  const ResolverPool again(kMembers, 1);
  const ResolverPool second(kMembers, 2);
  std::array<std::size_t, kMembers> aimed{};  // names that belong to member 0 under the first seed
  std::size_t found = 0;
  for (std::size_t i = 0; found < kNames; ++i) {
    const wire::Question question{wire::Name::literal("n" + std::to_string(i) + ".attacker.example."),
                                  wire::Type::A, wire::Class::IN};
    CHECK(first.owner_of(question) == again.owner_of(question));
    if (first.owner_of(question) != 0) continue;
    ++found;
    ++aimed.at(second.owner_of(question));
  }
  for (const auto owned : aimed) {
    CHECK(owned > kNames / kMembers / 2);
    CHECK(owned < 2 * kNames / kMembers);
  }
}

TEST_CASE("the case of a question's name does not change its owner") {
  const ResolverPool pool(4, 1);
  for (int i = 0; i < 50; ++i) {
    const auto number = std::to_string(i);
    const wire::Question lower{wire::Name::literal("n" + number + ".example."), wire::Type::A,
                               wire::Class::IN};
    const wire::Question mixed{wire::Name::literal("N" + number + ".eXaMple."), wire::Type::A,
                               wire::Class::IN};
    CHECK(pool.owner_of(lower) == pool.owner_of(mixed));
  }
}
