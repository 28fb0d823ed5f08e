#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

namespace {

constexpr std::string_view kEvil = "10.6.6.6";
constexpr test::Sections kPoison{.answer = "www.example. 86400 A 10.6.6.6\n",
                                 .authority = "example. 86400 NS ns1.example.\n",
                                 .additional = "ns1.example. 86400 A 10.6.6.6\n"};

// As many replies as an attacker gets in before the true one, each under an ID that is not the query's.
[[nodiscard]] sim::Forger guessing(unsigned guesses) {
  return [guesses](wire::BytesView query) {
    std::vector<wire::Bytes> forged;
    for (unsigned i = 1; i <= guesses; ++i) {
      const auto id = static_cast<std::uint16_t>(test::id_of(query) + i);
      forged.push_back(test::forge(query, test::saying(kPoison), id));
    }
    return forged;
  };
}

}  // namespace

TEST_CASE("whoever guesses IDs makes the question go over TCP, and nothing of it is kept") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").forger = guessing(1'000);
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.sent() == 4);  // priming, root, example by UDP and by TCP
  CHECK(home.network.sent().back().transport == upstream::Transport::Tcp);
  CHECK(home.resolver.statistics().near_misses == 1);
  for (int i = 0; i < 20; ++i)
    CHECK(test::got_address(home.ask_and_wait("n" + std::to_string(i) + ".example."), "192.0.2.80"));
  CHECK(test::got_address(home.ask_and_wait("ns1.example."), "192.0.2.1"));
  CHECK(home.sent() == 4 + 2 * 21);
  CHECK(home.sent_to(kEvil) == 0);
  CHECK(home.quiet());
}

TEST_CASE("a few wrong IDs are passed over") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").forger = guessing(3);
  home.host(test::kRoot).forger = guessing(3);
  CHECK(test::got_address(home.ask_and_wait("www.example."), "192.0.2.80"));
  CHECK(home.sent() == 3);
  CHECK(home.resolver.statistics().near_misses == 0);
  CHECK(home.quiet());
}
