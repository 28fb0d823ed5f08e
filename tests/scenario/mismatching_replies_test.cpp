#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

constexpr auto kQr = std::uint8_t{0x80};

// TuDoor: all kinds of packets from the right address and port that are no reply to the query.
[[nodiscard]] std::vector<wire::Bytes> mismatching(wire::BytesView query) {
  const auto right =
      test::forge(query, test::saying({.answer = "www.example. 300 A 10.6.6.6\n"}), test::id_of(query));
  std::vector<wire::Bytes> all(8, right);
  all[0].clear();
  all[1].resize(wire::kHeaderSize - 1);
  all[2].resize(wire::kHeaderSize + 3);                            // in the middle of the question
  all[3][2] = static_cast<std::uint8_t>(all[3][2] & ~kQr);         // a query
  all[4][2] = static_cast<std::uint8_t>(all[4][2] | 0x20);         // another opcode
  all[5][5] = 0;                                                   // an answer without question
  all[6][5] = 2;                                                   // two questions
  all[7][wire::kHeaderSize + 1] = static_cast<std::uint8_t>('#');  // another name
  return all;
}

}  // namespace

TEST_CASE("a packet that does not match is passed over, and the true reply awaited and taken") {
  for (std::size_t kind = 0; kind < 8; ++kind) {
    IteratingHost home;
    home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
    for (const auto server : {test::kRoot, std::string_view("192.0.2.1")}) {
      home.host(server).forger = [kind](wire::BytesView query) {
        return std::vector<wire::Bytes>{mismatching(query)[kind]};
      };
    }
    INFO("kind " << kind);
    const auto& client = home.ask_and_wait("www.example.");
    CHECK(test::got_address(client, "192.0.2.80"));
    CHECK(client.waited == 20ms);  // two round trips
    CHECK(home.sent() == 3);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}
