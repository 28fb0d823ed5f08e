#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
namespace {

void add_to(wire::RRset& ds, const wire::RRset& more, std::optional<std::uint8_t> digest_type = {}) {
  for (const auto rdata : more.rdatas) {
    wire::Bytes bytes(rdata.begin(), rdata.end());
    if (digest_type) bytes[3] = *digest_type;
    ds.rdatas.add(bytes);
  }
}

}  // namespace

TEST_CASE("of several DS one that fits a key is enough") {
  test::SignedTree home;
  const auto& zone = home.world.zone(home.example);
  auto ds = zone.signer()->ds(300);
  add_to(ds, zone.signer()->ds(300), std::uint8_t{250});
  add_to(ds, sim::Signer(zone.apex(), {.generation = 3}).ds(300));
  add_to(ds, sim::Signer(zone.apex(), {.algorithm = static_cast<dnssec::Algorithm>(99)}).ds(300));
  home.world.zone(home.test).put(ds);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
}

TEST_CASE("beside a supported DS the unsupported ones make nothing insecure") {
  test::SignedTree home;
  const auto& zone = home.world.zone(home.example);
  auto ds = sim::Signer(zone.apex(), {.generation = 3}).ds(300);
  add_to(ds, zone.signer()->ds(300), std::uint8_t{250});
  home.world.zone(home.test).put(ds);
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnskeyMissing));
}

TEST_CASE("a DS by SHA-1 counts alone, and not beside a better one") {
  test::SignedTree home;
  const auto& zone = home.world.zone(home.example);
  auto ds = zone.signer()->ds(300, dnssec::DigestType::Sha1);
  home.world.zone(home.test).put(ds);
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  test::SignedTree other;
  add_to(ds, sim::Signer(zone.apex(), {.generation = 3}).ds(300));
  other.world.zone(other.test).put(ds);
  CHECK(test::fails_with(other.ask_and_wait("www.example.test"), wire::Ede::DnskeyMissing));
}
