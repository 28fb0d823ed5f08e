// EventFolding: which of many like events become lines of the log: the first at once, the others as one line
// with their number a minute. A server that fails ten thousand queries is one line a minute.
// Threads:  one owner.
// Owns:     the last event of every key that it counts.
// Units:    `now` is monotonic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/log_event.hpp"
#include "wire/time.hpp"

namespace shirube::server {

struct RepeatedEvent {
  wire::Instant window_end;
  std::uint64_t repeated = 0;
  LogEvent last;  // only while repeated > 0
};

class EventFolding {
 public:
  static constexpr wire::Duration kWindow = std::chrono::minutes{1};
  // Keys counted one by one, an event name. Bounds memory and lines when the keys come from the network: a
  // client that asks for random names, each of which fails in its own way.
  static constexpr std::size_t kMaxKeys = 64;
  // Of a key, and of the message and each value of the event kept for it; longer ones are cut. Bounds memory
  // under names of full length.
  static constexpr std::size_t kMaxKeptBytes = 256;

  // The event itself when it is to be written now; nullopt when it is counted. Events with the same name and
  // key are alike.
  [[nodiscard]] std::optional<LogEvent> admit(LogEvent event, std::string_view key, wire::Instant now);
  // Lines for all whose minute is over, each with a field `repeated`; those that were not repeated are
  // forgotten. Call it about once a second.
  [[nodiscard]] std::vector<LogEvent> due(wire::Instant now);
  // Lines for all that is counted and not yet written: at the end of the process.
  [[nodiscard]] std::vector<LogEvent> drain();
  // Keys held; for tests of the bound.
  [[nodiscard]] std::size_t size() const;

 private:
  struct OfOneName {
    std::map<std::string, RepeatedEvent, std::less<>> keys;
    std::optional<RepeatedEvent> others;  // what came when `keys` was full
  };

  // Keyed by the names that our code has for its events: a closed set.
  std::map<std::string_view, OfOneName> names_;
};

}  // namespace shirube::server
