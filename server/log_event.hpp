// One thing that happened, and how it is written: "forward_failed: no answer zone=. server=192.0.2.53:53".
// Threads:  values and pure functions.
// Errors:   none. Names and messages from the network may hold any bytes; what comes out is printable ASCII,
//           so no packet can move the cursor of a terminal or break the line or the JSON it is logged in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"

namespace shirube::server {

// A key is a word of ours and unique within the event; a value may hold anything.
struct LogField {
  std::string_view key;
  std::string value;
};

struct LogEvent {
  conf::LogLevel level = conf::LogLevel::Info;
  std::string_view name;  // a literal of ours, for machines: "forward_failed"
  std::string message;    // for people: what happened, and what to do about it
  std::vector<LogField> fields;
};

// "name: message key=value key=\"two words\"". Bytes that are not printable ASCII become \xHH.
[[nodiscard]] std::string event_text(const LogEvent& event);
// The members of a JSON object, without its braces, so that a time and a level can stand before them:
// "event":"name","message":"…","key":"value". Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string event_json_members(const LogEvent& event);

}  // namespace shirube::server
