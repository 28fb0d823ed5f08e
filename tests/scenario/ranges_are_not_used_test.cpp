#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Rcode;

namespace {

// All denials of the zone are known: its names are random, and there are few gaps between those that it has.
void learn_ranges(SignedTree& home, std::string_view zone) {
  for (int i = 0; i < 60; ++i)
    static_cast<void>(
        home.ask_and_wait(fmt::format("{}{}.{}", static_cast<char>('a' + i % 26), i * 7'919, zone)));
}

}  // namespace

TEST_CASE("what stands under a zone cut, signed or not, is asked for") {
  SignedTree home;
  home.serve("kid.example.test", test::kTreeText, {"192.0.2.12"});
  home.serve_signed("safe.example.test", test::kTreeText, {"192.0.2.13"});
  learn_ranges(home, "example.test");
  CHECK(test::insecure(home.ask_and_wait("www.kid.example.test")));
  CHECK(test::secure(home.ask_and_wait("www.safe.example.test")));
  CHECK(home.quiet());
}

TEST_CASE("what a DNAME redirects is asked for") {
  SignedTree home;
  home.serve_signed("elsewhere.test", test::kTreeText, {"192.0.2.12"});
  learn_ranges(home, "example.test");
  CHECK(test::got_address(home.ask_and_wait("www.moved.example.test"), "192.0.2.80"));
  CHECK(home.quiet());
}

TEST_CASE("nothing is denied by an opt-out gap") {
  SignedTree home;
  learn_ranges(home, "gaps.test");
  const auto before = home.sent_to(SignedTree::kTreeServer);
  const auto& client = home.ask_and_wait("new.gaps.test");
  CHECK(client.got->answer.rcode == Rcode::NxDomain);
  CHECK_FALSE(client.got->answer.authentic);
  CHECK(home.sent_to(SignedTree::kTreeServer) > before);
  home.serve("new2.gaps.test", test::kTreeText, {"192.0.2.12"});
  CHECK(test::insecure(home.ask_and_wait("www.new2.gaps.test")));
  CHECK(home.quiet());
}

TEST_CASE("data that appear later are found when the denial is over") {
  SignedTree home;
  learn_ranges(home, "example.test");
  home.world.zone(home.example).add("later 300 A 192.0.2.99\n");
  CHECK(home.ask_and_wait("later.example.test").got->answer.rcode == Rcode::NxDomain);
  home.network.advance(61s);
  CHECK(test::secure(home.ask_and_wait("later.example.test")));
  CHECK(home.quiet());
}
