#include "policy/local_names.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Rcode;
using wire::Type;

namespace {

wire::Answer local(std::string_view name, Type type) {
  const auto answer = answer_locally(ask(name, type));
  REQUIRE(answer);
  CHECK(answer->authoritative);
  CHECK_FALSE(answer->authentic);
  return *answer;
}

std::string only_record(const wire::Answer& answer) {
  REQUIRE(answer.rcode == Rcode::NoError);
  REQUIRE(answer.answer.size() == 1);
  CHECK(answer.authority.empty());
  return texts(answer.answer[0]).at(0);
}

void check_denied(const wire::Answer& answer, Rcode rcode, std::string_view zone) {
  CHECK(answer.rcode == rcode);
  CHECK(answer.answer.empty());
  REQUIRE(answer.authority.size() == 1);
  CHECK(answer.authority[0].type == Type::SOA);
  CHECK(answer.authority[0].owner == wire::Name::literal(zone));
  CHECK(answer.authority[0].ttl == 10800);
}

}  // namespace

TEST_CASE("localhost and all below it is this host") {
  CHECK(only_record(local("localhost.", Type::A)) == "127.0.0.1");
  CHECK(only_record(local("LOCALHOST.", Type::AAAA)) == "::1");
  CHECK(only_record(local("www.localhost.", Type::A)) == "127.0.0.1");
  check_denied(local("localhost.", Type::MX), Rcode::NoError, "localhost.");
  check_denied(local("www.localhost.", Type::SOA), Rcode::NoError, "localhost.");
}

TEST_CASE("ANY for a local name gives all its records") {
  CHECK(types(local("localhost.", Type::ANY).answer) ==
        std::vector{Type::SOA, Type::NS, Type::A, Type::AAAA});
}

TEST_CASE("the loopback addresses have a PTR") {
  const std::string v6 = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.";
  CHECK(only_record(local("1.0.0.127.in-addr.arpa.", Type::PTR)) == "localhost.");
  CHECK(only_record(local(v6, Type::PTR)) == "localhost.");
  check_denied(local("2.0.0.127.in-addr.arpa.", Type::PTR), Rcode::NxDomain, "127.in-addr.arpa.");
}

TEST_CASE("a name on the way to the loopback's PTR exists") {
  check_denied(local("0.127.in-addr.arpa.", Type::PTR), Rcode::NoError, "127.in-addr.arpa.");
}

TEST_CASE("an empty zone has SOA and NS at its apex and nothing below") {
  CHECK(only_record(local("10.in-addr.arpa.", Type::SOA)) ==
        "10.in-addr.arpa. nobody.invalid. 1 3600 1200 604800 10800");
  CHECK(only_record(local("10.in-addr.arpa.", Type::NS)) == "10.in-addr.arpa.");
  check_denied(local("10.in-addr.arpa.", Type::A), Rcode::NoError, "10.in-addr.arpa.");
  check_denied(local("1.2.3.10.in-addr.arpa.", Type::PTR), Rcode::NxDomain, "10.in-addr.arpa.");
  check_denied(local("printer.home.arpa.", Type::A), Rcode::NxDomain, "home.arpa.");
  check_denied(local("_dns.resolver.arpa.", Type::SVCB), Rcode::NxDomain, "resolver.arpa.");
}

TEST_CASE("test, invalid and onion do not exist at all") {
  for (const char* zone : {"test.", "invalid.", "onion."}) {
    check_denied(local(zone, Type::SOA), Rcode::NxDomain, zone);
    check_denied(local("www." + std::string(zone), Type::A), Rcode::NxDomain, zone);
  }
}

TEST_CASE("the DS of a delegated local zone is asked of its parent") {
  CHECK_FALSE(answer_locally(ask("home.arpa.", Type::DS)));
  CHECK_FALSE(answer_locally(ask("10.in-addr.arpa.", Type::DS)));
  check_denied(local("a.home.arpa.", Type::DS), Rcode::NxDomain, "home.arpa.");
  check_denied(local("test.", Type::DS), Rcode::NxDomain, "test.");
}

TEST_CASE("only class IN is local") {
  CHECK_FALSE(
      answer_locally({.name = wire::Name::literal("localhost."), .type = Type::A, .klass = wire::Class::CH}));
}
