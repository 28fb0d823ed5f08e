#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

struct Moved : test::SignedHost {
  const std::size_t test = serve_signed(
      "test", "old 300 DNAME new\nwww.new 300 A 192.0.2.80\nplain 300 DNAME unsigned\n", {kServer});
  const std::size_t plain = serve("unsigned.test", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
};

}  // namespace

TEST_CASE("the alias that a secure DNAME makes is secure, and its end is judged by itself") {
  Moved home;
  const auto& client = home.ask_and_wait("www.old.test");
  CHECK(test::secure(client));
  CHECK(test::has(client, Type::CNAME, "www.new.test."));
  CHECK(test::secure(home.ask_and_wait("www.old.test", Type::CNAME)));
  CHECK(test::secure(home.ask_and_wait("old.test", Type::DNAME)));
  CHECK(test::insecure(home.ask_and_wait("www.plain.test")));
}

TEST_CASE("a DNAME with a bad signature is bogus") {
  Moved home;
  home.spoil(home.test, "old.test", Type::DNAME, sim::bad_signature());
  const auto& client = home.ask_and_wait("www.old.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecBogus));
  CHECK_THAT(test::reason(client), Catch::Contains("old.test. DNAME"));
}
