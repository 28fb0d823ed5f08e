#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Name;

namespace {

[[nodiscard]] bool is_denied(const test::Client& client) {
  return client.got->answer.rcode == wire::Rcode::NxDomain;
}
void serve_three_levels(IteratingHost& home) {
  home.serve("tld.", "", {"192.0.2.9"});
  home.serve("example.tld.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.serve("sub.example.tld.", "* 300 A 192.0.2.81\n", {"192.0.2.2"});
}

}  // namespace

TEST_CASE("a zone that denies its own apex keeps its names") {
  IteratingHost home;
  serve_three_levels(home);
  home.host("192.0.2.2").script = test::about("sub.example.tld.", test::denying("sub.example.tld."));
  CHECK(test::got_address(home.ask_and_wait("a.sub.example.tld."), "192.0.2.81"));
  CHECK(is_denied(home.ask_and_wait("sub.example.tld.")));
  CHECK(test::got_address(home.ask_and_wait("a.sub.example.tld."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("b.sub.example.tld."), "192.0.2.81"));
  CHECK(home.sent() == 7);
  CHECK(home.quiet());
}

TEST_CASE("a denial by the parent's server that names are no delegation of ends nothing but itself") {
  IteratingHost home;
  serve_three_levels(home);
  CHECK(test::got_address(home.ask_and_wait("a.sub.example.tld."), "192.0.2.81"));
  home.host("192.0.2.1").script = test::about("sub.example.tld.", test::denying("example.tld."));
  CHECK(is_denied(home.ask_and_wait("sub.example.tld.", wire::Type::DS)));
  CHECK(test::got_address(home.ask_and_wait("a.sub.example.tld."), "192.0.2.81"));
  CHECK(test::got_address(home.ask_and_wait("b.sub.example.tld."), "192.0.2.81"));
  CHECK(home.quiet());
}

TEST_CASE("a zone cannot deny its parent or its neighbours") {
  IteratingHost home;
  serve_three_levels(home);
  for (const std::string zone : {"tld.", "example.tld.", "."}) {
    const auto name = fmt::format("n{}.sub.example.tld.", zone.size());
    home.host("192.0.2.2").script = test::about(name, test::denying(zone));
    CHECK(is_denied(home.ask_and_wait(name)));
    CHECK(home.cache.find_subtree_denial(Name::literal(zone), home.network.now()) == nullptr);
    CHECK(home.cache.find_subtree_denial(Name::literal("sub.example.tld."), home.network.now()) == nullptr);
    CHECK(test::got_address(home.ask_and_wait(fmt::format("m{}.example.tld.", zone.size())), "192.0.2.80"));
  }
  CHECK(home.sent() == 13);  // three of them to see whether the server compares names with case
  CHECK(home.quiet());
}
