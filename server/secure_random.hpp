// SecureRandom: bytes of the kernel's CSPRNG, fetched a few KiB at a time: IDs and ports need two bytes each,
// and often.
// Threads:  one owner.
// Errors:   none: a kernel without getrandom(2) ends the process, since guessable IDs are worse than no
//           service (CVE-2025-40780).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "wire/bytes.hpp"

namespace shirube::server {

class SecureRandom {
 public:
  void fill(wire::BytesSpan bytes);

 private:
  void refill();

  static constexpr std::size_t kBufferSize = 4096;
  std::array<std::uint8_t, kBufferSize> buffer_{};
  std::size_t used_ = kBufferSize;
};

}  // namespace shirube::server
