#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr auto kNames =
    "@ 300 NS ns1\n@ 300 NS ns2\nns1 300 A 192.0.2.1\nns2 300 A 192.0.2.2\n* 300 A 192.0.2.80\n";

// All ways of not serving a zone that one should serve.
constexpr bool sim::Faults::* kLame[] = {&sim::Faults::lame, &sim::Faults::upward_referral,
                                         &sim::Faults::not_authoritative, &sim::Faults::notimp};

// The first server is lame in one of these ways; upward referrals come from servers without the zone.
void make_lame(IteratingHost& home, bool sim::Faults::* how) {
  auto& host = home.host("192.0.2.1");
  host.faults.*how = true;
  if (how == &sim::Faults::upward_referral) host.zones.clear();
}

}  // namespace

TEST_CASE("a lame server costs one packet, and is then left alone while another serves the zone") {
  for (const auto how : kLame) {
    IteratingHost home;
    home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2"});
    make_lame(home, how);
    for (int i = 0; i < 20; ++i)
      CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
    CHECK(home.sent_to("192.0.2.1") <= 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a server that is lame for one zone is not for another") {
  IteratingHost home;
  home.serve("example.", kNames, {"192.0.2.1", "192.0.2.2"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.1"});
  std::erase(home.host("192.0.2.1").zones, 1U);
  for (int i = 0; i < 8; ++i) CHECK(home.ask_and_wait("n" + std::to_string(i) + ".example.").records() == 1);
  CHECK(home.ask_and_wait("www.test.").records() == 1);
  CHECK(home.quiet());
}
