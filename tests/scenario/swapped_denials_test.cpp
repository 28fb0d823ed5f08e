#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kText =
    "www 300 A 192.0.2.80\nx.ent 300 TXT deep\n*.wild 300 A 192.0.2.81\nto 300 CNAME www\n";

// Answers with what is honest for another question, or with another rcode.
struct Lying : test::SignedHost {
  explicit Lying(sim::DenialForm denial) { serve_signed("test", kText, {kServer}, {.denial = denial}); }

  const test::Client& ask_for(std::string_view name, Type type, Rcode rcode, std::string_view proof_of = {},
                              Type proof_type = Type::A) {
    const wire::Question told{wire::Name::literal(proof_of.empty() ? name : proof_of),
                              proof_of.empty() ? type : proof_type};
    host(kServer).script = [=, this, name = wire::Name::literal(name)](
                               const wire::Question& question) -> std::optional<wire::Answer> {
      if (!(question.name == name) || question.type != type) return std::nullopt;
      auto answer = world.honest(host(kServer), told);
      answer.answer.clear();
      answer.rcode = rcode;
      return answer;
    };
    return ask_and_wait(name, type);
  }
};

}  // namespace

TEST_CASE("no proof serves for another denial than its own") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  CAPTURE(static_cast<int>(denial));
  const auto bogus = [denial](auto&&... lie) {
    Lying home(denial);
    const auto& client = home.ask_for(lie...);
    return test::fails_with(client, wire::Ede::DnssecBogus) &&
           test::last_flaw(home) == dnssec::Flaw::DenialBroken;
  };
  CHECK(bogus("none.test", Type::A, Rcode::NoError));
  CHECK(bogus("www.test", Type::MX, Rcode::NxDomain));
  CHECK(bogus("ent.test", Type::TXT, Rcode::NxDomain));
  CHECK(bogus("www.test", Type::A, Rcode::NxDomain, "none.test"));
  CHECK(bogus("www.test", Type::A, Rcode::NoError, "www.test", Type::MX));
  CHECK(bogus("www.test", Type::A, Rcode::NoError, "none.test"));
  CHECK(bogus("x.wild.test", Type::A, Rcode::NxDomain, "none.test"));
  CHECK(bogus("x.wild.test", Type::A, Rcode::NoError, "x.wild.test", Type::MX));
  CHECK(bogus("to.test", Type::MX, Rcode::NoError, "www.test", Type::MX));
}
