#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr std::string_view kText =
    "www 300 A 192.0.2.80\n*.alias 300 CNAME www\nreal.alias 300 A 192.0.2.66\n"
    "*.nowhere 300 CNAME none\n";

}  // namespace

TEST_CASE("an alias made from a wildcard is secure, and comes with its proof") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  test::SignedHost home;
  home.serve_signed("test", kText, {kServer}, {.denial = denial});
  const auto& client = home.ask_and_wait("x.alias.test");
  CHECK(test::secure(client));
  CHECK(client.records() == 2);
  const auto proof = denial == sim::DenialForm::Nsec ? Type::NSEC : Type::NSEC3;
  CHECK(std::ranges::count(client.got->answer.authority, proof, &wire::RRset::type) > 0);
  const auto& again = home.ask_and_wait("x.alias.test");
  CHECK(test::secure(again));
  CHECK(std::ranges::count(again.got->answer.authority, proof, &wire::RRset::type) > 0);
  const auto& none = home.ask_and_wait("x.nowhere.test");
  CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(none.got->answer.authentic);
}

TEST_CASE("an alias made from a wildcard is bogus where the name exists, or nothing says that it does not") {
  const bool proof_of_another = GENERATE(true, false);
  test::SignedHost home;
  home.serve_signed("test", kText, {kServer});
  home.host(kServer).script = [&](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == wire::Name::literal("real.alias.test"))) return std::nullopt;
    auto answer = home.world.honest(home.host(kServer), {wire::Name::literal("x.alias.test"), Type::A});
    answer.answer.front().owner = question.name;
    if (!proof_of_another) answer.authority.clear();
    return answer;
  };
  const auto& client = home.ask_and_wait("real.alias.test");
  CHECK(test::fails_with(client, proof_of_another ? wire::Ede::DnssecBogus : wire::Ede::NsecMissing));
  CHECK_THAT(test::reason(client), Catch::Contains("real.alias.test. CNAME"));
}
