#include "server/detail_log.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace shirube::server {

bool DetailLog::admit(wire::Instant now) {
  constexpr auto kOneLine = wire::Duration{std::chrono::seconds{1}} / kDetailsPerSecond;
  if (filled_at_ == wire::Instant::min()) filled_at_ = now;
  if (now > filled_at_) {
    const auto earned = static_cast<std::uint64_t>((now - filled_at_) / kOneLine);
    left_ = std::min(kDetailBurst, left_ + std::min(earned, kDetailBurst));
    filled_at_ += kOneLine * earned;
  }
  if (left_ == 0) {
    ++dropped_;
    return false;
  }
  --left_;
  if (dropped_ > 0 && now >= tell_dropped_at_) {
    tell_dropped_at_ = now + kDroppedPause;
    tell_dropped();
  }
  return true;
}

void DetailLog::tell_dropped() {
  const auto dropped = std::exchange(dropped_, 0);
  if (dropped == 0) return;
  log_.write({conf::LogLevel::Debug,
              "details_dropped",
              "debug lines above the limit were not written",
              {{"lines", fmt::to_string(dropped)}}});
}

}  // namespace shirube::server
