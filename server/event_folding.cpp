#include "server/event_folding.hpp"

#include <utility>

#include <fmt/format.h>

namespace shirube::server {
namespace {

void cut(std::string& text) {
  if (text.size() > EventFolding::kMaxKeptBytes) text.resize(EventFolding::kMaxKeptBytes);
}

void cut(LogEvent& event) {
  cut(event.message);
  for (auto& field : event.fields) cut(field.value);
}

void add(RepeatedEvent& repeated, LogEvent event) {
  ++repeated.repeated;
  repeated.last = std::move(event);
  cut(repeated.last);
}

LogEvent repeated_line(RepeatedEvent& event) {
  auto line = std::move(event.last);
  line.fields.push_back({"repeated", fmt::to_string(event.repeated)});
  return line;
}

// Other keys have nothing in common but their name: fields of one of them would mislead.
LogEvent others_line(const RepeatedEvent& event) {
  return {event.last.level,
          event.last.name,
          fmt::format("... and {} other{}", event.repeated, event.repeated == 1 ? "" : "s"),
          {{"repeated", fmt::to_string(event.repeated)}}};
}

}  // namespace

std::optional<LogEvent> EventFolding::admit(LogEvent event, std::string_view key, wire::Instant now) {
  key = key.substr(0, kMaxKeptBytes);
  auto& [keys, others] = names_[event.name];
  if (const auto known = keys.find(key); known != keys.end()) {
    add(known->second, std::move(event));
    return std::nullopt;
  }
  if (keys.size() < kMaxKeys) {
    keys.emplace(key, RepeatedEvent{now + kWindow, 0, {}});
    return event;
  }
  if (!others) others = RepeatedEvent{now + kWindow, 0, {}};
  add(*others, std::move(event));
  return std::nullopt;
}

std::vector<LogEvent> EventFolding::due(wire::Instant now) {
  std::vector<LogEvent> lines;
  for (auto& [name, of_name] : names_) {
    for (auto entry = of_name.keys.begin(); entry != of_name.keys.end();) {
      auto& event = entry->second;
      if (now < event.window_end) {
        ++entry;
      } else if (event.repeated == 0) {
        entry = of_name.keys.erase(entry);
      } else {
        lines.push_back(repeated_line(event));
        event = {now + kWindow, 0, {}};
        ++entry;
      }
    }
    if (of_name.others && now >= of_name.others->window_end) {
      lines.push_back(others_line(*of_name.others));
      of_name.others.reset();
    }
  }
  return lines;
}

std::vector<LogEvent> EventFolding::drain() {
  std::vector<LogEvent> lines;
  for (auto& [name, of_name] : names_) {
    for (auto& [key, event] : of_name.keys) {
      if (event.repeated > 0) lines.push_back(repeated_line(event));
    }
    if (of_name.others) lines.push_back(others_line(*of_name.others));
  }
  names_.clear();
  return lines;
}

std::size_t EventFolding::size() const {
  std::size_t held = 0;
  for (const auto& [name, of_name] : names_) held += of_name.keys.size() + (of_name.others ? 1 : 0);
  return held;
}

}  // namespace shirube::server
