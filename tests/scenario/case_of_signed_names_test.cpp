#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
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
