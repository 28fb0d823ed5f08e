#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"
#include "tests/support/many_signatures.hpp"

using namespace shirube;
using test::SignedHost;
using wire::Name;
using wire::Type;

namespace {

constexpr sim::Signing kRsa{.algorithm = dnssec::Algorithm::RsaSha256, .one_key = true};

std::size_t serve_trap(SignedHost& home) {
  home.serve_signed("test", "", {"192.0.2.10"});
  return home.serve_signed("trap.test", "www 300 A 192.0.2.80\n", {"192.0.2.11"}, kRsa);
}

// What one question costs, at the most.
void check_cost(SignedHost& home, std::string_view name, Type type = Type::A) {
  const auto before = home.resolver.statistics();
  CHECK(home.ask_and_wait(name, type).servfail());
  CHECK(home.quiet());
  const auto& after = home.resolver.statistics();
  CHECK(after.signature_checks - before.signature_checks <= dnssec::kMaxSignatureChecks);
  CHECK(after.failed_checks - before.failed_checks <= dnssec::kMaxFailedChecks);
}

}  // namespace

TEST_CASE("ninety keys of one tag and ninety signatures of it are not tried with each other") {
  SignedHost home;
  const auto trap = serve_trap(home);
  home.spoil(trap, "trap.test", Type::DNSKEY, test::with_keys_of_one_tag(90));
  home.spoil(trap, "www.trap.test", Type::A, test::with_bad_signatures_first(90));
  check_cost(home, "www.trap.test");
  check_cost(home, "www.trap.test", Type::ANY);
}

TEST_CASE("nor are ninety signatures over the keys themselves") {
  SignedHost home;
  const auto trap = serve_trap(home);
  home.spoil(trap, "trap.test", Type::DNSKEY, [](wire::RRset& keys, const sim::Signer& signer) {
    test::with_keys_of_one_tag(90)(keys, signer);
    test::with_bad_signatures_first(90)(keys, signer);
  });
  check_cost(home, "www.trap.test");
  check_cost(home, "none.trap.test");
}

TEST_CASE("nor many over a denial") {
  SignedHost home;
  const auto trap = serve_trap(home);
  for (const auto* name : {"trap.test", "ns1.trap.test", "www.trap.test"})
    home.spoil(trap, name, Type::NSEC, test::with_bad_signatures_first(90));
  check_cost(home, "none.trap.test");
  check_cost(home, "www.trap.test", Type::TXT);
}
