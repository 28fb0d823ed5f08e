#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

struct Rich : test::SignedHost {
  const std::size_t zone =
      serve_signed("test", "www 300 A 192.0.2.80\nwww 300 TXT hello\nwww 300 AAAA 2001:db8::1\n", {kServer});
};

}  // namespace

TEST_CASE("an answer to ANY is secure when each part of it is, and bogus when one is not") {
  Rich home;
  const auto& client = home.ask_and_wait("www.test", Type::ANY);
  CHECK(test::secure(client));
  CHECK(test::has(client, Type::A, "192.0.2.80"));
  CHECK(test::has(client, Type::TXT, "hello"));
  home.spoil(home.zone, "www.test", Type::TXT, sim::bad_signature());
  home.network.advance(std::chrono::seconds{400});
  const auto& spoilt = home.ask_and_wait("www.test", Type::ANY);
  CHECK(test::fails_with(spoilt, wire::Ede::DnssecBogus));
  CHECK_THAT(test::reason(spoilt), Catch::Contains("www.test. TXT"));
}
