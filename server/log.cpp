#include "server/log.hpp"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <spdlog/details/log_msg.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shirube::server {
namespace {

using spdlog::sinks::ansicolor_stderr_sink_st;

spdlog::level::level_enum spdlog_level(conf::LogLevel level) {
  switch (level) {
    case conf::LogLevel::Debug:
      return spdlog::level::debug;
    case conf::LogLevel::Info:
      return spdlog::level::info;
    case conf::LogLevel::Warning:
      return spdlog::level::warn;
    case conf::LogLevel::Error:
      break;
  }
  return spdlog::level::err;
}

// JOURNAL_STREAM alone is inherited by whatever is started from a service; systemd.exec(5) says to compare.
bool stderr_is_journal() {
  const char* named = std::getenv("JOURNAL_STREAM");
  struct stat is{};
  if (named == nullptr || fstat(STDERR_FILENO, &is) != 0) return false;
  return fmt::format("{}:{}", is.st_dev, is.st_ino) == named;
}

std::unique_ptr<spdlog::sinks::sink> stderr_sink() {
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  return std::make_unique<ansicolor_stderr_sink_st>(plain ? spdlog::color_mode::never
                                                          : spdlog::color_mode::automatic);
}

}  // namespace

Log::Log(const conf::LogSettings& settings)
    : Log(settings, stderr_sink(), stderr_is_journal() ? TimeStamps::OfJournal : TimeStamps::Ours) {}

Log::Log(const conf::LogSettings& settings, std::ostream& stream)
    : Log(settings, std::make_unique<spdlog::sinks::ostream_sink_st>(stream), TimeStamps::Ours) {}

Log::Log(const conf::LogSettings& settings, std::unique_ptr<spdlog::sinks::sink> sink, TimeStamps time_stamps)
    : time_stamps_(time_stamps), level_(settings.level), format_(settings.format), sink_(std::move(sink)) {
  configure(settings);
}

Log::~Log() = default;

void Log::configure(const conf::LogSettings& settings) {
  constexpr auto kJson = R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})";
  constexpr auto kText = "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v";
  constexpr auto kTextForJournal = "%^%l%$ %v";
  const auto* text = time_stamps_ == TimeStamps::OfJournal ? kTextForJournal : kText;

  const std::scoped_lock hold(mutex_);
  level_ = settings.level;
  format_ = settings.format;
  sink_->set_formatter(
      std::make_unique<spdlog::pattern_formatter>(format_ == conf::LogFormat::Json ? kJson : text));
}

void Log::write(const LogEvent& event) {
  if (!wants(event.level)) return;
  const std::scoped_lock hold(mutex_);
  const auto body = format_ == conf::LogFormat::Json ? event_json_members(event) : event_text(event);
  sink_->log(spdlog::details::log_msg({}, spdlog_level(event.level), body));
  sink_->flush();
}

void Log::event(conf::LogLevel level, std::string_view name, std::string message,
                std::vector<LogField> fields) {
  if (wants(level)) write({level, name, std::move(message), std::move(fields)});
}

}  // namespace shirube::server
