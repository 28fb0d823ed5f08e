// An attacker's zones name a hosting provider's server, whose address is looked for with hardly a packet
// left, or at the greatest depth.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/costly_zones.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Name;
using wire::Type;

namespace {

// The hoster's server is named without glue: in a zone of another top-level domain.
void serve_shop(IteratingHost& home) {
  home.serve("net.", "", {"192.0.2.1"});
  home.serve("hoster.net.", "ns 300 A 192.0.2.3\n", {"192.0.2.2"});
  home.serve("shop.", "@ 300 NS ns.hoster.net.\nwww 300 A 192.0.2.80\n", {"192.0.2.3"});
}

}  // namespace

TEST_CASE("a hoster's server looked up with no packets left serves its other zones") {
  int failed = 0;
  for (int packets = test::kLeavesPlenty; packets <= test::kLeavesNone; ++packets) {
    IteratingHost home;
    serve_shop(home);
    home.serve("bad.", "@ 300 NS ns.hoster.net.\nwww 300 A 192.0.2.66\n", {"192.0.2.3"});
    test::ask_to_the_end(home, test::serve_costly_aliases(home, {packets, "www.bad."}));
    failed += home.failures.seen.empty() ? 0 : 1;
    CAPTURE(packets);
    CHECK(home.ask_and_wait("www.shop.").records() == 1);
    CHECK(home.quiet());
  }
  CHECK(failed >= 5);
}

TEST_CASE("a hoster's server that was too far away for one question serves its other zones") {
  for (int zones = 1; zones <= 10; ++zones) {
    IteratingHost home;
    serve_shop(home);
    for (int i = 0; i < zones; ++i) {
      const auto server = i + 1 == zones ? "ns.hoster.net." : fmt::format("ns.z{}.", i + 1);
      const auto text = fmt::format("@ 300 NS {}\nns 300 A 192.0.2.3\nwww 300 A 192.0.2.66\n", server);
      home.serve(fmt::format("z{}.", i), text, {"192.0.2.3"});
    }
    test::ask_to_the_end(home, {Name::literal("www.z0"), Type::A});
    CAPTURE(zones);
    CHECK(home.ask_and_wait("www.shop.").records() == 1);
    CHECK(home.quiet());
  }
}
