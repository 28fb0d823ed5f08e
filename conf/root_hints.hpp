// Root hints: where to ask for the root's own servers (priming, RFC 9609), built in or out of a file.
// Threads:  pure; the built-in ones are made once, then read from any.
// Errors:   FileProblem: the line at fault and what was expected there; never half a list.
// Source:   https://www.internic.net/domain/named.root, last change April 18, 2024. A change of one address does no
//           harm before the next release: one that answers is enough, and it tells all others.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "conf/zone_records.hpp"
#include "upstream/settings.hpp"

namespace shirube::conf {

// The file of IANA has 3.3 kB; a zone or a log given by mistake is not walked to its end.
inline constexpr std::size_t kMaxRootHintsSize = std::size_t{1} << 16;

// NS of ".", and A and AAAA of the servers that they name, in any order; TTLs do not matter. A server without
// an address is left out, for nobody could ask it.
[[nodiscard]] std::expected<std::vector<upstream::RootServer>, FileProblem> parse_root_hints(
    std::string_view text);

// a.root-servers.net to m.root-servers.net.
[[nodiscard]] const std::vector<upstream::RootServer>& built_in_root_hints();

}  // namespace shirube::conf
