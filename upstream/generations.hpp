// Generations: a map that forgets what was not used for long. When the young half is full it becomes the old
// one, and what is asked for moves over: constant time, bounded size.
// Threads:  one owner.
// Cost:     what was asked for last costs one comparison. A key may be looked up by any type that Hash and Equal
//           take; it is made a Key only when it is new.
// Owns:     its values; a reference is valid for the next most / 2 calls, whatever keys they are for: a value
//           that is asked for goes from the old half to the young one without a move in memory, and two
//           generations have to pass until it is destroyed.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace shirube::upstream {

template <class Key, class Value, class Hash, class Equal = std::equal_to<Key>>
class Generations {
 public:
  Generations(std::size_t most, const Hash& hash) : most_(most), young_(0, hash), old_(0, hash) {}
  Generations(Generations&&) = default;
  Generations& operator=(Generations&&) = default;
  ~Generations() = default;

  // The value of `key`, made new when it is not known.
  template <class Like>
  [[nodiscard]] Value& at(const Like& key) {
    if (auto* known = find(key)) return *known;
    make_room();
    return keep(young_.try_emplace(Key(key)).first);
  }
  // nullptr: not known.
  template <class Like>
  [[nodiscard]] Value* find(const Like& key) {
    if (last_ != nullptr && young_.key_eq()(last_->first, key)) return &last_->second;
    if (const auto found = young_.find(key); found != young_.end()) return &keep(found);
    const auto found = old_.find(key);
    if (found == old_.end()) return nullptr;
    // The node itself goes over: references to its value stay valid.
    auto node = old_.extract(found);
    make_room();
    return &keep(young_.insert(std::move(node)).position);
  }
  template <class Visit>
  void for_each(Visit visit) {
    for (auto* generation : {&young_, &old_}) {
      for (auto& [key, value] : *generation) visit(value);
    }
  }
  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  using Map = std::unordered_map<Key, Value, Hash, Equal>;

  // For one entry more in the young half.
  void make_room() {
    if (young_.size() < most_ / 2) return;
    last_ = nullptr;
    old_.clear();
    old_.swap(young_);
  }
  Value& keep(Map::iterator at) {
    last_ = &*at;
    return at->second;
  }

  std::size_t most_;
  Map young_, old_;
  Map::value_type* last_ = nullptr;  // in young_: what was asked for last
};

}  // namespace shirube::upstream
