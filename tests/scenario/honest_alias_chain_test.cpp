#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedHost;

namespace {

// z0.t0. -> z1.t1. -> ... -> z11.t11., each zone and its top-level domain signed, by either kind of denial.
void serve_chain(SignedHost& home, bool same_top) {
  for (int i = 0; i <= 11; ++i) {
    const auto top = fmt::format("t{}", same_top ? 0 : i);
    const sim::Signing signing{.denial = i % 2 == 0 ? sim::DenialForm::Nsec : sim::DenialForm::Nsec3};
    const auto tld_server = fmt::format("192.0.3.{}", i + 1);
    const auto server = fmt::format("192.0.2.{}", i + 1);
    if (i == 0 || !same_top) home.serve_signed(top, "", {tld_server}, signing);
    const auto next = fmt::format("www 300 CNAME www.z{}.t{}.\n", i + 1, same_top ? 0 : i + 1);
    const auto text = i < 11 ? next : "www 300 A 192.0.2.80\n";
    home.serve_signed(fmt::format("z{}.{}", i, top), text, {server}, signing);
  }
}

}  // namespace

TEST_CASE("eleven aliases over signed zones are authentic, and cost less than one question may") {
  SignedHost home;
  serve_chain(home, true);
  const auto& client = home.ask_and_wait("www.z0.t0");
  CAPTURE(test::reason(client));
  CHECK(test::secure(client));
  CHECK(client.records() == 12);
  CHECK(home.resolver.statistics().failed_checks == 0);
  CHECK(home.quiet());
}

TEST_CASE("also when each of them is in a top-level domain of its own") {
  SignedHost home;
  serve_chain(home, false);
  const auto& client = home.ask_and_wait("www.z0.t0");
  CAPTURE(test::reason(client));
  CHECK(test::secure(client));
  CHECK(home.resolver.statistics().signature_checks <= dnssec::kMaxSignatureChecks);
  CHECK(home.quiet());
}
