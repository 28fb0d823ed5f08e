#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using sim::CaseSaid;

TEST_CASE("upper and lower case make no difference to what is signed") {
  test::SignedHost home;
  home.serve_signed("TEST", "", {"192.0.2.1"});
  home.serve_signed("eXample.TEST",
                    "WWW 300 A 192.0.2.80\nto 300 CNAME Www\n*.Wild 300 A 192.0.2.81\n"
                    "mail 300 MX 10 WWW.Example.test.\nOLD 300 DNAME Wild\n",
                    {"192.0.2.2"}, {.denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3)});
  for (const auto* name : {"www.example.test", "wWw.ExAmPlE.tEsT", "TO.example.test", "X.wild.EXAMPLE.test",
                           "x.old.example.test"}) {
    const auto& client = home.ask_and_wait(name);
    CAPTURE(name, test::reason(client));
    CHECK(test::secure(client));
  }
  CHECK(test::secure(home.ask_and_wait("MAIL.example.test", wire::Type::MX)));
  const auto& none = home.ask_and_wait("NONE.example.TEST");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
}

// Such a server denies names with capitals without a signature. Its signed denial in plain case is worth
// more.
TEST_CASE("signed denials of a server that compares with case are used, for missing names and missing DS") {
  const auto said = GENERATE(CaseSaid::NxDomain, CaseSaid::NoData);
  const bool has_tcp = GENERATE(true, false);
  INFO("says " << static_cast<int>(said) << ", TCP " << has_tcp);
  test::SignedHost home;
  home.serve_signed("test", "", {"192.0.2.1"});
  home.serve_signed("some-zone.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  home.serve("plain-and-unsigned.some-zone.test", "www 300 A 192.0.2.81\n", {"192.0.2.3"});
  home.host("192.0.2.2").faults.compares_case = said;
  home.host("192.0.2.2").faults.no_tcp = !has_tcp;
  const auto& missing = home.ask_and_wait("none-with-letters.some-zone.test");
  CAPTURE(test::reason(missing));
  CHECK(missing.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(missing.got->answer.authentic);
  const auto& unsigned_one = home.ask_and_wait("www.plain-and-unsigned.some-zone.test");
  CAPTURE(test::reason(unsigned_one));
  CHECK(unsigned_one.noerror());
  CHECK(unsigned_one.records() == 1);
}
