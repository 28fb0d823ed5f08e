// A server drops names in random case. When the route to it goes, nothing more is sent to compare the cases.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr std::string_view kServer = "2001:db8::1";

[[nodiscard]] std::string name(unsigned number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

}  // namespace

TEST_CASE("the comparison after a silence is not begun when the route is gone") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {kServer});
  home.host(kServer).faults.compares_case = sim::CaseSaid::Silence;
  for (unsigned i = 0; i < upstream::kSilencesBeforeComparison; ++i)
    CHECK(test::got_address(home.ask_and_wait(name(i)), "192.0.2.80"));
  const auto before = home.sent_to(kServer);
  const auto& client = home.ask(name(9));
  // The question in random case, and then the one in plain case, whose reply is on its way.
  home.network.run_until([&] { return home.sent_to(kServer) == before + 2; });
  home.network.set_route(wire::Family::V6, false);
  home.network.run_until([&] { return client.got.has_value(); });
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(home.sent_to(kServer) == before + 2);
  CHECK(home.network.started_without_route(wire::Family::V6) == 0);
  CHECK(home.quiet());
}
