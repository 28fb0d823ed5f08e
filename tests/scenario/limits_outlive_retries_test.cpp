#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"
#include "tests/support/many_signatures.hpp"

using namespace shirube;
using test::SignedHost;
using wire::Type;

namespace {

// A zone on three servers whose every answer is spoilt.
std::size_t serve_spoilt(SignedHost& home, std::string_view apex, std::string_view alias) {
  const auto text = fmt::format("www 300 {}\n", alias);
  const auto zone = home.serve_signed(apex, text, {"192.0.2.11", "192.0.2.12", "192.0.2.13"});
  const auto type = alias.starts_with("CNAME") ? Type::CNAME : Type::A;
  home.spoil(zone, fmt::format("www.{}", apex), type, test::with_bad_signatures_first(7));
  return zone;
}

}  // namespace

TEST_CASE("asking other servers gives a question no new limits") {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  const auto zone = serve_spoilt(home, "spoilt.test", "A 192.0.2.80");
  home.spoil(zone, "www.spoilt.test", Type::A, [](wire::RRset& rrset, const sim::Signer& signer) {
    const auto good = rrset.signatures;
    test::with_bad_signatures_first(4)(rrset, signer);
    const auto all = std::exchange(rrset.signatures, {});
    for (const auto signature : all)
      if (!good.contains(signature)) rrset.signatures.add(signature);
  });
  CHECK(home.ask_and_wait("www.spoilt.test").servfail());
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks);
}

TEST_CASE("nor does following aliases") {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  serve_spoilt(home, "a.test", "CNAME www.b.test.");
  serve_spoilt(home, "b.test", "CNAME www.c.test.");
  serve_spoilt(home, "c.test", "A 192.0.2.80");
  const auto& client = home.ask_and_wait("www.a.test");
  CHECK(test::fails_with(client, wire::Ede::DnssecIndeterminate));
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks);
}

TEST_CASE("nor do keys that have to be fetched for it") {
  SignedHost home;
  home.serve_signed("test", "", {"192.0.2.10"});
  const auto zone = serve_spoilt(home, "a.test", "A 192.0.2.80");
  home.spoil(zone, "a.test", Type::DNSKEY, test::with_bad_signatures_first(6));
  CHECK(home.ask_and_wait("www.a.test").servfail());
  CHECK(home.quiet());
  CHECK(home.resolver.statistics().failed_checks == dnssec::kMaxFailedChecks);
}
