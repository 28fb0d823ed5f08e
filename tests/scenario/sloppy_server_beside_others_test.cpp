#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

void serve_two(IteratingHost& home) {
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
  home.host("192.0.2.1").faults.not_authoritative = true;
}

}  // namespace

TEST_CASE("an answer without AA waits for a silent server a second, and once") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    IteratingHost home({.seed = seed});
    serve_two(home);
    home.host("192.0.2.2").faults.silent = true;
    const auto& first = home.ask_and_wait("first.example.");
    CHECK(first.records() == 1);
    CHECK(first.waited < 1'700ms);
    const auto& next = home.ask_and_wait("next.example.");
    CHECK(next.records() == 1);
    CHECK(next.waited < 100ms);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("an answer without AA is taken at once when the other servers refuse") {
  for (const auto how : {&sim::Faults::lame, &sim::Faults::refuses, &sim::Faults::servfail}) {
    IteratingHost home;
    serve_two(home);
    home.host("192.0.2.2").faults.*how = true;
    for (int i = 0; i < 5; ++i) {
      const auto& client = home.ask_and_wait("n" + std::to_string(i) + ".example.");
      CHECK(client.records() == 1);
      CHECK(client.waited < 100ms);
    }
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("when all servers clear AA the second question takes the word of one") {
  IteratingHost home;
  serve_two(home);
  home.host("192.0.2.2").faults.not_authoritative = true;
  CHECK(home.ask_and_wait("first.example.").records() == 1);
  const auto before = home.sent();
  for (int i = 0; i < 10; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
  CHECK(home.sent() == before + 10);
  CHECK(home.quiet());
}

TEST_CASE("an answer without AA waits for a server whose address is looked up") {
  IteratingHost home;
  home.serve("hoster.", "dns 300 A 192.0.2.2\n", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS ns1\n@ 300 NS dns.hoster.\nns1 300 A 192.0.2.1\n* 300 A 192.0.2.80\n",
             {"192.0.2.1", "192.0.2.2"});
  home.host("192.0.2.1").faults.not_authoritative = true;
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.2") == 1);
  const auto before = home.sent_to("192.0.2.1");
  CHECK(home.ask_and_wait("n1.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.1") == before);
  CHECK(home.quiet());
}
