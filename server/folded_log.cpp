#include "server/folded_log.hpp"

#include <utility>

namespace shirube::server {

FoldedLog::~FoldedLog() {
  for (const auto& line : folding_.drain()) log_.write(line);
}

void FoldedLog::event(LogEvent event, std::string_view key, wire::Instant now) {
  if (!log_.wants(event.level)) return;
  const std::scoped_lock hold(mutex_);
  if (const auto line = folding_.admit(std::move(event), key, now)) log_.write(*line);
}

void FoldedLog::tick(wire::Instant now) {
  const std::scoped_lock hold(mutex_);
  for (const auto& line : folding_.due(now)) log_.write(line);
}

}  // namespace shirube::server
