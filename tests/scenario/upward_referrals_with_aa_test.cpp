// A server that does not serve a zone may refer to a zone above with AA set. That is no NODATA.
#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kOther = "192.0.2.2";
constexpr std::string_view kName = "some-quite-long-name-with-letters.child.tld.";
constexpr auto kRecords = "* 300 A 192.0.2.80\n* 300 MX 10 mail\n";

// child.tld. stands on both servers. The first says NOERROR, AA and these NS.
struct World {
  explicit World(std::string_view servers) {
    home.serve("tld.", "", {"192.0.2.9"});
    home.serve("child.tld.", kRecords, {kServer, kOther});
    home.host(kServer).script = test::always(test::saying({.authority = servers}));
  }
  IteratingHost home;
};

constexpr std::string_view kAbove[] = {". 300 NS a.root-servers.net.\n", "tld. 300 NS ns1.tld.\n"};

}  // namespace

TEST_CASE("with AA an upward referral of one server hides no record that another server has") {
  for (const auto servers : kAbove) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      World world(servers);
      auto& home = world.home;
      for (int i = 0; i < 10; ++i)
        CHECK(home.ask_and_wait("n" + std::to_string(i) + ".child.tld.", Type::MX).records() == 1);
      CHECK(home.sent_to(kServer) <= 1);
      CHECK(home.failures.seen.empty());
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("with AA an upward referral of all servers is SERVFAIL, costs a packet each, and is told") {
  for (const auto servers : kAbove) {
    World world(servers);
    auto& home = world.home;
    home.host(kOther).script = home.host(kServer).script;
    CHECK(home.ask_and_wait(kName).servfail());
    CHECK(home.sent_to(kServer) == 1);
    CHECK(home.sent_to(kOther) == 1);
    REQUIRE(home.failures.seen.size() == 1);
    CHECK(home.failures.seen[0].causes[0].complaint ==
          upstream::Complaint(upstream::Misbehaviour::UpwardReferral));
    CHECK(home.quiet());
  }
}

TEST_CASE("with AA the zone's own NS stand for the SOA of a denial") {
  World world("child.tld. 300 NS ns1.child.tld.\n");
  auto& home = world.home;
  home.host(kOther).script = home.host(kServer).script;
  const auto& client = home.ask_and_wait(kName);
  CHECK(client.noerror());
  CHECK(client.records() == 0);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("with AA the root's servers may name themselves in a denial of their own names") {
  IteratingHost home;
  home.host(test::kRoot).script =
      test::about(".", test::saying({.authority = ". 300 NS a.root-servers.net.\n"}));
  const auto& client = home.ask_and_wait(".", Type::TXT);
  CHECK(client.noerror());
  CHECK(client.records() == 0);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}
