#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;

namespace {

// "." at the first server, corp.example. at the second.
struct SplitHost {
  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  test::Failures failures;
  cache::AnswerCache cache{{}, std::size_t{1} << 20, 1};
  upstream::Resolver resolver{network, cache, settings(), failures};
  upstream::TaskSet tasks;
  std::optional<cache::CachedAnswer> got;

  SplitHost() {
    world.add_host(test::kFirst, sim::Role::Authority, {world.add_zone("example.", test::kExampleZone)});
    world.add_host(test::kSecond, sim::Role::Authority,
                   {world.add_zone("corp.example.",
                                   "@ 60 SOA a b 1 1 1 1 60\nout 60 CNAME www.example.\nin 60 A 10.0.0.1\n"),
                    world.add_zone("example.", "www 60 A 10.6.6.6\n")});
  }
  static upstream::Resolver::SettingsPtr settings() {
    auto both = std::make_shared<upstream::UpstreamSettings>();
    both->forwards.push_back({wire::Name(), {*wire::Endpoint::parse(test::kFirst)}});
    both->forwards.push_back({wire::Name::literal("corp.example."), {*wire::Endpoint::parse(test::kSecond)}});
    return both;
  }
  static upstream::Task<void> run(SplitHost* self, wire::Question question) {
    auto answer = co_await self->resolver.resolve(std::move(question), cache::View::Checked,
                                                  self->network.now() + std::chrono::seconds{4});
    self->got = std::move(answer);
  }
  void ask(std::string_view name) {
    tasks.spawn(run(this, {wire::Name::literal(name), wire::Type::A, wire::Class::IN}));
    network.run();
  }
};

}  // namespace

TEST_CASE("the longest zone that holds the name wins") {
  SplitHost home;
  home.ask("in.corp.example.");
  REQUIRE(home.got->answer.answer.size() == 1);
  REQUIRE(home.network.sent().size() == 1);
  CHECK(home.network.sent()[0].server == *wire::Endpoint::parse(test::kSecond));
}

TEST_CASE(
    "what a zone's server says about names outside it is not believed: they are asked where they belong") {
  SplitHost home;
  home.ask("out.corp.example.");
  REQUIRE(home.got->answer.answer.size() == 2);
  const auto& target = home.got->answer.answer[1];
  const auto address = *target.rdatas.begin();
  CHECK(wire::Bytes(address.begin(), address.end()) == wire::Bytes{192, 0, 2, 80});
  REQUIRE(home.network.sent().size() == 2);
  CHECK(home.network.sent()[1].server == *wire::Endpoint::parse(test::kFirst));
}
