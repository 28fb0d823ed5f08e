// Names that must not leave the host: localhost, private reverse zones, onion, home.arpa, invalid, test, resolver.arpa.
// Threads:  pure.
// Source:   RFC 6761 §6, 6303 §4, 7686 §2, 8375 §4, 7793, 9462 §6.4. NXDOMAIN answers carry the zone's SOA; localhost
//           answers 127.0.0.1 and ::1 with AA.
#pragma once

#include <optional>

#include "wire/answer.hpp"

namespace shirube::policy {

// The answer, or nullopt when the name is not a local one.
[[nodiscard]] std::optional<wire::Answer> answer_locally(const wire::Question& question);
// The zone of the local table that holds `name`, e.g. "10.in-addr.arpa."; a [[forward]] for it or below it wins.
[[nodiscard]] std::optional<wire::Name> local_zone_of(const wire::Name& name);

}  // namespace shirube::policy
