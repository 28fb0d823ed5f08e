// AlarmQueue: alarms in the order in which they ring. Each Network keeps its alarms in one.
// Threads:  one owner.
// Owns:     nothing: entries point to alarms, which take themselves out.
// Cost:     a heap in one array, so an alarm needs no allocation. Each alarm knows its place, so cancelling one
//           needs no search: most alarms are cancelled.
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
    std::uint64_t sequence;  // among alarms of one instant, the lowest rings first
    Alarm* alarm;
    [[nodiscard]] bool is_before(const Entry& other) const {
      return when != other.when ? when < other.when : sequence < other.sequence;
    }
  };
  void put(std::size_t place, const Entry& entry);
  // `place` is a hole: puts the entry there after moving it up (rise) or down (sink) to its place.
  void rise(std::size_t place, const Entry& entry);
  void sink(std::size_t place, const Entry& entry);

  std::vector<Entry> heap_;  // a binary heap: the entry at i is before those at 2i + 1 and 2i + 2
};

}  // namespace shirube::upstream
