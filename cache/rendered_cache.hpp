// RenderedCache: finished packets, ready to be sent after their ID, flags, case and TTLs are patched. One for each worker.
// Threads:  one owner.
// Owns:     its entries; find() borrows one until the next call that is not const.
// Units:    capacity in bytes of memory really used; TTLs in seconds.
// Errors:   an insertion that is larger than kMaxRenderedBytes is dropped silently: the next query renders again.
// Cost:     find() and write_reply() allocate nothing and lock nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

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
  std::uint8_t form = 0;         // bits: EDNS, DO, CD, AD asked, TCP (see server/)
};

struct Rendered {
  wire::BytesView packet;
  wire::Instant stored{};
  wire::Instant expires{};     // never past the shortest-lived RRset
  wire::Instant refresh_at{};  // from then on a hit should renew the truth behind it
  bool refresh_asked = false;  // a hit has asked for that already
};

class RenderedCache {
 public:
  RenderedCache(std::size_t capacity_bytes, std::uint64_t hash_seed);
  ~RenderedCache();
  RenderedCache(RenderedCache&&) noexcept;
  RenderedCache& operator=(RenderedCache&&) noexcept;

  // nullptr: nothing, expired, or of an older generation.
  [[nodiscard]] Rendered* find(const RenderedKey& key, wire::Instant now);
  // `packet`: a whole message with ID 0; TTLs as of `stored`. Replaces what is there.
  void insert(const RenderedKey& key, wire::BytesView packet, wire::Instant stored, wire::Instant expires, wire::Instant refresh_at);
  // Everything that is in now is void: configuration or routes changed. Constant time.
  void drop_all() { ++generation_; }
  void set_capacity(std::size_t capacity_bytes);

  // Copies the packet to `out` with the client's ID, RD and CD and question section, and all TTLs but OPT's lowered by the age.
  // Returns its size; 0 when it does not fit `out`.
  [[nodiscard]] static std::size_t write_reply(const Rendered& rendered, wire::BytesView query, wire::Instant now, wire::BytesSpan out);

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
