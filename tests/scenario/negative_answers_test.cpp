#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Rcode;
using wire::Type;

TEST_CASE("a denial with SOA is kept, one without is passed on and asked for again") {
  for (const bool without_soa : {false, true}) {
    IteratingHost home;
    home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
    home.host("192.0.2.1").faults.no_soa = without_soa;
    const auto ask_both = [&home] {
      CHECK(home.ask_and_wait("gone.example.").got->answer.rcode == Rcode::NxDomain);
      const auto& no_data = home.ask_and_wait("www.example.", Type::MX);
      CHECK(no_data.noerror());
      CHECK(no_data.records() == 0);
    };
    CHECK(home.ask_and_wait("www.example.").records() == 1);  // it compares names without case
    ask_both();
    CHECK(home.sent_to("192.0.2.1") == 3);
    ask_both();
    CHECK(home.sent_to("192.0.2.1") == (without_soa ? 5 : 3));
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("a wildcard answers for names that do not exist, not for those above which something does") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.7\nreal.sub 300 A 192.0.2.8\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("any.example.").records() == 1);
  CHECK(home.ask_and_wait("deep.any.example.").records() == 1);
  CHECK(home.ask_and_wait("any.example.", Type::MX).noerror());
  CHECK(home.ask_and_wait("other.sub.example.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.quiet());
}

TEST_CASE("an empty non-terminal exists without any type") {
  IteratingHost home;
  home.serve("example.", "a.b.c 300 A 192.0.2.7\n", {"192.0.2.1"});
  const auto& empty = home.ask_and_wait("b.c.example.");
  CHECK(empty.noerror());
  CHECK(empty.records() == 0);
  CHECK(home.ask_and_wait("a.b.c.example.").records() == 1);
  CHECK(home.quiet());
}
