// Generations: a map that forgets what was not used for long. When the young half is full it becomes the old
// one, and what is asked for moves over: constant time, bounded size.
// Threads:  one owner.
// Owns:     its values; a reference is valid for the next most / 2 calls: what is asked for is young, and two
//           generations have to pass until it goes.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

namespace shirube::upstream {

template <class Key, class Value, class Hash>
class Generations {
 public:
  Generations(std::size_t most, const Hash& hash) : most_(most), young_(0, hash), old_(0, hash) {}

  // The value of `key`, made new when it is not known.
  [[nodiscard]] Value& at(const Key& key) {
    if (auto* known = find(key)) return *known;
    make_room();
    return young_.emplace(key, Value{}).first->second;
  }
  // nullptr: not known.
  [[nodiscard]] Value* find(const Key& key) {
    if (const auto found = young_.find(key); found != young_.end()) return &found->second;
    const auto found = old_.find(key);
    if (found == old_.end()) return nullptr;
    auto value = std::move(found->second);
    old_.erase(found);
    make_room();
    return &young_.emplace(key, std::move(value)).first->second;
  }
  template <class Visit>
  void for_each(Visit visit) {
    for (auto* generation : {&young_, &old_}) {
      for (auto& [key, value] : *generation) visit(value);
    }
  }
  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  void make_room() {
    if (young_.size() < most_ / 2) return;
    old_.clear();
    old_.swap(young_);
  }

  std::size_t most_;
  std::unordered_map<Key, Value, Hash> young_, old_;
};

}  // namespace shirube::upstream
