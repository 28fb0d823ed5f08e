#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

TEST_CASE("a zone that says it does not exist has no say in whether it has a DS") {
  test::IteratingHost home;
  home.serve("test.", "kid 300 DS 12345 13 2 " + std::string(64, 'A') + "\n", {"192.0.2.1"});
  home.serve("kid.test.", "", {"192.0.2.2"});
  home.host("192.0.2.2").script = test::about("kid.test.", test::denying("kid.test."));
  CHECK(home.ask_and_wait("kid.test.", Type::MX).got->answer.rcode == Rcode::NxDomain);
  const auto& ds = home.ask_and_wait("kid.test.", Type::DS);
  CHECK(ds.noerror());
  CHECK(ds.records() == 1);
  CHECK(home.ask_and_wait("kid.test.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.quiet());
}
