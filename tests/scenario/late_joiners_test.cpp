// A failure is cached (RFC 9520 §3.2). If a client joined the lookup after its last packet, no packet was
// sent for this client. Such a lookup begins again once before it fails.
#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;

namespace {

// One client has asked for a name whose only server is silent; all tries are used up, and the lookup is about
// to end.
struct Dying : IteratingHost {
  Dying() {
    serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
    ask_and_wait("other.example.");
    network.advance(1s);
    host("192.0.2.1").faults.silent = true;
    ask("www.example.");
    network.advance(4s);
  }
};

}  // namespace

TEST_CASE("a client that joins a lookup after its last packet is answered when the server is back") {
  Dying home;
  const auto failures = home.failures.seen.size();
  const auto& client = home.ask("www.example.");
  home.host("192.0.2.1").faults.silent = false;
  home.network.run();
  CHECK(test::got_address(client, "192.0.2.80"));
  CHECK(client.waited <= 1s);
  CHECK(home.failures.seen.size() == failures);
  CHECK(home.quiet());
}

TEST_CASE("a lookup goes on only once, however many clients join it late") {
  Dying home;
  const auto failures = home.failures.seen.size();
  const auto before = home.sent_to("192.0.2.1");
  home.ask("www.example.");
  for (int i = 0; i < 20; ++i) {
    home.network.advance(100ms);
    home.ask("www.example.");
  }
  home.network.run();
  CHECK(home.sent_to("192.0.2.1") - before <= 5);
  CHECK(home.failures.seen.size() == failures + 1);
  CHECK(home.quiet());
}

TEST_CASE("a lookup without a late client ends when its time is up") {
  Dying home;
  const auto failures = home.failures.seen.size();
  const auto before = home.sent_to("192.0.2.1");
  home.network.run();
  CHECK(home.sent_to("192.0.2.1") == before);
  CHECK(home.failures.seen.size() == failures + 1);
}
