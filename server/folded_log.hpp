// FoldedLog: a Log for what may happen ten thousand times a second; see event_folding.hpp for what it does.
// Threads:  all methods from any thread; one lock, held while lines are written.
// Owns:     its counts; borrows the Log, which must outlive it.
// Units:    `now` is monotonic; tick() wants about one call a second, from any one thread.
#pragma once

#include <mutex>
#include <string_view>

#include "server/event_folding.hpp"
#include "server/log.hpp"
#include "wire/time.hpp"

namespace shirube::server {

class FoldedLog {
 public:
  explicit FoldedLog(Log& log) : log_(log) {}
  // Writes what is counted and not yet written.
  ~FoldedLog();
  FoldedLog(const FoldedLog&) = delete;
  FoldedLog& operator=(const FoldedLog&) = delete;

  // Events with the same name and key are folded: the key says what is alike, say the server that does not
  // answer.
  void event(LogEvent event, std::string_view key, wire::Instant now);
  void tick(wire::Instant now);

 private:
  Log& log_;
  std::mutex mutex_;
  EventFolding folding_;
};

}  // namespace shirube::server
