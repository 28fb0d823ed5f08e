#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"
#include "tests/support/many_signatures.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedHost;
using wire::Type;

namespace {

// www.z0.test. -> ... -> www.z11.test., each link with one bad signature in front of the good one.
void serve_costly_chain(SignedHost& home) {
  home.serve_signed("test", "", {"192.0.2.100"});
  for (int i = 0; i <= 11; ++i) {
    const auto next = fmt::format("www 300 CNAME www.z{}.test.\n", i + 1);
    const auto text = i < 11 ? next : "www 300 A 192.0.2.80\n";
    const auto apex = fmt::format("z{}.test", i);
    const auto server = fmt::format("192.0.2.{}", i + 1);
    const auto zone = home.serve_signed(apex, text, {server});
    home.spoil(zone, "www." + apex, i < 11 ? Type::CNAME : Type::A, test::with_bad_signatures_first(1));
  }
}

}  // namespace

TEST_CASE("what was checked before a question ran into its limit is not checked again for the next") {
  SignedHost home;
  serve_costly_chain(home);
  const auto& first = home.ask_and_wait("www.z0.test");
  CHECK(test::fails_with(first, wire::Ede::DnssecIndeterminate));
  CHECK_THAT(test::reason(first), Catch::Contains("more checks than one question may cost"));
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks);
  home.network.advance(1s);
  const auto packets = home.sent_to("192.0.2.2");
  const auto& second = home.ask_and_wait("www.z0.test");
  CHECK(test::secure(second));
  CHECK(second.records() == 12);
  CHECK(home.sent_to("192.0.2.2") == packets);
  // The first link is asked for again, to see whether the failure has ended.
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks + 6);
  CHECK(home.quiet());
}

TEST_CASE("a limit that one question ran into is no fault of the zone: its other names are well at once") {
  SignedHost home;
  serve_costly_chain(home);
  CHECK(home.ask_and_wait("www.z0.test").servfail());
  for (int i = 0; i <= 11; ++i) CHECK(test::secure(home.ask_and_wait(fmt::format("ns1.z{}.test", i))));
  CHECK(home.quiet());
}
