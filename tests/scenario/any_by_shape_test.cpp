// ANY asks for the types that the shape of the name suggests, and never denies a name that has others.
#include <catch2/catch.hpp>

#include "tests/support/signed_service.hpp"

using namespace shirube;
using test::SignedService;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kText =
    "_25._tcp.mx 300 TLSA 3 1 1 "
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
    "_ldap._tcp 300 SRV 1 1 389 mx\nk._domainkey 300 TXT \"v=DKIM1; p=\"\n_dmarc 300 TXT \"v=DMARC1\"\n"
    "mx 300 A 192.0.2.9\nodd 300 CAA 0 issue \"ca.example\"\n";

[[nodiscard]] test::Ask any(bool dnssec_ok) {
  return {.type = Type::ANY, .edns_size = 1232, .dnssec_ok = dnssec_ok, .wants_ad = true};
}

}  // namespace

TEST_CASE("ANY of a service's name has its SRV or TLSA, of a key's or policy's its TXT, with AD") {
  const auto [name, type] = GENERATE(table<std::string_view, Type>({{"_25._tcp.mx.tree.", Type::TLSA},
                                                                    {"_ldap._tcp.tree.", Type::SRV},
                                                                    {"k._domainkey.tree.", Type::TXT},
                                                                    {"_dmarc.tree.", Type::TXT}}));
  SignedService home;
  home.serve_signed("tree", kText, "192.0.2.1");
  const auto answer = home.answer(name, any(GENERATE(true, false)));
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.answer[0].type == type);
  CHECK(answer.authentic);
}

TEST_CASE("ANY of a name with other types says that it exists, without AD") {
  SignedService home;
  home.serve_signed("tree", kText, "192.0.2.1");
  const auto answer = home.answer("odd.tree.", any(false));
  CHECK(answer.rcode == Rcode::NoError);
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.answer[0].type == Type::HINFO);
  CHECK_FALSE(answer.authentic);
  CHECK(answer.errors.at(0).code == wire::Ede::Synthesized);
  const auto reply = home.ask(test::query("odd.tree.", {.type = Type::ANY}));
  CHECK(reply.size() <= 512);
  CHECK_FALSE(wire::read_header(reply).tc);
  CHECK(wire::read_header(reply).ra);
  // With DO the signed NSEC stands for them.
  const auto secure = home.answer("odd.tree.", any(true));
  REQUIRE(secure.answer.size() == 1);
  CHECK(secure.answer[0].type == Type::NSEC);
}

TEST_CASE("ANY of a name that does not exist costs one question, when that is proven") {
  SignedService home;
  home.serve_signed("tree", kText, "192.0.2.1");
  const auto answer = home.answer("none.tree.", any(false));
  CHECK(answer.rcode == Rcode::NxDomain);
  CHECK(answer.authentic);
  CHECK(home.asked("none.tree.", Type::MX) == 0);
}
