// A server that was down comes back, and takes seconds for each answer.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

void serve(IteratingHost& home) { home.serve("example.", "* 300 A 192.0.2.80\n", {kServer}); }

// Clients ask every second, each for another name.
[[nodiscard]] const test::Client* ask_for(IteratingHost& home, int seconds, std::string_view label) {
  const test::Client* last = nullptr;
  for (int i = 0; i < seconds; ++i) {
    last = &home.ask(fmt::format("{}{}.example.", label, i));
    home.network.advance(1s);
  }
  home.network.run();
  return last;
}

// A patient probe asks for the name of the zone.
[[nodiscard]] std::size_t patient_probes(const IteratingHost& home) {
  std::size_t probes = 0;
  for (const auto& sent : home.network.sent()) {
    const auto name = wire::read_name(sent.query, wire::kHeaderSize);
    if (sent.server == *wire::Endpoint::parse(kServer, 53) && name->name.label_count() == 1) ++probes;
  }
  return probes;
}

}  // namespace

TEST_CASE("a slow server that was down is heard again while clients go on asking") {
  for (const auto late : {1'600ms, 2'500ms}) {
    for (const bool was_known : {true, false}) {
      INFO(late.count() << ", known " << was_known);
      IteratingHost home;
      serve(home);
      if (was_known) CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
      auto& faults = home.host(kServer).faults;
      faults.silent = true;
      CHECK(ask_for(home, 20, "down")->servfail());
      faults.silent = false;
      faults.answers_late = late;
      CHECK(test::got_address(*ask_for(home, 15, "slow"), "192.0.2.80"));
      CHECK(test::got_address(home.ask_and_wait("again.example."), "192.0.2.80"));
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("while it is down it costs one packet more in 4.5 s, and when it is quick again it is found so") {
  IteratingHost home;
  serve(home);
  home.host(kServer).faults.silent = true;
  CHECK(ask_for(home, 60, "down")->servfail());
  const auto probes = patient_probes(home);
  CHECK(probes > 0);
  CHECK(probes <= 60'000ms / upstream::kPatientProbe + 1);
  home.host(kServer).faults.silent = false;
  CHECK(test::got_address(*ask_for(home, 2, "back"), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("a probe that a crowded network did not allow is made up for by the next failed lookup") {
  IteratingHost home;
  serve(home);
  home.host(kServer).faults.silent = true;
  CHECK(ask_for(home, 1, "first")->servfail());
  home.network.advance(10s);
  const auto before = patient_probes(home);
  home.network.set_crowd(0);
  CHECK(ask_for(home, 1, "crowd")->servfail());
  CHECK(patient_probes(home) == before);
  home.network.set_crowd(1'000);
  const auto since = home.network.now();
  home.ask("after.example.");
  home.network.advance(3'500ms);
  CHECK(home.network.now() < since + upstream::kPatientProbe);
  CHECK(patient_probes(home) == before + 1);
  home.network.run();
  CHECK(home.quiet());
}
