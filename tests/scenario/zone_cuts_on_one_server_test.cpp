#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using test::IteratingHost;
using wire::Type;

TEST_CASE("a zone whose parent stands on the same server needs no referral") {
  IteratingHost home;
  home.serve("example.", "", {"192.0.2.1"});
  home.serve("sub.example.", "www 300 A 192.0.2.80\n@ 300 MX 10 www\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.sub.example.").records() == 1);
  CHECK(home.ask_and_wait("sub.example.", Type::MX).records() == 1);
  CHECK(home.ask_and_wait("sub.example.", Type::NS).records() == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("root and top-level domain on one address") {
  IteratingHost home;
  home.serve("tld.", "", {test::kRoot});
  home.serve("example.tld.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  CHECK(home.ask_and_wait("www.example.tld.").records() == 1);
  CHECK(home.ask_and_wait("missing.tld.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.ask_and_wait("tld.", Type::SOA).records() == 1);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("DS is asked above the cut, where it lives") {
  IteratingHost home;
  home.serve("example.", "sub 300 DS 12345 13 2 " + std::string(64, 'A') + "\n", {"192.0.2.1"});
  home.serve("sub.example.", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  home.serve("plain.example.", "www 300 A 192.0.2.81\n", {"192.0.2.3"});
  CHECK(home.ask_and_wait("www.sub.example.").records() == 1);
  CHECK(home.ask_and_wait("www.plain.example.").records() == 1);
  const auto to_child = home.sent_to("192.0.2.2");
  CHECK(home.ask_and_wait("sub.example.", Type::DS).records() == 1);
  const auto& none = home.ask_and_wait("plain.example.", Type::DS);
  CHECK(none.noerror());
  CHECK(none.records() == 0);
  CHECK(home.sent_to("192.0.2.2") == to_child);
  CHECK(home.sent_to("192.0.2.3") == 1);
  CHECK(home.quiet());
}
