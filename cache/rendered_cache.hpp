// RenderedCache: finished packets, ready to be sent after their ID, flags, case and TTLs are patched. One for
// each worker.
// Threads:  one owner.
// Owns:     its entries; find() lends one until the next call that is not const, find() included.
// Units:    capacity in bytes of memory really used; TTLs in seconds; `expires` and `refresh_at` are kept to
//           the millisecond.
// Errors:   an insertion that is larger than kMaxRenderedBytes is dropped silently: the next query renders
//           again.
// Cost:     find() and write_reply() allocate nothing and lock nothing. An entry takes 58 bytes and a bucket
//           of 8 beside its key, its packet and two bytes for each TTL (one allocation).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "wire/bytes.hpp"
#include "wire/time.hpp"
#include "wire/types.hpp"

namespace shirube::cache {

inline constexpr std::size_t kMaxRenderedBytes = 8192;

// All that makes two clients' packets differ but ID, RD/CD bits, letters' case and age.
struct RenderedKey {
  wire::BytesView lowered_name;  // borrowed
  wire::Type type{};
  std::uint16_t size_limit = 0;  // of the reply, after all clamping
  std::uint8_t profile = 0;
  std::uint8_t form = 0;  // bits: EDNS, DO, CD, AD asked, TCP, CO (see server/)
};

// An entry as find() lends it.
struct Rendered {
  wire::BytesView packet;
  std::span<const std::uint16_t> ttl_offsets;  // in `packet`, of every record but OPT
  std::size_t name_size = 0;                   // of the name in the question section
  wire::Instant stored;
  wire::Instant expires;     // never past the shortest-lived RRset
  wire::Instant refresh_at;  // from then on a hit should renew the truth behind it
  bool& refresh_asked;       // a hit has asked for that already; kept with the entry
};

class RenderedCache {
 public:
  RenderedCache(std::size_t capacity_bytes, std::uint64_t hash_seed);
  ~RenderedCache();
  RenderedCache(RenderedCache&&) noexcept;
  RenderedCache& operator=(RenderedCache&&) noexcept;

  // nullptr: nothing, expired, or of an older generation.
  [[nodiscard]] Rendered* find(const RenderedKey& key, wire::Instant now);
  // `packet`: a whole message with ID 0 and the key's name as its one question; TTLs as of `stored`. Replaces
  // what is there. Nothing is kept of what has no life left (a TTL of 0) or is no such message.
  void insert(const RenderedKey& key, wire::BytesView packet, wire::Instant stored, wire::Instant expires,
              wire::Instant refresh_at);
  // Everything that is in now is void: configuration or routes changed. Constant time.
  void drop_all() { ++generation_; }
  // Evicts at once what is too much: for start-up and reload.
  void set_capacity(std::size_t capacity_bytes);

  // Copies the packet to `out` with the client's ID, RD and CD and question section, and all TTLs but OPT's
  // lowered by the age. `query`: the client's packet. Returns the reply's size; 0 when it does not fit `out`,
  // or when the name that `query` asks for is not as long as that of the packet: then it is no reply to it,
  // and compression pointers would lead astray.
  [[nodiscard]] static std::size_t write_reply(const Rendered& rendered, wire::BytesView query,
                                               wire::Instant now, wire::BytesSpan out);

  struct Statistics {
    std::size_t entries = 0, bytes = 0, capacity = 0;
    std::uint64_t hits = 0, misses = 0, evictions = 0;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  class Table;
  std::unique_ptr<Table> table_;
  std::uint32_t generation_ = 0;
};

}  // namespace shirube::cache
