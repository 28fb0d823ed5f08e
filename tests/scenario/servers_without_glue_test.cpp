#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;

TEST_CASE("a server's address is looked up when it is needed, and just one of them") {
  IteratingHost home;
  home.serve("hoster.", "dns1 300 A 192.0.2.1\ndns2 300 A 192.0.2.2\n", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS dns1.hoster.\n@ 300 NS dns2.hoster.\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1", "192.0.2.2"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.9") == 1);
  CHECK(home.sent() == 5);  // priming, root for example and for hoster, hoster, example
  // The next zone there finds the address in the cache.
  home.serve("other.", "@ 300 NS dns1.hoster.\nwww 300 A 192.0.2.81\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.other.").records() == 1);
  CHECK(home.sent() == 7);
  CHECK(home.quiet());
}

TEST_CASE("with glue no address is looked up") {
  IteratingHost home;
  home.serve("hoster.", "dns2 300 A 192.0.2.2\n", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS ns1\n@ 300 NS dns2.hoster.\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1", "192.0.2.2"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.9") == 0);
  CHECK(home.sent() == 3);
  CHECK(home.quiet());
}

TEST_CASE("when the server with glue is dead, the other one's address is looked up") {
  IteratingHost home;
  home.serve("hoster.", "dns2 300 A 192.0.2.2\n", {"192.0.2.9"});
  home.serve("example.", "@ 300 NS ns1\n@ 300 NS dns2.hoster.\nns1 300 A 192.0.2.1\nwww 300 A 192.0.2.80\n",
             {"192.0.2.1", "192.0.2.2"});
  home.host("192.0.2.1").faults.silent = true;
  const auto& client = home.ask_and_wait("www.example.");
  CHECK(client.records() == 1);
  CHECK(client.waited < std::chrono::seconds{1});
  CHECK(home.sent_to("192.0.2.9") == 1);
  CHECK(home.quiet());
}

TEST_CASE("glue does not answer clients") {
  IteratingHost home;
  home.serve("example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.example.").records() == 1);
  CHECK(home.ask_and_wait("ns1.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.1") == 2);
  CHECK(home.quiet());
}
