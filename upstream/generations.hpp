// Generations: a map that forgets what was not used for long. When the young half is full it becomes the old
// one, and what is asked for moves over: constant time, bounded size.
// Threads:  one owner.
// Cost:     one or two comparisons for the two keys that were last found by their hash; otherwise one hash and
//           up to three comparisons. A key may be looked up by any type that Hash and Equal take; it is made
//           a Key only when it is new.
// Owns:     its values; a reference is valid for the next most / 2 calls, whatever keys they are for: a value
//           that is asked for goes from the old half to the young one without a move in memory, and two
//           generations have to pass until it is destroyed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace shirube::upstream {

template <class Key, class Value, class Hash, class Equal = std::equal_to<Key>>
class Generations {
 public:
  Generations(std::size_t most, const Hash& hash) : most_(most), hash_(hash) {}
  Generations(Generations&&) = default;
  Generations& operator=(Generations&&) = default;
  ~Generations() = default;

  // The value of `key`, made new when it is not known.
  template <class Like>
  [[nodiscard]] Value& at(const Like& key) {
    if (auto* recent = find_recent(key)) return *recent;
    const auto hash = hash_(key);
    if (auto* known = find_by_hash(hash, key)) return *known;
    make_room();
    return keep(
        young_.emplace(std::piecewise_construct, std::forward_as_tuple(hash), std::forward_as_tuple(key)));
  }
  // nullptr: not known.
  template <class Like>
  [[nodiscard]] Value* find(const Like& key) {
    if (auto* recent = find_recent(key)) return recent;
    return find_by_hash(hash_(key), key);
  }
  template <class Visit>
  void for_each(Visit visit) {
    for (auto* generation : {&young_, &old_}) {
      for (auto& [hash, entry] : *generation) visit(entry.value);
    }
  }
  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  struct Entry {
    template <class Like>
    explicit Entry(const Like& like) : key(like) {}
    Key key;
    Value value{};
  };
  // The hash of a key is computed once for both halves.
  struct IsHash {
    [[nodiscard]] std::size_t operator()(std::size_t hash) const { return hash; }
  };
  using Half = std::unordered_multimap<std::size_t, Entry, IsHash>;

  template <class Like>
  [[nodiscard]] Value* find_recent(const Like& key) {
    for (auto* recent : recent_) {
      if (recent != nullptr && Equal{}(recent->key, key)) return &recent->value;
    }
    return nullptr;
  }
  template <class Like>
  [[nodiscard]] Value* find_by_hash(std::size_t hash, const Like& key) {
    if (const auto found = find_in(young_, hash, key); found != young_.end()) return &keep(found);
    const auto found = find_in(old_, hash, key);
    if (found == old_.end()) return nullptr;
    // The node itself goes over: references to its value stay valid.
    auto node = old_.extract(found);
    make_room();
    return &keep(young_.insert(std::move(node)));
  }
  template <class Like>
  [[nodiscard]] static Half::iterator find_in(Half& half, std::size_t hash, const Like& key) {
    const auto [first, last] = half.equal_range(hash);
    const auto found =
        std::find_if(first, last, [&](const auto& one) { return Equal{}(one.second.key, key); });
    return found == last ? half.end() : found;
  }
  // For one entry more in the young half.
  void make_room() {
    if (young_.size() < most_ / 2) return;
    recent_ = {};
    old_.clear();
    old_.swap(young_);
  }
  Value& keep(Half::iterator at) {
    recent_[1] = recent_[0];
    recent_[0] = &at->second;
    return at->second.value;
  }

  std::size_t most_;
  Hash hash_;
  Half young_, old_;
  std::array<Entry*, 2> recent_{};  // in young_: the two that were last found by their hash
};

}  // namespace shirube::upstream
