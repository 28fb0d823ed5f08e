// RDATA between text and wire, for zone files in code, demo tables and explanations; never for network input.
// Threads:  any.
// Errors:   nullopt when the text is not a record of its type; ldns reads it, rdata_layout() then checks it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wire/rrset.hpp"

namespace shirube::wire {

// "10 mail.example." for MX; RFC 3597 "\# 4 c0000201" for unknown types.
[[nodiscard]] std::string rdata_text(Type type, BytesView rdata);
[[nodiscard]] std::optional<Bytes> parse_rdata(Type type, std::string_view text);
// One line of a zone file with absolute names: "example. 300 IN MX 10 mail.example.".
[[nodiscard]] std::optional<RRset> parse_record(std::string_view line);

}  // namespace shirube::wire
