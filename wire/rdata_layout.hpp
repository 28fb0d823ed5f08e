// Where the names stand in the RDATA of each type, and whether they may be compressed: one table for parser,
// builder, cache and (later) canonical form.
// Threads:  constants.
// Errors:   nullopt or false for RDATA that does not hold what its type needs.
// Source:   RFC 1035 §3.3, RFC 3597 §4, RFC 4034 §6.2, RFC 9460 (SVCB target never compressed).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "wire/bytes.hpp"
#include "wire/types.hpp"

namespace shirube::wire {

// One field of an RDATA. Fixed: `size` octets. CharString: a length octet and its text. Rest: all that is
// left.
enum class FieldKind : std::uint8_t { Fixed, Name, CharString, Rest };
struct Field {
  FieldKind kind;
  std::uint8_t size = 0;
};

struct RdataLayout {
  std::span<const Field> fields;
  bool accept_compressed;  // a decompressor must (RFC 1035 types, and those of RFC 3597 §4 that senders got
                           // wrong)
  bool compress;           // we may when writing: RFC 1035 types only
};

// Types without an entry are opaque: one Rest field, never compressed. No layout that accepts compressed
// names has a Rest field, so that uncompressing can not make RDATA longer than 16 bits say.
[[nodiscard]] const RdataLayout& rdata_layout(Type type);
[[nodiscard]] const RdataLayout& opaque_layout();

// Offset behind the field that begins at `at`. `bytes` ends with the RDATA: nothing after it may be read. It
// begins where the message does when the names may be compressed, else anywhere.
[[nodiscard]] std::optional<std::size_t> field_end(BytesView bytes, std::size_t at, Field field,
                                                   bool accept_compressed);
// True if the fields fill the RDATA from `at` to the end of `bytes` exactly.
[[nodiscard]] bool fields_fit(BytesView bytes, std::size_t at, const RdataLayout& layout);
// The same for RDATA that stands alone, without any compression.
[[nodiscard]] bool is_whole_rdata(Type type, BytesView rdata);

}  // namespace shirube::wire
