// An equal denial in plain case proves nothing: the name may not exist, or the server may not serve the zone.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/iterating_host.hpp"
#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using sim::CaseSaid;
using test::IteratingHost;
using test::ResolvingHost;

namespace {

constexpr auto kWrong = {CaseSaid::NxDomain, CaseSaid::NoData, CaseSaid::Refused, CaseSaid::ServFail};
constexpr auto kOneName = "some-quite-long-name-with-letters-1 300 A 192.0.2.80\n";
constexpr std::string_view kExactServer = "192.0.2.1";
constexpr int kTypos = 40;

[[nodiscard]] std::string numbered(int number, std::string_view zone = "example.") {
  return fmt::format("some-quite-long-name-with-letters-{}.{}", number, zone);
}

}  // namespace

TEST_CASE("denials of missing names do not stop the case check for existing names of the same server") {
  for (const auto said : kWrong) {
    INFO("says " << static_cast<int>(said));
    IteratingHost home;
    home.serve("example.", kOneName, {kExactServer});
    home.host(kExactServer).faults.compares_case = said;
    for (int typo = 2; typo < 2 + kTypos; ++typo) home.ask_and_wait(numbered(typo));
    CHECK(test::got_address(home.ask_and_wait(numbered(1)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE("denials of missing names do not stop the case check for existing names behind a forwarder") {
  for (const auto said : kWrong) {
    INFO("says " << static_cast<int>(said));
    ResolvingHost home({test::kFirst});
    home.world.add_zone("example.", kOneName);
    home.host(test::kFirst).faults.compares_case = said;
    for (int typo = 2; typo < 2 + kTypos; ++typo) home.ask_and_wait(numbered(typo));
    CHECK(test::got_address(home.ask_and_wait(numbered(1)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}

TEST_CASE("a lame delegation to a server does not hide names of the zones that it serves") {
  IteratingHost home;
  home.serve("example.", kOneName, {kExactServer});
  home.serve("lame.", kOneName, {kExactServer});
  auto& faults = home.host(kExactServer).faults;
  faults.compares_case = CaseSaid::NxDomain;
  faults.lame = true;
  home.ask_and_wait(numbered(1, "lame."));
  home.network.advance(5s);
  faults.lame = false;
  CHECK(test::got_address(home.ask_and_wait(numbered(1)), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("failures of one type use up no check of another") {
  for (const int questions : {1, 16, 40}) {
    INFO("questions " << questions);
    IteratingHost home;
    home.serve("example.", "* 300 A 192.0.2.80\n", {kExactServer});
    home.host(kExactServer).faults.compares_case = CaseSaid::Refused;
    home.host(kExactServer).faults.fails_no_data = true;
    for (int i = 0; i < questions; ++i) home.ask_and_wait(numbered(i), wire::Type::AAAA);
    CHECK(test::got_address(home.ask_and_wait(numbered(1)), "192.0.2.80"));
    CHECK(home.quiet());
  }
}
