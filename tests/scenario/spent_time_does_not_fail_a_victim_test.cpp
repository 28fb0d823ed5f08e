// The time of one question is spent with an attacker's slow servers, and its aliases end at the victim.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/costly_zones.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Name;
using wire::Type;

namespace {

// Eight aliases of about a second each; the last takes `longer` on its way.
void serve_slow_aliases(test::IteratingHost& home, std::string_view end, wire::Duration longer) {
  constexpr int kLinks = 8;
  for (int i = 0; i < kLinks; ++i) {
    const auto target = i + 1 == kLinks ? std::string(end) : fmt::format("www.z{}.", i + 1);
    const auto server = fmt::format("10.1.0.{}", i + 1);
    home.serve(fmt::format("z{}.", i), fmt::format("www 300 CNAME {}\n", target), {server});
    home.host(server).link.delay = i + 1 == kLinks ? longer / 2 : wire::Duration{600ms};
  }
}

constexpr wire::Duration kStep = 50ms;
constexpr wire::Duration kLongest = 1'450ms;

}  // namespace

TEST_CASE("a name reached with no time left does not fail for others") {
  int failed = 0;
  for (wire::Duration longer = kStep; longer <= kLongest; longer += kStep) {
    test::IteratingHost home;
    home.serve("victim.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
    home.host("192.0.2.1").link.delay = 150ms;
    serve_slow_aliases(home, "www.victim.", longer);
    test::ask_to_the_end(home, {Name::literal("www.z0"), Type::A});
    failed += home.failures.seen.empty() ? 0 : 1;
    CAPTURE(longer.count());
    CHECK(home.ask_and_wait("www.victim.").records() == 1);
    CHECK(home.quiet());
  }
  CHECK(failed > 0);
  CHECK(failed < 29);
}

TEST_CASE("a signed zone reached with no time left does not fail for others") {
  int failed = 0;
  for (wire::Duration longer = kStep; longer <= kLongest; longer += kStep) {
    test::SignedHost home;
    home.serve_signed("test", "", {"192.0.2.10"});
    home.serve_signed("victim.test", "www 300 A 192.0.2.80\n", {"192.0.2.11"});
    home.serve_signed("good.test", "www 300 A 192.0.2.82\n", {"192.0.2.12"});
    home.host("192.0.2.10").link.delay = 150ms;
    home.host("192.0.2.11").link.delay = 150ms;
    serve_slow_aliases(home, "www.victim.test.", longer);
    test::ask_to_the_end(home, {Name::literal("www.z0"), Type::A});
    failed += home.failures.seen.empty() ? 0 : 1;
    CAPTURE(longer.count());
    CHECK(test::secure(home.ask_and_wait("www.good.test")));
    CHECK(test::secure(home.ask_and_wait("www.victim.test")));
    CHECK(home.quiet());
  }
  CHECK(failed > 0);
  CHECK(failed < 29);
}

TEST_CASE("a hoster's server looked up with no time left serves its other zones") {
  for (wire::Duration longer = kStep; longer <= kLongest; longer += kStep) {
    test::IteratingHost home;
    home.serve("hoster.", "ns 300 A 192.0.2.3\n", {"192.0.2.2"});
    home.host("192.0.2.2").link.delay = 150ms;
    home.serve("shop.", "@ 300 NS ns.hoster.\nwww 300 A 192.0.2.80\n", {"192.0.2.3"});
    home.serve("bad.", "@ 300 NS ns.hoster.\nwww 300 A 192.0.2.66\n", {"192.0.2.3"});
    serve_slow_aliases(home, "www.bad.", longer);
    test::ask_to_the_end(home, {Name::literal("www.z0"), Type::A});
    CAPTURE(longer.count());
    CHECK(home.ask_and_wait("www.shop.").records() == 1);
    CHECK(home.quiet());
  }
}
