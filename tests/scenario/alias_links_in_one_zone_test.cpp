#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

// a0 to a`links` in one zone, each an alias of the next.
[[nodiscard]] std::string chain(unsigned links) {
  std::string text;
  for (unsigned i = 0; i < links; ++i) text += fmt::format("a{} 300 CNAME a{}\n", i, i + 1);
  return text + fmt::format("a{} 300 A 192.0.2.80\n", links);
}

}  // namespace

TEST_CASE("eleven aliases within one zone come in one reply and are followed, twelve are not") {
  IteratingHost home;
  home.serve("example.", chain(cache::kMaxAliases + 1), {"192.0.2.1"});
  CHECK(home.ask_and_wait("a0.example.").servfail());
  CHECK(home.sent() == 3);
  const auto& client = home.ask_and_wait("a1.example.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.records() == cache::kMaxAliases + 1);
  CHECK(home.sent() == 4);
  CHECK(home.quiet());
}

TEST_CASE("links within a zone count like those that lead to it") {
  IteratingHost home;
  home.serve("test.", "one 300 CNAME a1.example.\ntwo 300 CNAME a0.example.\n", {"192.0.2.2"});
  home.serve("example.", chain(cache::kMaxAliases), {"192.0.2.1"});
  CHECK(home.ask_and_wait("two.test.").servfail());
  CHECK(home.sent() == 5);
  const auto& client = home.ask_and_wait("one.test.");
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.records() == cache::kMaxAliases + 1);
  CHECK(home.ask_and_wait("two.test.").servfail());
  CHECK(home.sent() <= 7);
  CHECK(home.quiet());
}
