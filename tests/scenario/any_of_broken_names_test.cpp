// ANY is put together from lookups by type: a part that fails, or is bogus, is not "no data".
#include <catch2/catch.hpp>

#include "tests/support/signed_service.hpp"

using namespace shirube;
using test::ServingHost;
using test::SignedService;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";

[[nodiscard]] bool has(const wire::Answer& answer, Type type) {
  return std::ranges::any_of(answer.answer, [type](const auto& rrset) { return rrset.type == type; });
}

}  // namespace

TEST_CASE("ANY of a name whose only type cannot be had fails, with the reason") {
  const auto [name, type] = GENERATE(table<std::string_view, Type>(
      {{"mx.example.", Type::MX}, {"a.example.", Type::A}, {"txt.example.", Type::TXT}}));
  const bool silent = GENERATE(true, false);
  ServingHost home;
  home.world.add_zone("example.",
                      "@ 300 SOA ns1 h 1 7200 900 1209600 60\nmx 300 MX 1 a\na 300 A 192.0.2.7\n"
                      "txt 300 TXT hello\n");
  auto& server = *home.world.host(*wire::Endpoint::parse(test::kFirst));
  if (silent) server.faults.silent_on = {type};
  if (!silent) {
    server.script = [type](const wire::Question& asked) {
      std::optional<wire::Answer> answer;
      if (asked.type == type) answer.emplace().rcode = Rcode::ServFail;
      return answer;
    };
  }
  const auto any = home.answer(name, {.type = Type::ANY, .edns_size = 1232});
  CHECK(any.rcode == Rcode::ServFail);
  REQUIRE_FALSE(any.errors.empty());
  CHECK(any.errors[0].code == (silent ? wire::Ede::NoReachableAuthority : wire::Ede::NetworkError));
}

TEST_CASE("ANY of a name whose only type is bogus fails as bogus, and never with AD") {
  SignedService home;
  const auto zone = home.serve_signed("tree", "www 300 TXT hello\n", kServer);
  home.spoil(zone, "www.tree", Type::TXT, sim::bad_signature());
  for (const bool dnssec_ok : {false, true}) {
    const auto any = home.answer(
        "www.tree.", {.type = Type::ANY, .edns_size = 1232, .dnssec_ok = dnssec_ok, .wants_ad = true});
    CHECK(any.rcode == Rcode::ServFail);
    CHECK_FALSE(any.authentic);
    REQUIRE_FALSE(any.errors.empty());
    CHECK(any.errors[0].code == wire::Ede::DnssecBogus);
  }
}

TEST_CASE("ANY that lost a bogus part has no AD, and says so; the whole has AD") {
  SignedService home;
  const auto zone =
      home.serve_signed("tree", "www 300 A 192.0.2.7\nwww 300 MX 1 www\nwww 300 TXT hello\n", kServer);
  const test::Ask ask{.type = Type::ANY, .edns_size = 1232, .wants_ad = true};
  CHECK(home.answer("www.tree.", ask).authentic);
  const auto lost = GENERATE(Type::TXT, Type::MX);
  home.spoil(zone, "www.tree", lost, sim::bad_signature());
  home.network.advance(std::chrono::seconds{400});
  const auto any = home.answer("www.tree.", ask);
  CHECK(any.rcode == Rcode::NoError);
  CHECK(has(any, Type::A));
  CHECK_FALSE(has(any, lost));
  CHECK_FALSE(any.authentic);
  REQUIRE(any.errors.size() >= 2);
  CHECK(any.errors[0].code == wire::Ede::Synthesized);
  CHECK(any.errors[1].code == wire::Ede::DnssecBogus);
}
