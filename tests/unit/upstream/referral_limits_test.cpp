// What one referral can make us do is bounded: NXNS (CVE-2020-12662), NRDelegation (CVE-2022-3204), big glue
// (CVE-2026-3592).
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;

namespace {

[[nodiscard]] upstream::Referral refer(wire::RRset servers, std::vector<wire::RRset> additional) {
  wire::Answer reply;
  reply.authority.push_back(std::move(servers));
  reply.additional = std::move(additional);
  return upstream::read_referral(reply, question("www.example.test."), name("test.")).value();
}

[[nodiscard]] bool names(const wire::RRset& servers, std::string_view server) {
  return servers.rdatas.contains(name(server).wire());
}

}  // namespace

TEST_CASE("thirteen servers are kept whole, with their signatures") {
  const auto servers = as_signed(rrset(numbered("example.test. 300 IN NS ns#.example.test.", 13)));
  CHECK(refer(servers, {}).servers == servers);
}

TEST_CASE("of more than thirteen servers those with glue are kept first, and a part is not signed") {
  const auto servers = as_signed(rrset(numbered("example.test. 300 IN NS ns#.example.test.", 20)));
  const auto referral =
      refer(servers,
            rrsets({"ns19.example.test. 300 IN A 192.0.2.1", "ns18.example.test. 300 IN AAAA 2001:db8::1"}));
  CHECK(referral.servers.owner == name("example.test."));
  CHECK(referral.servers.ttl == 300);
  REQUIRE(referral.servers.rdatas.count() == upstream::kMaxNameServers);
  CHECK(names(referral.servers, "ns19.example.test."));
  CHECK(names(referral.servers, "ns18.example.test."));
  CHECK(names(referral.servers, "ns10.example.test."));
  CHECK_FALSE(names(referral.servers, "ns11.example.test."));
  CHECK(referral.servers.signatures.empty());
  CHECK(referral.glue.size() == 2);
}

TEST_CASE("glue of servers that are not kept goes with them") {
  const auto servers = rrset(numbered("example.test. 300 IN NS ns#.example.test.", 20));
  const auto referral = refer(servers, rrsets(numbered("ns#.example.test. 300 IN A 192.0.2.#", 20)));
  REQUIRE(referral.glue.size() == upstream::kMaxNameServers);
  for (const auto& glue : referral.glue) CHECK(names(referral.servers, glue.owner.text()));
  CHECK_FALSE(names(referral.servers, "ns13.example.test."));
}

TEST_CASE("of each server four addresses of each family are kept") {
  const auto servers = record("example.test. 300 IN NS ns.example.test.");
  const auto referral = refer(servers, {rrset(numbered("ns.example.test. 300 IN A 192.0.2.#", 50)),
                                        rrset(numbered("ns.example.test. 300 IN AAAA 2001:db8::#", 50))});
  CHECK(referral.glue == std::vector{rrset(numbered("ns.example.test. 300 IN A 192.0.2.#", 4)),
                                     rrset(numbered("ns.example.test. 300 IN AAAA 2001:db8::#", 4))});
}

TEST_CASE("glue of a crowd of servers is not read without end") {
  const auto servers = rrset(numbered("example.test. 300 IN NS ns#.example.test.", 100));
  std::vector<wire::RRset> additional;
  for (int i = 0; i < 40; ++i) {
    for (auto& glue : rrsets(numbered("ns#.example.test. 300 IN A 192.0.2.#", 100)))
      additional.push_back(std::move(glue));
  }
  const auto referral = refer(servers, std::move(additional));
  CHECK(referral.servers.rdatas.count() == upstream::kMaxNameServers);
  // Two of each server are within what is read: a reply is grouped into RRsets, and has each just once.
  CHECK(referral.glue.size() == 2 * upstream::kMaxNameServers);
}
