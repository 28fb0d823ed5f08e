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
  std::size_t probes = 0;
  for (const auto& sent : home.network.sent()) {
    const auto name = wire::read_name(sent.query, wire::kHeaderSize);
    if (sent.server == *wire::Endpoint::parse(kServer, 53) && name->name.label_count() == 1) ++probes;
  }
  CHECK(probes > 0);
  CHECK(probes <= 60'000ms / upstream::kPatientProbe + 1);
  home.host(kServer).faults.silent = false;
  CHECK(test::got_address(*ask_for(home, 2, "back"), "192.0.2.80"));
  CHECK(home.quiet());
}
