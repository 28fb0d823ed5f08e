#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/judged.hpp"

using namespace shirube;

namespace {

// a.w0 -> a.w1 -> ... -> a.w11, each made from a wildcard of its own; the last has an address.
[[nodiscard]] std::string chain_of_wildcards() {
  std::string text = "$TTL 300\n";
  for (int i = 0; i < 11; ++i) text += fmt::format("*.w{} CNAME a.w{}\n", i, i + 1);
  return text + "*.w11 A 192.0.2.81\n";
}

}  // namespace

TEST_CASE("eleven aliases of one zone, all made from wildcards, cost no more than one question may") {
  for (const auto form : {sim::DenialForm::Nsec, sim::DenialForm::Nsec3}) {
    test::SignedHost home;
    home.serve_signed("test", "", {"192.0.2.10"});
    home.serve_signed("example.test", chain_of_wildcards(), {"192.0.2.11"}, {.denial = form});
    const auto& client = home.ask_and_wait("a.w0.example.test");
    CAPTURE(test::reason(client));
    CHECK(test::secure(client));
    CHECK(client.records() == 12);
    CHECK(home.quiet());
  }
}
