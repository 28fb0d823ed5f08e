// Lookups that a server refuses one after the other do not take each other's replies for a change of its
// mind.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr int kLookups = 6;

[[nodiscard]] std::string name(int number) { return fmt::format("some-long-name-{}.example.", number); }

}  // namespace

TEST_CASE("many lookups at once that two servers refuse cost a few packets each") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
  for (const auto server : {"192.0.2.1", "192.0.2.2"})
    home.host(server).faults.to_aaaa = sim::AaaaSaid::Refused;
  home.host("192.0.2.1").link.delay = 30ms;
  for (int i = 0; i < kLookups; ++i) {
    home.ask(name(i), wire::Type::AAAA);
    home.network.advance(13ms);
  }
  home.network.run();
  CHECK(home.sent() <= kLookups * 8);
  CHECK(test::got_address(home.ask_and_wait(name(0)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("a server that failed before is asked at once when the others have refused") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2", "192.0.2.3"});
  home.host("192.0.2.3").faults.silent = true;
  for (int i = 0; i < 20; ++i) home.ask_and_wait(name(100 + i));
  home.network.run();
  home.host("192.0.2.3").faults.silent = false;
  for (const auto server : {"192.0.2.1", "192.0.2.2"})
    home.host(server).faults.to_aaaa = sim::AaaaSaid::Refused;
  std::vector<const test::Client*> clients;
  for (int i = 0; i < kLookups; ++i) {
    clients.push_back(&home.ask(name(i), wire::Type::AAAA));
    home.network.advance(13ms);
  }
  home.network.run();
  for (const auto* client : clients) {
    CHECK(client->noerror());
    CHECK(client->waited < 1s);
  }
  CHECK(home.quiet());
}
