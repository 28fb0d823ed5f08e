#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
namespace {

// The DS of `zone` with its digest type, the fourth octet, changed.
wire::RRset of_digest_type(const sim::Zone& zone, std::uint8_t type) {
  auto ds = zone.signer()->ds(300);
  const auto rdata = *ds.rdatas.begin();
  wire::Bytes bytes(rdata.begin(), rdata.end());
  bytes[3] = type;
  ds.rdatas = {};
  ds.rdatas.add(bytes);
  return ds;
}

}  // namespace

TEST_CASE("a zone whose DS are of unknown digests only is insecure") {
  const auto type = GENERATE(std::uint8_t{0}, std::uint8_t{3}, std::uint8_t{5}, std::uint8_t{250});
  CAPTURE(type);
  test::SignedTree home;
  home.world.zone(home.test).put(of_digest_type(home.world.zone(home.example), type));
  home.spoil(home.example, "www.example.test", wire::Type::A, sim::bad_signature());
  CHECK(test::insecure(home.ask_and_wait("www.example.test")));
  CHECK(home.failures.seen.empty());
}

TEST_CASE("a DS that is no digest of a key is not unknown, but wrong") {
  test::SignedTree home;
  home.world.zone(home.test).put(of_digest_type(home.world.zone(home.example), 4));
  CHECK(test::fails_with(home.ask_and_wait("www.example.test"), wire::Ede::DnskeyMissing));
}
