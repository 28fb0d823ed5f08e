// AlarmQueue: alarms in the order in which they ring; what every Network keeps behind set_alarm().
// Threads:  one owner.
// Owns:     nothing: entries point to alarms, which take themselves out.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "upstream/network.hpp"

namespace shirube::upstream {

class AlarmQueue {
 public:
  void insert(Alarm& alarm, wire::Instant when, std::uint64_t sequence) {
    alarms_.emplace(Key{when, sequence}, &alarm);
  }
  void erase(wire::Instant when, std::uint64_t sequence) { alarms_.erase(Key{when, sequence}); }
  [[nodiscard]] bool empty() const { return alarms_.empty(); }
  [[nodiscard]] std::size_t size() const { return alarms_.size(); }
  [[nodiscard]] std::optional<wire::Instant> next() const {
    if (alarms_.empty()) return std::nullopt;
    return alarms_.begin()->first.first;
  }
  // The first alarm that is due, taken out; nullptr when none is.
  [[nodiscard]] Alarm* take_due(wire::Instant now) {
    if (alarms_.empty() || alarms_.begin()->first.first > now) return nullptr;
    auto* alarm = alarms_.begin()->second;
    alarms_.erase(alarms_.begin());
    return alarm;
  }

 private:
  using Key = std::pair<wire::Instant, std::uint64_t>;
  std::map<Key, Alarm*> alarms_;
};

}  // namespace shirube::upstream
