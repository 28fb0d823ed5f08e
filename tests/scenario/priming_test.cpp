#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Type;

namespace {

// Of those that went out, how many asked for the root's servers.
[[nodiscard]] std::size_t primings(const IteratingHost& home) {
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), [](const auto& sent) {
    return sent.query[wire::kHeaderSize] == 0;  // the root's name
  }));
}

}  // namespace

TEST_CASE("the hints are asked once for the root's servers, which are asked from then on") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.ask_and_wait("www.test.").records() == 1);
  CHECK(primings(home) == 1);
  CHECK(home.sent() == 5);
  CHECK(home.ask_and_wait(".", Type::NS).records() == 1);
  CHECK(home.sent() == 5);
  CHECK(home.quiet());
}

TEST_CASE("a root server that the hints do not know is found by priming, and used when theirs is gone") {
  IteratingHost home;
  home.world.zone(0).add("@ 518400 NS b.root-servers.net.\nb.root-servers.net. 518400 A 198.41.0.5\n");
  home.world.serve("198.41.0.5", 0);
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  home.host(test::kRoot).faults.silent = true;
  CHECK(home.ask_and_wait("missing.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent_to("198.41.0.5") > 0);
  CHECK(home.quiet());
}

TEST_CASE("priming that failed is tried again, though not for every question") {
  IteratingHost home;
  home.host(test::kRoot).faults.servfail = true;
  CHECK(home.ask_and_wait("one.").servfail());
  CHECK(home.ask_and_wait("two.").servfail());
  CHECK(primings(home) == 1);
  home.network.advance(6s);
  home.host(test::kRoot).faults.servfail = false;
  CHECK(home.ask_and_wait("three.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(primings(home) == 2);
  CHECK(home.quiet());
}
