// What an administrator can say about the caches. Defaults are those of the documentation.
// Threads:  values.
// Units:    bytes and seconds.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/time.hpp"

namespace shirube::cache {

struct CacheSettings {
  std::size_t size = std::size_t{256} << 20;  // both caches together
  wire::Seconds min_ttl{0};                   // lower TTLs are raised to this
  wire::Seconds max_ttl{86'400};              // higher TTLs are lowered to this
  wire::Seconds negative_max_ttl{3'600};      // NXDOMAIN and NODATA (RFC 2308 §5)
  wire::Seconds serve_stale{3'600};           // how long past its expiry an answer may still serve; 0 = never
  bool prefetch = true;                       // renew what is asked often shortly before it expires
  friend bool operator==(const CacheSettings&, const CacheSettings&) = default;
};

}  // namespace shirube::cache
