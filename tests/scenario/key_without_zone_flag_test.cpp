#include <catch2/catch.hpp>

#include "dnssec/digest.hpp"
#include "dnssec/records.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

wire::RRset ds_for(const wire::Name& zone, const wire::Bytes& key) {
  const auto tag = dnssec::key_tag(key);
  wire::Bytes rdata{static_cast<std::uint8_t>(tag >> 8U), static_cast<std::uint8_t>(tag & 0xffU), key[3], 2};
  std::ranges::copy(dnssec::ds_digest(dnssec::DigestType::Sha256, zone, key), std::back_inserter(rdata));
  wire::RRset ds{.owner = zone, .type = Type::DS, .ttl = 300};
  ds.rdatas.add(rdata);
  return ds;
}

}  // namespace

TEST_CASE("a DS for a key that is no zone key, or is revoked, is the reason") {
  const auto flags = GENERATE(std::uint8_t{0}, std::uint8_t{1});
  test::SignedHost home;
  const auto test = home.serve_signed("test", "", {"192.0.2.1"});
  const auto zone = home.serve_signed("example.test", "www 300 A 192.0.2.80\n", {"192.0.2.2"});
  const auto name = wire::Name::literal("example.test");
  const auto keys = home.world.zone(zone).signer()->dnskeys(300);
  const auto honest = *keys.rdatas.begin();
  wire::Bytes key(honest.begin(), honest.end());
  key[0] = flags;                   // the ZONE flag
  if (flags == 1) key[1] |= 0x80U;  // REVOKE
  home.spoil(zone, "example.test", Type::DNSKEY,
             [key](wire::RRset& rrset, const sim::Signer&) { rrset.rdatas.add(key); });
  home.world.zone(test).put(ds_for(name, key));
  const auto& client = home.ask_and_wait("www.example.test");
  CHECK(test::fails_with(client, wire::Ede::NoZoneKeyBit));
  CHECK_THAT(test::reason(client), Catch::Contains("the key of example.test."));
  CHECK(test::last_flaw(home) == dnssec::Flaw::KeyNotForZone);
}
