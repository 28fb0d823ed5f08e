#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// example. is served by 192.0.2.1 alone, which says this without AA.
void say(IteratingHost& home, wire::Answer said) {
  home.serve("example.", "", {"192.0.2.1"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
  said.authoritative = false;
  home.host("192.0.2.1").script = test::always(std::move(said));
}

[[nodiscard]] wire::Answer denial_without_soa(wire::Rcode rcode) {
  wire::Answer answer;
  answer.rcode = rcode;
  return answer;
}

}  // namespace

TEST_CASE("without AA a denial needs the zone's SOA") {
  for (const auto rcode : {wire::Rcode::NoError, wire::Rcode::NxDomain}) {
    IteratingHost home;
    say(home, denial_without_soa(rcode));
    CHECK(home.ask_and_wait("www.example.").servfail());
    CHECK(home.sent_to("192.0.2.1") <= 2);
    CHECK(home.quiet());
  }
  IteratingHost home;
  say(home, test::denying("."));
  CHECK(home.ask_and_wait("www.example.").servfail());
  CHECK(home.quiet());
}

TEST_CASE("without AA records of other names answer nothing, and upward referrals lead nowhere") {
  for (const test::Sections& said : {test::Sections{.answer = "www.test. 300 A 10.6.6.6\n"},
                                     test::Sections{.answer = "other.example. 300 A 10.6.6.6\n"},
                                     test::Sections{.answer = "www.example. 300 TXT \"x\"\n"},
                                     test::Sections{.authority = ". 300 NS a.root-servers.net.\n"},
                                     test::Sections{.authority = "example. 300 NS ns1.example.\n"}}) {
    IteratingHost home;
    say(home, test::referring(said));
    CHECK(home.ask_and_wait("www.example.").servfail());
    CHECK(test::got_address(home.ask_and_wait("www.test."), "192.0.2.81"));
    CHECK(home.quiet());
  }
}

TEST_CASE("without AA an alias is believed for its own name, not for where it leads") {
  IteratingHost home;
  say(home, test::referring({.answer = "www.example. 300 CNAME www.test.\nwww.test. 300 A 10.6.6.6\n"}));
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("www.test."), "192.0.2.81"));
  CHECK(home.quiet());
}

TEST_CASE("an answer without AA beside a referral is the referral") {
  IteratingHost home;
  home.serve("sub.example.", "", {"192.0.2.3"}, test::Delegated::No);
  home.world.zone(1).add("www 300 A 192.0.2.80\n");
  say(home, test::referring({.answer = "www.sub.example. 300 A 10.6.6.6\n",
                             .authority = "sub.example. 300 NS ns1.sub.example.\n",
                             .additional = "ns1.sub.example. 300 A 192.0.2.3\n"}));
  CHECK(test::got_address(home.ask_and_wait("www.sub.example."), "192.0.2.80"));
  CHECK(home.quiet());
}
