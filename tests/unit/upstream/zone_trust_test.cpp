// What is known of a zone's keys, and for how long.
#include "upstream/zone_trust.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using namespace shirube::upstream::samples;
using dnssec::Flaw;
using dnssec::Status;
using upstream::TrustMemory;
using upstream::ZoneTrust;

namespace {

constexpr wire::Instant kNow{24h};

[[nodiscard]] ZoneTrust trust(Status status, Flaw flaw = Flaw::None, wire::Instant expires = kNow + 300s) {
  return {.verdict = {status, flaw}, .expires = expires};
}

}  // namespace

TEST_CASE("trust holds for its zone until it expires") {
  TrustMemory memory{upstream::KeyedHash()};
  memory.remember(name("example."), trust(Status::Secure), kNow);
  REQUIRE(memory.find(name("EXAMPLE."), kNow) != nullptr);
  CHECK(memory.find(name("example."), kNow)->is_secure());
  CHECK(memory.find(name("example."), kNow + 300s - 1us) != nullptr);
  CHECK(memory.find(name("example."), kNow + 300s) == nullptr);
  CHECK(memory.find(name("a.example."), kNow) == nullptr);
  CHECK(memory.find(name("."), kNow) == nullptr);
}

TEST_CASE("an insecure zone is remembered as long as what proves it") {
  TrustMemory memory{upstream::KeyedHash()};
  memory.remember(name("example."), trust(Status::Insecure, Flaw::UnsignedDelegation, kNow + 20s), kNow);
  REQUIRE(memory.find(name("example."), kNow + 19s) != nullptr);
  CHECK_FALSE(memory.find(name("example."), kNow + 19s)->is_secure());
  CHECK(memory.find(name("example."), kNow + 20s) == nullptr);
}

TEST_CASE("a bogus zone is remembered for 1 s, doubling to 60 s while it stays bogus") {
  TrustMemory memory{upstream::KeyedHash()};
  auto now = kNow;
  for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    memory.remember(name("example."), trust(Status::Bogus, Flaw::KeyNotForDs, now + 24h), now);
    REQUIRE(memory.find(name("example."), now + expected - 1us) != nullptr);
    CHECK(memory.find(name("example."), now)->verdict.flaw == Flaw::KeyNotForDs);
    CHECK(memory.find(name("example."), now + expected) == nullptr);
    now += expected;
  }
}

TEST_CASE("a zone that is mended begins anew when it breaks again, and no other zone pays for it") {
  TrustMemory memory{upstream::KeyedHash()};
  for (int i = 0; i < 4; ++i) memory.remember(name("example."), trust(Status::Bogus), kNow);
  memory.remember(name("example."), trust(Status::Secure), kNow);
  CHECK(memory.find(name("example."), kNow)->expires == kNow + 300s);
  memory.remember(name("example."), trust(Status::Bogus), kNow);
  CHECK(memory.find(name("example."), kNow)->expires == kNow + 1s);
  memory.remember(name("other."), trust(Status::Bogus), kNow);
  CHECK(memory.find(name("other."), kNow)->expires == kNow + 1s);
}

TEST_CASE("keys that could not be had are asked for again after 1 s, however often") {
  TrustMemory memory{upstream::KeyedHash()};
  for (int i = 0; i < 4; ++i) {
    memory.remember(name("example."), trust(Status::Indeterminate, Flaw::KeysUnreachable), kNow);
    CHECK(memory.find(name("example."), kNow)->expires == kNow + 1s);
  }
}

TEST_CASE("all is forgotten at once, the runs of failures too") {
  TrustMemory memory{upstream::KeyedHash()};
  memory.remember(name("good."), trust(Status::Secure), kNow);
  for (int i = 0; i < 4; ++i) memory.remember(name("bad."), trust(Status::Bogus), kNow);
  memory.forget_all();
  CHECK(memory.find(name("good."), kNow) == nullptr);
  CHECK(memory.find(name("bad."), kNow) == nullptr);
  memory.remember(name("bad."), trust(Status::Bogus), kNow);
  CHECK(memory.find(name("bad."), kNow)->expires == kNow + 1s);
}

TEST_CASE("zones that an attacker makes up do not drive out one that is used") {
  TrustMemory memory{upstream::KeyedHash()};
  memory.remember(name("example."), trust(Status::Secure), kNow);
  memory.remember(name("unused."), trust(Status::Secure), kNow);
  for (int i = 0; i < 20'000; ++i) {
    memory.remember(name("a" + std::to_string(i) + ".evil."), trust(Status::Insecure), kNow);
    if (i % 1'000 == 0) REQUIRE(memory.find(name("example."), kNow) != nullptr);
  }
  CHECK(memory.find(name("example."), kNow) != nullptr);
  CHECK(memory.find(name("unused."), kNow) == nullptr);
}
