#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr int kMostLinks = cache::kMaxAliases;

// www.z0. is an alias of www.z1. and so on; after `links` of them there is an address.
void serve_chain(IteratingHost& home, int links) {
  for (int i = 0; i <= links; ++i) {
    const auto address = fmt::format("10.1.0.{}", i + 1);
    const auto end = i == links ? "www 300 A 192.0.2.80\n" : fmt::format("www 300 CNAME www.z{}.\n", i + 1);
    home.serve(fmt::format("z{}.", i), end, {address});
  }
}

[[nodiscard]] bool is_refused(const test::Client& client) {
  return client.servfail() && client.records() == 0 && client.error().has_value() && client.waited < 1s;
}

}  // namespace

TEST_CASE("eleven aliases over as many zones are followed, twelve are not") {
  IteratingHost home;
  serve_chain(home, kMostLinks);
  const auto& client = home.ask_and_wait("www.z0.");
  CHECK(client.records() == kMostLinks + 1);
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(home.sent() == 2 * (kMostLinks + 1) + 1);
  CHECK(home.quiet());

  IteratingHost other;
  serve_chain(other, kMostLinks + 1);
  CHECK(is_refused(other.ask_and_wait("www.z0.")));
  CHECK(other.sent() <= 2 * (kMostLinks + 1) + 1);
  CHECK(other.quiet());
}

TEST_CASE("a chain is not longer than allowed because its end is in the cache") {
  for (const auto* known : {"www.z3.", "www.z11.", "www.z12."}) {
    IteratingHost home;
    serve_chain(home, kMostLinks + 1);
    CHECK(test::got_address(home.ask_and_wait(known), "192.0.2.80"));
    CHECK(is_refused(home.ask_and_wait("www.z0.")));
    CHECK(is_refused(home.ask_and_wait("www.z0.")));
    CHECK(home.quiet());
  }
}
