#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr test::Sections kPoison{.answer = "www.example. 86400 A 10.6.6.6\n",
                                 .authority = "example. 86400 NS ns1.example.\n",
                                 .additional = "ns1.example. 86400 A 10.6.6.6\n"};

// The attacker knows all but `change`.
[[nodiscard]] sim::Forger nearly_right(void (*change)(wire::Bytes&)) {
  return [change](wire::BytesView query) {
    auto forged = test::forge(query, test::saying(kPoison), test::id_of(query));
    change(forged);
    return std::vector<wire::Bytes>{forged};
  };
}

}  // namespace

TEST_CASE("a reply in other letters is proved over TCP") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").forger =
      nearly_right([](wire::Bytes& reply) { reply[wire::kHeaderSize + 1] ^= 0x20; });
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.sent() == 4);
  CHECK(home.quiet());
}

TEST_CASE("a reply that matches and does not parse makes another server answer") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
  home.host("192.0.2.1").forger = nearly_right([](wire::Bytes& reply) { reply.resize(reply.size() - 2); });
  for (int i = 0; i < 8; ++i)
    CHECK(test::got_address(home.ask_and_wait(fmt::format("n{}.example.", i)), "192.0.2.80"));
  CHECK(home.sent_to("192.0.2.1") > 0);
  CHECK(home.sent() <= 2 + 16);
  CHECK(home.quiet());
}

TEST_CASE("the guess that hits takes one name and not its zone") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  auto& server = home.host("192.0.2.1");
  server.forger = nearly_right([](wire::Bytes&) {});
  CHECK(test::got_address(home.ask_and_wait("www.example."), "10.6.6.6"));
  server.forger = nullptr;
  CHECK(test::got_address(home.ask_and_wait("n1.example."), "192.0.2.80"));
  CHECK(test::got_address(home.ask_and_wait("ns1.example."), "192.0.2.1"));
  CHECK(home.sent_to("10.6.6.6") == 0);
  CHECK(home.sent() == 5);
  CHECK(home.quiet());
}
