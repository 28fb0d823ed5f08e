#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Bytes;
using wire::Name;
using wire::Type;

namespace {

// The DS of example.test. behind 99 others, which are made of it.
void crowd(SignedTree& home, void (*change)(Bytes& ds, std::size_t number)) {
  const auto honest = home.world.zone(home.example).signer()->ds(300);
  auto ds = honest;
  ds.rdatas = {};
  for (std::size_t i = 0; i < 99; ++i) {
    Bytes other((*honest.rdatas.begin()).begin(), (*honest.rdatas.begin()).end());
    change(other, i);
    ds.rdatas.add(other);
  }
  ds.rdatas.add(*honest.rdatas.begin());
  home.world.zone(home.test).put(ds);
}

}  // namespace

TEST_CASE("a DS behind a crowd of digests that nobody knows is found") {
  SignedTree home;
  crowd(home, [](Bytes& ds, std::size_t number) {
    ds[3] = static_cast<std::uint8_t>(100 + number % 100);
    ds[5] ^= static_cast<std::uint8_t>(number);
  });
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.quiet());
}

TEST_CASE("a crowd of DS that look good is not tried to its end, and no excuse to go without") {
  SignedTree home;
  crowd(home,
        [](Bytes& ds, std::size_t number) { ds[4 + number % 30] ^= static_cast<std::uint8_t>(number + 1); });
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::DnskeyMissing));
  CHECK(home.resolver.statistics().failed_checks == 0);
  CHECK(home.quiet());
}

TEST_CASE("a hundred DS, none of an algorithm that we know, make a zone insecure") {
  SignedTree home;
  crowd(home, [](Bytes& ds, std::size_t number) { ds[0] = static_cast<std::uint8_t>(number); });
  auto ds = *home.world.zone(home.test).find(Name::literal("example.test"), Type::DS);
  wire::RdataList unknown;
  for (const auto rdata : ds.rdatas) {
    Bytes bytes(rdata.begin(), rdata.end());
    bytes[2] = 200;
    unknown.add(bytes);
  }
  ds.rdatas = unknown;
  home.world.zone(home.test).put(ds);
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
  CHECK(home.quiet());
}
