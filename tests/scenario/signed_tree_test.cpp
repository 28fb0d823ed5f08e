#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/signed_world.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

TEST_CASE("every kind of answer of a signed zone is authentic, however the zone denies") {
  test::SignedTree home;
  for (const std::string_view zone :
       {"example.test", "hashed.test", "compact.test", "gaps.test", "safe.gaps.test"}) {
    const auto authentic = [&](std::string_view labels, Type type, Rcode rcode) {
      const auto& client = home.ask_and_wait(fmt::format("{}{}", labels, zone), type);
      CAPTURE(labels, zone);
      CHECK(client.got->answer.rcode == rcode);
      CHECK(client.got->answer.authentic);
    };
    authentic("www.", Type::A, Rcode::NoError);
    authentic("to.", Type::A, Rcode::NoError);
    authentic("www.", Type::AAAA, Rcode::NoError);
    authentic("ent.", Type::TXT, Rcode::NoError);
    authentic("", Type::DNSKEY, Rcode::NoError);
    if (zone == "gaps.test") continue;  // where a gap may hide a zone nothing is denied for sure
    authentic("x.y.wild.", Type::A, Rcode::NoError);
    authentic("x.wild.", Type::TXT, Rcode::NoError);
    authentic("none.", Type::A, Rcode::NxDomain);
    authentic("www.moved.", Type::A, Rcode::NxDomain);
  }
}

TEST_CASE("denials by an opt-out zone are not authentic where a gap is all that proves them") {
  test::SignedTree home;
  for (const std::string_view name : {"none.gaps.test", "x.wild.gaps.test"}) {
    const auto& client = home.ask_and_wait(name);
    CHECK_FALSE(client.servfail());
    CHECK_FALSE(client.got->answer.authentic);
  }
}

TEST_CASE("what no signed delegation leads to is answered, and not authentic") {
  test::SignedTree home;
  for (const std::string_view zone : {"unsigned.test", "plain.gaps.test"}) {
    const auto& www = home.ask_and_wait(fmt::format("www.{}", zone));
    CHECK(www.noerror());
    CHECK(www.records() == 1);
    CHECK_FALSE(www.got->answer.authentic);
    const auto& none = home.ask_and_wait(fmt::format("none.{}", zone));
    CHECK(none.got->answer.rcode == Rcode::NxDomain);
    CHECK_FALSE(none.got->answer.authentic);
  }
}

TEST_CASE("one bad signature makes one name bogus, and no other") {
  test::SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, sim::bad_signature());
  const auto& www = home.ask_and_wait("www.example.test");
  CHECK(www.servfail());
  CHECK(www.error() == wire::Ede::DnssecBogus);
  CHECK(home.ask_and_wait("ns1.example.test").got->answer.authentic);
}
