#include "upstream/alarm_queue.hpp"

#include <cassert>

namespace shirube::upstream {

void AlarmQueue::put(std::size_t place, const Entry& entry) {
  heap_[place] = entry;
  entry.alarm->place_ = place;
}

void AlarmQueue::rise(std::size_t place, const Entry& entry) {
  while (place > 0) {
    const auto above = (place - 1) / 2;
    if (!entry.is_before(heap_[above])) break;
    put(place, heap_[above]);
    place = above;
  }
  put(place, entry);
}

void AlarmQueue::sink(std::size_t place, const Entry& entry) {
  while (true) {
    auto below = 2 * place + 1;
    if (below >= heap_.size()) break;
    if (below + 1 < heap_.size() && heap_[below + 1].is_before(heap_[below])) ++below;
    if (!heap_[below].is_before(entry)) break;
    put(place, heap_[below]);
    place = below;
  }
  put(place, entry);
}

void AlarmQueue::insert(Alarm& alarm) {
  assert(alarm.place_ >= heap_.size() || heap_[alarm.place_].alarm != &alarm);
  const Entry entry{alarm.when_, alarm.sequence_, &alarm};
  heap_.push_back(entry);
  rise(heap_.size() - 1, entry);
}

void AlarmQueue::erase(Alarm& alarm) {
  const auto place = alarm.place_;
  assert(place < heap_.size() && heap_[place].alarm == &alarm);
  const auto last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  if (place > 0 && last.is_before(heap_[(place - 1) / 2])) {
    rise(place, last);
  } else {
    sink(place, last);
  }
}

std::optional<wire::Instant> AlarmQueue::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().when;
}

Alarm* AlarmQueue::take_due(wire::Instant now) {
  if (heap_.empty() || heap_.front().when > now) return nullptr;
  auto* const alarm = heap_.front().alarm;
  erase(*alarm);
  return alarm;
}

}  // namespace shirube::upstream
