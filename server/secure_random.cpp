#include "server/secure_random.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <sys/random.h>

namespace shirube::server {

void SecureRandom::fill(wire::BytesSpan bytes) {
  while (!bytes.empty()) {
    if (used_ == buffer_.size()) refill();
    const auto count = std::min(bytes.size(), buffer_.size() - used_);
    std::memcpy(bytes.data(), buffer_.data() + used_, count);
    // What was handed out must not be found in memory later.
    std::memset(buffer_.data() + used_, 0, count);
    used_ += count;
    bytes = bytes.subspan(count);
  }
}

void SecureRandom::refill() {
  std::size_t filled = 0;
  while (filled < buffer_.size()) {
    const auto got = ::getrandom(buffer_.data() + filled, buffer_.size() - filled, 0);
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      std::abort();
    }
  }
  used_ = 0;
}

}  // namespace shirube::server
