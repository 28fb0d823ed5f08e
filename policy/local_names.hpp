// Names that must not leave the host: localhost, private reverse zones, onion, home.arpa, invalid, test and
// resolver.arpa.
// Threads:  pure.
// Source:   RFC 6761 §6, 6303 §4, 7686 §2, 8375 §4, 7793, 9462 §6.4. NXDOMAIN answers carry the zone's SOA;
//           localhost answers 127.0.0.1 and ::1 with AA; 127.0.0.1 and ::1 have a PTR to it. Decided:  DS at
//           the apex of a delegated zone (home.arpa, the reverse zones) is not answered here: it is the
//           parent's data, and a validator behind us needs the parent's proof that there is none, else all
//           below is bogus to it (RFC 8375 §4). It tells the parent nothing but the zone's public name. test,
//           invalid and onion do not exist at all, so that their apex is NXDOMAIN too; example is an ordinary
//           name (RFC 6761 §6.5: resolvers must not treat it as special). Never AD: there is no chain of
//           trust to any of these.
#pragma once

#include <optional>

#include "wire/answer.hpp"

namespace shirube::policy {

// The answer, or nullopt when the name is not a local one (or its class not IN).
[[nodiscard]] std::optional<wire::Answer> answer_locally(const wire::Question& question);
// The zone of the local table that holds `name`, e.g. "10.in-addr.arpa."; a [[forward]] for it or below wins.
[[nodiscard]] std::optional<wire::Name> local_zone_of(const wire::Name& name);

}  // namespace shirube::policy
