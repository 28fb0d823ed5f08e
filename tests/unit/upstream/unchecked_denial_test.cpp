// A denial waits for its check in plain case (decision 016). If the lookup's packets, bytes, time or route
// end first, the denial is not used. If the check only gets no reply, the denial is in doubt.
#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "upstream/ask_server.hpp"
#include "upstream/case_check.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using upstream::Task;
using wire::Type;

namespace {

constexpr auto kServer = "192.0.2.53";
constexpr auto kDenied = "none-with-quite-many-letters.example.";

[[nodiscard]] wire::Answer denial_with(std::size_t extra_octets) {
  wire::Answer answer;
  answer.rcode = wire::Rcode::NxDomain;
  answer.authoritative = true;
  wire::RRset padding{.owner = wire::Name::literal("example."), .type = Type::TXT, .ttl = 60};
  for (std::size_t i = 0; i < extra_octets / 200; ++i) {
    wire::Bytes text(200, static_cast<std::uint8_t>('a' + i));
    text.front() = 199;
    padding.rdatas.add(text);
  }
  if (!padding.rdatas.empty()) answer.additional.push_back(std::move(padding));
  return answer;
}

struct Asking {
  sim::World world;
  sim::Host* host = &world.add_host(kServer, sim::Role::Authority);
  sim::SimulatedNetwork network{world, 1};
  upstream::ServerMemory memory;
  upstream::Statistics statistics;
  upstream::Budget budget{.effort = upstream::full_effort(), .ends = network.now() + std::chrono::seconds{5}};
  std::optional<upstream::AskOutcome> outcome;
  upstream::TaskSet tasks;

  upstream::Reach reach = upstream::Reach::ByRoute;

  static Task<void> run(Asking* self) {
    const upstream::AskContext context{self->network, self->memory, self->statistics};
    upstream::ServerQuery query{.server = self->host->endpoint,
                                .question = {wire::Name::literal(kDenied), Type::A},
                                .form = {.edns = false, .recursion_desired = false},
                                .patience = std::chrono::seconds{1},
                                .reach = self->reach,
                                .zone = wire::Name::literal("example.")};
    auto asked = upstream::ask_server(context, std::move(query), self->budget);
    self->outcome.emplace(co_await asked);
  }
  void ask() {
    tasks.spawn(run(this));
    network.run();
  }
  [[nodiscard]] bool is_denial() const {
    return outcome && std::holds_alternative<upstream::ReplyContent>(*outcome);
  }
};

[[nodiscard]] bool has_capitals(const wire::Name& name) {
  return std::ranges::any_of(name.wire(), [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

TEST_CASE("a denial is not used if the reply to its check exceeds the byte budget") {
  Asking asking;
  asking.budget.effort->supplies.bytes_left = 300;
  asking.host->script = [](const wire::Question& question) {
    return denial_with(has_capitals(question.name) ? 0 : 400);
  };
  asking.ask();
  REQUIRE(asking.outcome);
  CHECK(std::holds_alternative<upstream::OutOfBudget>(*asking.outcome));
  CHECK(asking.network.sent().size() == 2);
  CHECK(asking.budget.effort->supplies.bytes_left == 0);
}

TEST_CASE("a denial is not used if no packet is left for its check") {
  Asking asking;
  asking.budget.effort->supplies.packets_left = 1;
  asking.host->script = [](const wire::Question&) { return denial_with(0); };
  asking.ask();
  REQUIRE(asking.outcome);
  CHECK(std::holds_alternative<upstream::OutOfBudget>(*asking.outcome));
  CHECK(asking.network.sent().size() == 1);
}

TEST_CASE("a denial is not used if the lookup ends before its check has had its time") {
  for (const auto left : {1ms, 100ms, 700ms}) {
    Asking asking;
    asking.host->faults.no_tcp = true;
    asking.host->script = [&](const wire::Question&) {
      asking.budget.ends = asking.network.now() + left;
      asking.host->link.loss = 1.0;
      return denial_with(0);
    };
    asking.ask();
    REQUIRE(asking.outcome);
    CHECK_FALSE(asking.is_denial());
  }
}

TEST_CASE("a denial is in doubt if its check has had its time without a reply") {
  Asking asking;
  asking.host->script = [&](const wire::Question&) {
    asking.host->faults.silent = true;
    return denial_with(0);
  };
  asking.ask();
  REQUIRE(asking.is_denial());
  CHECK(std::get<upstream::ReplyContent>(*asking.outcome).case_doubt == upstream::CaseDoubt::CheckFailed);
  CHECK(asking.network.sent().size() == 3);
}

TEST_CASE("a first reply beyond the byte budget is not taken") {
  Asking asking;
  asking.budget.effort->supplies.bytes_left = 30;
  asking.host->script = [](const wire::Question&) { return denial_with(0); };
  asking.ask();
  REQUIRE(asking.outcome);
  CHECK(std::holds_alternative<upstream::OutOfBudget>(*asking.outcome));
  CHECK(asking.network.sent().size() == 1);
}

TEST_CASE("a denial is not used if the route goes during its check") {
  Asking asking;
  asking.reach = GENERATE(upstream::Reach::ByRoute, upstream::Reach::Always);
  asking.host->faults.no_tcp = GENERATE(false, true);
  asking.host->script = [&](const wire::Question&) {
    asking.network.set_route(wire::Family::V4, false);
    return denial_with(0);
  };
  asking.ask();
  REQUIRE(asking.outcome);
  CHECK_FALSE(asking.is_denial());
  CHECK(asking.network.started_without_route(wire::Family::V4) ==
        (asking.reach == upstream::Reach::Always ? 1 : 0));
}
