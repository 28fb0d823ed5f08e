#include "upstream/answer_chain.hpp"

#include <catch2/catch.hpp>

#include "wire/presentation.hpp"

using namespace shirube;
using upstream::ChainEnd;
using wire::Type;

namespace {

const wire::Question kAsked{wire::Name::literal("www.example."), Type::A, wire::Class::IN};

[[nodiscard]] wire::Answer reply(std::initializer_list<const char*> answer,
                                 std::initializer_list<const char*> authority = {}) {
  wire::Answer built;
  for (const auto* line : answer) built.answer.push_back(*wire::parse_record(line));
  for (const auto* line : authority) built.authority.push_back(*wire::parse_record(line));
  return built;
}

// What a forwarder for `zone` is believed.
[[nodiscard]] upstream::AnswerChain follow(wire::Answer answer, const wire::Name& zone = {}) {
  upstream::UpstreamSettings settings;
  settings.forwards.push_back({zone, {}});
  const upstream::Purview purview(settings, upstream::choose_route(settings, kAsked), zone);
  return upstream::follow_chain(std::move(answer), kAsked, purview);
}

constexpr auto kSoa = "example. 60 IN SOA a. b. 1 1 1 1 60";

}  // namespace

TEST_CASE("only what hangs on the question is taken") {
  auto chain = follow(reply({"www.example. 60 IN A 192.0.2.1", "evil.example. 60 IN A 10.6.6.6"},
                            {"example. 60 IN NS evil.example."}));
  CHECK(chain.kind == ChainEnd::Data);
  CHECK(chain.data.size() == 1);
  CHECK(chain.aliases.empty());
  CHECK(chain.proof.empty());
}

TEST_CASE("an alias out of the zone ends the chain there, whatever the reply says about its target") {
  auto chain = follow(reply({"www.example. 60 IN CNAME www.bank.test.", "www.bank.test. 60 IN A 10.6.6.6"}),
                      wire::Name::literal("example."));
  CHECK(chain.kind == ChainEnd::Elsewhere);
  CHECK(chain.end == wire::Name::literal("www.bank.test."));
  CHECK(chain.data.empty());
}

TEST_CASE("the rcode belongs to the end of the chain") {
  auto missing = reply({"www.example. 60 IN CNAME gone.example."}, {kSoa});
  missing.rcode = wire::Rcode::NxDomain;
  const auto chain = follow(std::move(missing));
  CHECK(chain.kind == ChainEnd::NxDomain);
  CHECK(chain.end == wire::Name::literal("gone.example."));
  CHECK(chain.proof.size() == 1);
}

TEST_CASE("an SOA of another zone proves nothing") {
  const auto chain = follow(reply({}, {"other.test. 60 IN SOA a. b. 1 1 1 1 60"}));
  CHECK(chain.kind == ChainEnd::NoData);
  CHECK(chain.proof.empty());
}

TEST_CASE("a loop ends as too long") {
  const auto chain =
      follow(reply({"www.example. 60 IN CNAME b.example.", "b.example. 60 IN CNAME www.example."}));
  CHECK(chain.kind == ChainEnd::TooLong);
}

TEST_CASE("which replies say nothing") {
  CHECK(upstream::says_nothing(reply({}, {"example. 60 IN NS ns.example."}), kAsked));
  CHECK(upstream::says_nothing(reply({"other.example. 60 IN A 192.0.2.1"}), kAsked));
  CHECK_FALSE(upstream::says_nothing(reply({}), kAsked));
  CHECK_FALSE(upstream::says_nothing(reply({}, {kSoa}), kAsked));
  CHECK_FALSE(upstream::says_nothing(
      reply({"WWW.example. 60 IN A 192.0.2.1"}, {"example. 60 IN NS ns.example."}), kAsked));
}
