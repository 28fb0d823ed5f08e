// What the tests of signed zones share: a zone with every kind of name, and ldns as the judge of signatures.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sim/ldns_records.hpp"
#include "tests/unit/sim/zones.hpp"

namespace shirube::test {

inline constexpr std::string_view kSignedText = R"($TTL 300
@            SOA ns1 hostmaster 1 7200 900 1209600 60
@            NS  ns1
ns1          A   192.0.2.1
www          A   192.0.2.80
to           CNAME www
moved        DNAME elsewhere.example.
*.wild       A   192.0.2.81
alias.*.deep TXT "the wildcard is but an empty non-terminal"
x.ent        TXT "ent has nothing"
cut          NS  ns.cut
ns.cut       A   192.0.2.2
safe         NS  ns.cut
safe         DS  1 13 2 0000000000000000000000000000000000000000000000000000000000000000
)";

[[nodiscard]] inline sim::Zone signed_zone(const sim::Signing& signing = {}) {
  auto signed_one = zone("a.example", kSignedText);
  signed_one.sign(signing);
  return signed_one;
}

[[nodiscard]] inline wire::Answer ask(const sim::Zone& zone, std::string_view name, wire::Type type,
                                      sim::Proofs proofs = sim::Proofs::Included) {
  return zone.lookup({wire::Name::literal(name), type, wire::Class::IN}, proofs);
}

// Does a key of `zone` verify one of the RRset's signatures when the simulation begins?
[[nodiscard]] inline bool is_signed_well(const wire::RRset& rrset, const sim::Zone& zone) {
  const auto keys = sim::ldns_records(*zone.find(zone.apex(), wire::Type::DNSKEY));
  const wire::RRset signatures{
      .owner = rrset.owner, .type = wire::Type::RRSIG, .ttl = rrset.ttl, .rdatas = rrset.signatures};
  const auto records = sim::ldns_records(rrset);
  const auto good = sim::ldns_records(signatures);
  const std::int64_t now = sim::kSimulatedStart + 86'400;
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(good.get()); ++i) {
    if (ldns_verify_rrsig_keylist_time(records.get(), ldns_rr_list_rr(good.get(), i), keys.get(), now,
                                       nullptr) == LDNS_STATUS_OK)
      return true;
  }
  return false;
}

[[nodiscard]] inline bool all_signed_well(const std::vector<wire::RRset>& rrsets, const sim::Zone& zone) {
  return std::ranges::all_of(rrsets, [&](const auto& rrset) { return is_signed_well(rrset, zone); });
}

// Those of one type.
[[nodiscard]] inline std::vector<wire::RRset> of_type(std::vector<wire::RRset> rrsets, wire::Type type) {
  std::erase_if(rrsets, [&](const wire::RRset& rrset) { return rrset.type != type; });
  return rrsets;
}

}  // namespace shirube::test
