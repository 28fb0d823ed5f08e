// AlarmQueue: alarms in the order in which they ring; what every Network keeps behind set_alarm().
// Threads:  one owner.
// Owns:     nothing: entries point to alarms, which take themselves out.
// Cost:     a heap in one array: no allocation for an alarm, and each alarm knows its place, so that most
//           alarms, which are cancelled before they ring, are found at once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "upstream/network.hpp"

namespace shirube::upstream {

class AlarmQueue {
 public:
  // REQUIRES: not in a queue.
  void insert(Alarm& alarm);
  // REQUIRES: in this queue.
  void erase(Alarm& alarm);
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] std::optional<wire::Instant> next() const;
  // The first alarm that is due, taken out; nullptr when none is.
  [[nodiscard]] Alarm* take_due(wire::Instant now);

 private:
  struct Entry {
    wire::Instant when;
    std::uint64_t sequence;  // of alarms of one instant the first one set rings first
    Alarm* alarm;
    [[nodiscard]] bool is_before(const Entry& other) const {
      return when != other.when ? when < other.when : sequence < other.sequence;
    }
  };
  void put(std::size_t place, const Entry& entry);
  // Moves the entry to its place among those above or below the hole at `place`.
  void rise(std::size_t place, const Entry& entry);
  void sink(std::size_t place, const Entry& entry);

  std::vector<Entry> heap_;  // each entry is before the two at twice its place plus one and plus two
};

}  // namespace shirube::upstream
