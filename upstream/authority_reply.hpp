// What a reply of a zone's server means to the walk: an answer, the way down, or that the server is of no use
// for this zone.
// Threads:  pure.
// Source:   RFC 1034 §4.3.2 and §5.3.3, RFC 2308 §2.2 (NODATA with and without SOA), RFC 1912 §2.8 (lame
//           delegations), RFC 9499 (lame: no AA for a zone that it should serve).
#pragma once

#include <variant>

#include "upstream/delegation.hpp"
#include "upstream/failure.hpp"
#include "upstream/reply_reading.hpp"

namespace shirube::upstream {

struct AuthorityAnswer {};  // the reply answers: data, an alias or a denial
// Like AuthorityAnswer, but without AA, which a server of the zone should set. It is used if no better one
// comes: a former server of the zone that recurses may answer from its cache. A denial has the zone's SOA.
struct SloppyAnswer {};
// A denial without AA and without SOA, but with signatures. It may be used only if it validates as secure:
// the server's word alone is worth nothing.
struct ProvenDenial {};
// NXDOMAIN or NODATA without any record, by a resolver that the administrator named in a [[stub]]: dnsmasq
// denies so. It is used if no better answer comes.
struct BareDenial {};
using AuthorityVerdict =
    std::variant<AuthorityAnswer, SloppyAnswer, ProvenDenial, BareDenial, Referral, Misbehaviour>;

// `reply` is NOERROR or NXDOMAIN, from a server of `zone`.
[[nodiscard]] AuthorityVerdict judge_reply(const ReplyContent& reply, const wire::Question& asked,
                                           const wire::Name& zone);

// Are there NS of a zone above `zone` in the authority section? Without an answer and an SOA, its server does
// not serve `zone`.
[[nodiscard]] bool refers_above(const wire::Answer& answer, const wire::Name& zone);

// Does this tell that the server does not serve the zone at all? Then it is remembered for the zone; else it
// failed for this question only.
[[nodiscard]] bool is_lame(const Complaint& complaint);

}  // namespace shirube::upstream
