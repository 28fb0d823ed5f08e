#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr std::string_view kEvil = "10.6.6.6";

// tld. with evil.tld., whose server answers everything with this, and bank.tld.
void serve_neighbours(IteratingHost& home, const test::Sections& referral) {
  home.serve("tld.", "", {"192.0.2.9"});
  home.serve("evil.tld.", "", {"192.0.2.1"});
  home.serve("bank.tld.", "* 300 A 192.0.2.81\n", {"192.0.2.2"});
  home.host("192.0.2.1").script = test::always(test::referring(referral));
}

}  // namespace

TEST_CASE("a referral upward, sideways or to the zone itself is no way to go, and costs one packet") {
  for (const std::string zone : {".", "tld.", "bank.tld.", "evil.tld.", "other.evil.tld.", "www.tld."}) {
    IteratingHost home;
    const auto servers = zone + " 86400 NS ns1.bank.tld.\n";
    serve_neighbours(home, {.authority = servers, .additional = "ns1.bank.tld. 86400 A 10.6.6.6\n"});
    CHECK(home.ask_and_wait("www.evil.tld.").servfail());
    CHECK(home.sent_to("192.0.2.1") <= 2);
    CHECK(home.sent() <= 6);
    CHECK(test::got_address(home.ask_and_wait("ns1.bank.tld."), "192.0.2.2"));
    CHECK(home.sent_to(kEvil) == 0);
    CHECK(home.quiet());
  }
}

TEST_CASE("addresses for servers outside the zone that refers are neither asked nor kept") {
  IteratingHost home;
  serve_neighbours(home, {.authority = "www.evil.tld. 86400 NS ns1.bank.tld.\n",
                          .additional = "ns1.bank.tld. 86400 A 10.6.6.6\n"});
  CHECK(home.ask_and_wait("www.evil.tld.").servfail());  // the true ns1.bank.tld. does not serve it
  CHECK(home.sent_to("192.0.2.2") <= 5);                 // both addresses of ns1, questions in two cases
  CHECK(test::got_address(home.ask_and_wait("ns1.bank.tld."), "192.0.2.2"));
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.quiet());
}

TEST_CASE("addresses of a referral that belong to no server of it are not kept") {
  IteratingHost home;
  home.serve("tld.", "ns 300 A 192.0.2.7\n", {"192.0.2.9"});
  home.serve("bank.tld.", "* 300 A 192.0.2.81\n", {"192.0.2.2"});
  home.host("192.0.2.9").script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.name == wire::Name::literal("ns.tld.")) return std::nullopt;
    return test::referring({.authority = "bank.tld. 300 NS ns1.bank.tld.\n",
                            .additional = "ns1.bank.tld. 300 A 192.0.2.2\nns.tld. 300 A 10.6.6.6\n"});
  };
  CHECK(test::got_address(home.ask_and_wait("www.bank.tld."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("ns.tld."), "192.0.2.7"));
  CHECK(home.quiet());
}
