// Route: which servers are asked for a name.
// Threads:  pure.
// Rules:    the longest zone that holds the name wins. DS belongs to the parent's side of a cut (RFC 4035
//           §3.1.4.1), so a DS of a forwarded zone's own name goes where the parent's names go.
#pragma once

#include "upstream/settings.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

// nullptr: no forward holds the name.
[[nodiscard]] const ZoneServers* choose_forward(const UpstreamSettings& settings,
                                                const wire::Question& question);
// Does a [[forward]] name this zone, or one below it that holds the name? Then the zone is not answered
// locally.
[[nodiscard]] bool overrides_local(const UpstreamSettings& settings, const wire::Name& name,
                                   const wire::Name& local_zone);

}  // namespace shirube::upstream
