// Where the names stand in the RDATA of each type, and whether they may be compressed: one table for parser,
// builder, cache and (later) canonical form.
// Threads:  constants.
// Source:   RFC 1035 §3.3, RFC 3597 §4, RFC 4034 §6.2, RFC 9460 (SVCB target never compressed).
#pragma once

#include <cstdint>
#include <span>

#include "wire/types.hpp"

namespace shirube::wire {

// One field of an RDATA. Fixed: `size` octets. CharString: a length octet and its text. Rest: all that is left.
enum class FieldKind : std::uint8_t { Fixed, Name, CharString, Rest };
struct Field {
  FieldKind kind;
  std::uint8_t size = 0;
};

struct RdataLayout {
  std::span<const Field> fields;
  bool accept_compressed;  // a decompressor must (RFC 1035 types, and those of RFC 3597 §4 that senders got wrong)
  bool compress;           // we may when writing: RFC 1035 types only
};

// Types without an entry are opaque: one Rest field, never compressed.
[[nodiscard]] const RdataLayout& rdata_layout(Type type);

}  // namespace shirube::wire
