// A question with little budget left looks up the keys of a zone: the trust of other questions must not
// depend on it.
#include <catch2/catch.hpp>

#include "tests/support/costly_zones.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using cache::View;
using wire::Type;

namespace {

struct Victim : test::SignedHost {
  Victim() {
    serve_signed("test", "", {"192.0.2.10"});
    serve_signed("victim.test", "www 300 A 192.0.2.80\nmail 300 A 192.0.2.81\n", {"192.0.2.11"});
    serve_signed("good.test", "www 300 A 192.0.2.82\n", {"192.0.2.12"});
  }
  [[nodiscard]] bool all_well() {
    return test::secure(ask_and_wait("www.victim.test")) && test::secure(ask_and_wait("mail.victim.test")) &&
           test::secure(ask_and_wait("www.good.test"));
  }
};

}  // namespace

TEST_CASE("questions for keys behind costly aliases do not make a zone fail for those who validate") {
  for (const auto view : {View::Unchecked, View::Checked}) {
    for (const auto type : {Type::DNSKEY, Type::DS}) {
      for (int packets = test::kLeavesNone - 6; packets <= test::kLeavesNone; ++packets) {
        Victim home;
        const auto attack = test::serve_costly_aliases(home, {packets, "victim.test."}, type);
        test::ask_to_the_end(home, attack, view);
        CAPTURE(packets, view, type);
        CHECK(home.all_well());
        CHECK(home.quiet());
      }
    }
  }
}

TEST_CASE("keys first looked up with no packets left are found by the next question") {
  for (int packets = test::kLeavesPlenty; packets <= test::kLeavesNone; ++packets) {
    Victim home;
    test::ask_to_the_end(home, test::serve_costly_aliases(home, {packets, "www.victim.test."}));
    CAPTURE(packets);
    CHECK(home.all_well());
    CHECK(home.quiet());
  }
}

TEST_CASE("a top-level domain whose keys expire at that moment does not fail for others") {
  for (int packets = test::kLeavesPlenty; packets <= test::kLeavesNone; ++packets) {
    Victim home;
    CHECK(home.all_well());
    home.network.advance(86'401s);
    test::ask_to_the_end(home, test::serve_costly_aliases(home, {packets, "www.victim.test."}));
    CAPTURE(packets);
    CHECK(home.all_well());
    CHECK(home.quiet());
  }
}
