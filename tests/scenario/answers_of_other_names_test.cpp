#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

// evil. answers this about www.evil.; bank. is honest.
void serve(IteratingHost& home, std::string_view answer) {
  home.serve("evil.", "", {"192.0.2.1"});
  home.serve("bank.", "* 300 A 192.0.2.81\n", {"192.0.2.2"});
  home.host("192.0.2.1").script = test::about("www.evil.", test::saying({.answer = answer}));
}

void expect_honest_bank(IteratingHost& home) {
  CHECK(test::got_address(home.ask_and_wait("www.bank."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("ns1.bank."), "192.0.2.2"));
  CHECK(home.sent_to("10.6.6.6") == 0);
  CHECK(home.quiet());
}

}  // namespace

TEST_CASE("records of other owners beside the answer are dropped") {
  IteratingHost home;
  serve(home,
        "www.evil. 300 A 192.0.2.80\nwww.bank. 86400 A 10.6.6.6\nns1.bank. 86400 A 10.6.6.6\n"
        "bank. 86400 NS www.evil.\nother.evil. 86400 A 10.6.6.6\nbank. 86400 DNAME evil.\n");
  const auto& client = home.ask_and_wait("www.evil.");
  CHECK(client.records() == 1);
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(home.ask_and_wait("other.evil.").got->answer.rcode == wire::Rcode::NxDomain);
  expect_honest_bank(home);
}

TEST_CASE("a DNAME above the server's own zone redirects nothing") {
  IteratingHost home;
  serve(home, ". 86400 DNAME evil.\nwww.evil. 300 CNAME www.evil.evil.\nbank. 86400 DNAME evil.\n");
  const auto& client = home.ask_and_wait("www.evil.");
  CHECK(client.got->answer.rcode == wire::Rcode::NxDomain);  // the CNAME alone is the server's to say
  CHECK(client.records() == 1);
  expect_honest_bank(home);
}

TEST_CASE("an answer of other names only is no answer") {
  IteratingHost home;
  serve(home, "www.bank. 86400 A 10.6.6.6\n");
  CHECK(home.ask_and_wait("www.evil.").servfail());
  CHECK(home.sent() <= 8);
  expect_honest_bank(home);
}
