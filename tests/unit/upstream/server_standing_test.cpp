#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "upstream/forwarder.hpp"

using namespace shirube;
using namespace std::chrono_literals;

namespace {

struct NoObserver final : upstream::Observer {
  void lookup_failed(const wire::Question&, const upstream::Failure&) override {}
};

// A forwarder that answers nothing, asked by a lookup that has `time`.
struct SilentForwarder {
  explicit SilentForwarder(wire::Duration time) {
    world.add_host("192.0.2.1:53", sim::Role::Recursor).faults.silent = true;
    zone.servers.push_back(server);
    budget.ends = network.now() + time;
  }
  void ask() { tasks.spawn(run(this)); }
  static upstream::Task<void> run(SilentForwarder* self) {
    const upstream::AskContext context{self->network, self->memory, self->statistics, &self->settings};
    const wire::Question question{wire::Name::literal("www.example."), wire::Type::A};
    auto reply = co_await upstream::forward(context, self->watch, self->zone, question, false, self->budget);
    self->failed = !reply;
  }

  sim::World world;
  sim::SimulatedNetwork network{world, 1};
  upstream::ServerMemory memory;
  upstream::Statistics statistics;
  upstream::UpstreamSettings settings;
  wire::Endpoint server = *wire::Endpoint::parse("192.0.2.1:53");
  upstream::ZoneServers zone;
  NoObserver observer;
  upstream::ServerMemory probed;  // by the watch, whose probes have time of their own
  upstream::ForwarderWatch watch{{network, probed, statistics, observer}};
  upstream::Budget budget{.effort = upstream::full_effort()};
  bool failed = false;
  upstream::TaskSet tasks;
};

}  // namespace

TEST_CASE("a server that is silent for the whole patience counts as failing") {
  SilentForwarder silent(10s);
  silent.ask();
  silent.network.run();
  CHECK(silent.failed);
  CHECK(silent.memory.at(silent.server).fails());
}

TEST_CASE("a lookup with little time left asks, and writes nothing about the server") {
  for (const auto time : {50ms, 700ms, 3'000ms}) {
    SilentForwarder silent(time);
    silent.ask();
    silent.network.run();
    CHECK(silent.failed);
    CHECK_FALSE(silent.network.sent().empty());
    CHECK(silent.memory.at(silent.server).failures == 0);
  }
}

TEST_CASE("a lookup with no time left sends nothing") {
  for (const auto time : {0ms, 3ms}) {
    SilentForwarder silent(time);
    silent.ask();
    silent.network.run();
    CHECK(silent.failed);
    CHECK(silent.network.sent().empty());
    CHECK(silent.memory.at(silent.server).failures == 0);
  }
}

TEST_CASE("an attempt that is cancelled writes nothing about the server") {
  SilentForwarder silent(10s);
  silent.ask();
  silent.network.advance(1s);
  silent.tasks.cancel_all();
  silent.network.run();
  CHECK(silent.memory.at(silent.server).failures == 0);
  CHECK(silent.network.exchanges_in_flight() == 0);
}
