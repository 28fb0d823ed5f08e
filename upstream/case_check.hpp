// Whether a server that is asked for a name in random case (0x20) compares names with case, though it must
// not (RFC 4343 §3): what its replies prove, and when a question in plain case has to decide.
// Threads:  pure.
// Source:   draft-vixie-dnsext-dns0x20; decision 016.
#pragma once

#include "upstream/ask_server.hpp"

namespace shirube::upstream {

// What a reply is worth to the client; a server that compares with case says less to a name in random case
// than to the same name in plain case.
enum class Worth : std::uint8_t { Error, NxDomain, NoData, Data };
[[nodiscard]] Worth worth_of(const AskOutcome& outcome, const wire::Question& asked, const wire::Name& zone);

// A denial that no signature vouches for; a referral upwards is none.
[[nodiscard]] bool is_unsigned_denial(const AskOutcome& outcome, Worth worth);

[[nodiscard]] bool has_letters(const wire::Name& name);
// Does the query carry capital letters in its name, not counting the last `labels`?
[[nodiscard]] bool has_capitals(wire::BytesView query, std::size_t labels = 0);

}  // namespace shirube::upstream
