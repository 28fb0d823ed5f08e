// What proves that a server compares names without case (decision 016), and what does not.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "tests/support/query_maker.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kTld = "192.0.2.9";
constexpr std::string_view kShared = "192.0.2.1";
constexpr auto kVictimName = "some-quite-long-name-with-letters.victim.tld.";
constexpr auto kVictimZone = "some-quite-long-name-with-letters 300 A 192.0.2.80\n";

[[nodiscard]] bool has_capital_below(const wire::Name& name, std::size_t zone_labels) {
  auto left = name.label_count();
  const auto bytes = name.wire();
  for (std::size_t at = 0; left > zone_labels; --left) {
    for (std::size_t i = at + 1; i <= at + bytes[at]; ++i)
      if (bytes[i] >= 'A' && bytes[i] <= 'Z') return true;
    at += 1 + bytes[at];
  }
  return false;
}

// Finds the zone without case, and compares the labels below it with case. All names in evil.tld. are matched
// by a wildcard, a DNAME or a cut, which compares no label with a capital letter.
[[nodiscard]] sim::Script compares_below_zone() {
  return [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!question.name.is_within(wire::Name::literal("victim.tld."))) return std::nullopt;
    if (!has_capital_below(question.name, 2)) return std::nullopt;
    return test::denying("victim.tld.");
  };
}

// The server of victim.tld. serves other zones as well.
struct SharedServer : IteratingHost {
  explicit SharedServer(const test::IteratingSetup& setup = {}) : IteratingHost(setup) {
    serve("tld.", "", {kTld});
    serve("victim.tld.", kVictimZone, {kShared});
    host(kShared).script = compares_below_zone();
  }
};

}  // namespace

TEST_CASE("without an attacker the name of the server that compares with case is found") {
  SharedServer home;
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}

TEST_CASE("a wildcard of another zone on the server is no proof that it compares without case") {
  SharedServer home;
  home.serve("evil.tld.", "* 300 A 192.0.2.66\n", {kShared});
  CHECK(test::got_address(home.ask_and_wait("some-label-of-the-attacker.evil.tld."), "192.0.2.66"));
  // Otherwise all clients would get NXDOMAIN for this name, for four hours.
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
  home.network.advance(3h);
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}

TEST_CASE("sloppy data (no AA, out of a resolver's cache) of an attacker's zone is no proof either") {
  SharedServer home;
  // An attacker delegates a zone to the server of others, which recurses.
  home.serve("evil.tld.", "", {kShared});
  auto compares = compares_below_zone();
  home.host(kShared).script = [compares](const wire::Question& question) {
    if (question.name == wire::Name::literal("some-label-of-the-attacker.evil.tld."))
      return std::optional(
          test::referring({.answer = "some-label-of-the-attacker.evil.tld. 300 A 192.0.2.66\n"}));
    return compares(question);
  };
  home.ask_and_wait("some-label-of-the-attacker.evil.tld.");
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}

TEST_CASE("a referral with capitals below the cut only is no proof") {
  upstream::UpstreamSettings settings;
  settings.qname_minimisation = false;
  SharedServer home({.settings = settings});
  home.serve("evil.tld.", "", {kShared});
  home.serve("1.evil.tld.", "* 300 A 192.0.2.66\n", {"192.0.2.66"});
  CHECK(test::got_address(home.ask_and_wait("some-label-of-the-attacker.1.evil.tld."), "192.0.2.66"));
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}

TEST_CASE("a DNAME with capitals below its owner only is no proof") {
  SharedServer home;
  home.serve("evil.tld.", "1 300 DNAME other.tld.\n", {kShared});
  home.ask_and_wait("some-label-of-the-attacker.1.evil.tld.");
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}

TEST_CASE("after the hour in plain case a wildcard does not hide the names of the other zone") {
  SharedServer home;
  home.serve("evil.tld.", "* 300 A 192.0.2.66\n", {kShared});
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
  home.network.advance(61min);
  home.ask_and_wait("some-label-of-the-attacker.evil.tld.");
  CHECK(test::got_address(home.ask_and_wait(kVictimName), "192.0.2.80"));
}
