// Log: one line an event, on stderr. Handed to whoever has something to say; there is no global one.
// Threads:  all methods from any thread.
// Owns:     the sink behind it; lines of different threads do not mix.
// Errors:   none: a log that cannot be written is no reason to stop answering.
#pragma once

#include <atomic>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"
#include "server/log_event.hpp"

namespace spdlog::sinks {
class sink;  // NOLINT(readability-identifier-naming): spdlog's name
}

namespace shirube::server {

class Log {
 public:
  // To stderr: in colours on a terminal (unless NO_COLOR is set), and text without the time into the journal,
  // which keeps its own.
  explicit Log(const conf::LogSettings& settings);
  // To a stream, for tests: as to a file.
  Log(const conf::LogSettings& settings, std::ostream& stream);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // After a reload: level and format from here on.
  void configure(const conf::LogSettings& settings);
  [[nodiscard]] bool wants(conf::LogLevel level) const {
    return level >= level_.load(std::memory_order_relaxed);
  }

  void write(const LogEvent& event);
  void event(conf::LogLevel level, std::string_view name, std::string message,
             std::vector<LogField> fields = {});

 private:
  enum class TimeStamps : bool { Ours, OfJournal };
  Log(const conf::LogSettings& settings, std::unique_ptr<spdlog::sinks::sink> sink, TimeStamps time_stamps);

  const TimeStamps time_stamps_;
  std::atomic<conf::LogLevel> level_;
  std::mutex mutex_;  // holds format and sink together: a line has frame and body of the same format
  conf::LogFormat format_;
  std::unique_ptr<spdlog::sinks::sink> sink_;
};

}  // namespace shirube::server
