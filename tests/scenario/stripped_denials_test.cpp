#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Ede;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kText = "www 300 A 192.0.2.80\nx.ent 300 TXT deep\n";

struct Stripping : test::SignedHost {
  Stripping(sim::DenialForm denial, bool soa_too) {
    serve_signed("test", kText, {kServer}, {.denial = denial});
    host(kServer).script = [this, soa_too](const wire::Question& question) {
      auto answer = world.honest(host(kServer), question);
      std::erase_if(answer.authority, [soa_too](const wire::RRset& rrset) {
        return rrset.type == Type::NSEC || rrset.type == Type::NSEC3 || soa_too;
      });
      return answer;
    };
  }
};

}  // namespace

TEST_CASE("a denial without NSEC or NSEC3 is bogus for want of them, and nothing of it is told") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3, sim::DenialForm::Compact);
  Stripping home(denial, false);
  const auto& none = home.ask_and_wait("none.test");
  CHECK(test::fails_with(none, Ede::NsecMissing));
  CHECK_THAT(test::reason(none), Catch::Contains("none.test. A"));
  CHECK(test::last_flaw(home) == dnssec::Flaw::DenialMissing);
  CHECK(test::fails_with(home.ask_and_wait("www.test", Type::MX), Ede::NsecMissing));
  CHECK(test::fails_with(home.ask_and_wait("ent.test", Type::TXT), Ede::NsecMissing));
  CHECK(test::secure(home.ask_and_wait("www.test")));
  CHECK(home.quiet());
}

TEST_CASE("an empty answer is no better") {
  Stripping home(sim::DenialForm::Nsec, true);
  CHECK(test::fails_with(home.ask_and_wait("www.test", Type::MX), Ede::NsecMissing));
  CHECK(home.ask_and_wait("none.test").servfail());
}
