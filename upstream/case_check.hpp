// Finds servers that compare names with case, against RFC 4343 §3: the evidence in replies to names in random
// case (0x20), and the condition for a check in plain case.
// Threads:  pure.
// Source:   draft-vixie-dnsext-dns0x20; decision 016.
#pragma once

#include <optional>

#include "upstream/ask_server.hpp"

namespace shirube::upstream {

// The value of a reply for the client. A server that compares with case returns less for a name in random
// case than for the same name in plain case: a denial without proof in place of data, or of a signed denial.
enum class Worth : std::uint8_t { Error, NxDomain, NoData, SignedDenial, Data };
[[nodiscard]] Worth worth_of(const AskOutcome& outcome, const wire::Question& asked, const wire::Name& zone);

// An unsigned denial; a referral to a zone above `zone` is not one.
[[nodiscard]] bool is_unsigned_denial(const AskOutcome& outcome, Worth worth, const wire::Name& zone);

// Does this data prove that the server compares the name without case? It has to be data of just this name,
// or a referral to it: a DNAME or a referral of a name above compares no label below. And it has to be the
// authority's own (AA): a cache may have found it. A wildcard of the zone proves the same, and cannot be told
// from a name that exists.
[[nodiscard]] bool proves_case_blind(const ReplyContent& content, const ServerQuery& asked);

// What names a server is asked for: `zone` for an authority.
struct CaseNames {
  CaseScope scope;
  const wire::Name& zone;
  const wire::Name& asked;
};
// The zone whose standing decides on a check, before a reply and after its denial. AskedZone: that zone.
// ZoneInReply: that of the denial's SOA, otherwise the zone of the name's siblings, or the name itself if it
// may be a delegated zone.
[[nodiscard]] wire::Name case_zone(const CaseNames& names);
[[nodiscard]] wire::Name case_zone(const CaseNames& names, const wire::Answer& denial);
// The zones that data of the name proves something about. ZoneInReply: the zone of its siblings, and also
// that of the name itself if it may be a delegated zone. Otherwise each name would take a place in the
// ServerMemory.
struct ZonesOfData {
  wire::Name first;
  std::optional<wire::Name> second = {};
};
[[nodiscard]] ZonesOfData zones_of_data(const CaseNames& names);

[[nodiscard]] bool has_letters(const wire::Name& name);
// Where the query has capital letters in its name. The last `zone_labels` labels are those of the server's
// zone.
[[nodiscard]] Capitals capitals_in(wire::BytesView query, std::size_t zone_labels);
[[nodiscard]] inline bool has_capitals(wire::BytesView query) {
  return capitals_in(query, 0) != Capitals::None;
}

}  // namespace shirube::upstream
