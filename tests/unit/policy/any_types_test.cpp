#include <algorithm>

#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

std::vector<Type> looked_up(std::string_view name) {
  return lookups_instead(ask(name, Type::ANY), plain_client({.any_fit = true}));
}

bool looks_up(std::string_view name, Type type) {
  const auto types = looked_up(name);
  return std::ranges::find(types, type) != types.end();
}

}  // namespace

TEST_CASE("services and their keys are looked for where the name says so") {
  for (const auto* name : {"_25._tcp.mx.example.", "_ldap._tcp.example.", "_sip._UDP.example.",
                           "_ldap._tcp.dc._msdcs.example.", "_x._sctp.example.", "*._tcp.example."}) {
    CAPTURE(name);
    CHECK(looks_up(name, Type::SRV));
    CHECK(looks_up(name, Type::TLSA));
    CHECK(looked_up(name).front() == Type::CNAME);
  }
}

TEST_CASE("policies and keys of mail are TXT, and first behind an alias") {
  for (const auto* name : {"k1._domainkey.example.", "_dmarc.example.", "_mta-sts.example.",
                           "_smtp._tls.example.", "default._bimi.example.", "_acme-challenge.example."})
    CHECK(looked_up(name).at(1) == Type::TXT);
}

TEST_CASE("reverse names have a PTR, telephone numbers a NAPTR, the web has HTTPS") {
  CHECK(looks_up("1.2.0.192.in-addr.arpa.", Type::PTR));
  CHECK(looks_up("1.0.8.b.d.0.1.0.0.2.ip6.arpa.", Type::PTR));
  CHECK(looks_up("4.3.2.1.e164.arpa.", Type::NAPTR));
  CHECK(looks_up("_8443._https.example.", Type::HTTPS));
  CHECK(looks_up("_dns.example.", Type::SVCB));
  CHECK(looks_up("x._openpgpkey.example.", Type::OPENPGPKEY));
  CHECK(looks_up("x._smimecert.example.", Type::SMIMEA));
}

TEST_CASE("no shape makes more lookups than an ordinary name, and none asks a type twice") {
  for (const auto* name : {"www.example.", ".", "_25._tcp.mx.example.", "_dmarc.example.", "_tcp.",
                           "_https.a.", "arpa.", "in-addr.arpa.", "tcp.example.", "x_tcp.example."}) {
    auto types = looked_up(name);
    CHECK(types.size() <= 7);
    std::ranges::sort(types);
    CHECK(std::ranges::adjacent_find(types) == types.end());
  }
  CHECK(looked_up("tcp.example.") == looked_up("www.example."));
  CHECK(looked_up("x_tcp.example.") == looked_up("www.example."));
}
