#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr std::string_view kEvil = "10.6.6.6";

// The server at 192.0.2.1 adds records of the attacker's to all that it truly says.
void add_to_all(IteratingHost& home, const std::string& authority, const std::string& additional) {
  auto& server = home.host("192.0.2.1");
  server.script = [&home, &server, authority, additional](const wire::Question& question) {
    auto said = home.world.honest(server, question);
    const auto added = test::saying({.authority = authority, .additional = additional});
    std::ranges::copy(added.authority, std::back_inserter(said.authority));
    std::ranges::copy(added.additional, std::back_inserter(said.additional));
    return std::optional(said);
  };
}

void serve_neighbours(IteratingHost& home) {
  home.serve("tld.", "", {"192.0.2.9"});
  home.serve("evil.tld.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("bank.tld.", "* 300 A 192.0.2.81\n", {"192.0.2.2"});
  home.serve("sub.evil.tld.", "* 300 A 192.0.2.82\n", {"192.0.2.3"});
}

}  // namespace

TEST_CASE("servers named beside an answer are servers of nothing") {
  for (const std::string zone : {".", "tld.", "bank.tld.", "evil.tld.", "www.evil.tld."}) {
    IteratingHost home;
    serve_neighbours(home);
    add_to_all(home, zone + " 86400 NS ns1.bank.tld.\n" + zone + " 86400 NS ns.evil.tld.\n",
               "ns1.bank.tld. 86400 A 10.6.6.6\nns.evil.tld. 86400 A 10.6.6.6\n"
               "a.root-servers.net. 86400 A 10.6.6.6\n");
    CHECK(test::got_address(home.ask_and_wait("www.evil.tld."), "192.0.2.80"));
    CHECK(test::got_address(home.ask_and_wait("www.bank.tld."), "192.0.2.81"));
    CHECK(test::got_address(home.ask_and_wait("ns1.bank.tld."), "192.0.2.2"));
    CHECK(test::got_address(home.ask_and_wait("a.sub.evil.tld."), "192.0.2.82"));
    CHECK(home.sent_to(kEvil) == 0);
    CHECK(home.sent() <= 14);
    CHECK(home.quiet());
  }
}

TEST_CASE("a denial brings no servers either") {
  IteratingHost home;
  serve_neighbours(home);
  add_to_all(home, "bank.tld. 86400 NS ns.evil.tld.\n", "ns.evil.tld. 86400 A 10.6.6.6\n");
  CHECK(home.ask_and_wait("www.evil.tld.", wire::Type::MX).noerror());
  CHECK(test::got_address(home.ask_and_wait("www.bank.tld."), "192.0.2.81"));
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.quiet());
}
