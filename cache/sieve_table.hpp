// SieveTable: the hash table under both caches: bounded in bytes, evicts with SIEVE, owns its nodes.
// Threads:  one owner, or the caller's lock.
// Owns:     every inserted node, until erase() or eviction hands it to Node::destroy().
// Units:    bytes of memory really used: nodes as Node::cost() tells them, and the table itself.
// Source:   Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024: new entries join the young end of a queue,
//           a hit only marks them, a hand walks from old to young, spares the marked once and evicts the
//           first that is not. One-time names come and go in front of the hand; what is asked again and again
//           stays behind it. Litwin, "Linear Hashing", VLDB 1980.
// Cost:     no call but the destructor takes longer with more entries: buckets are split and merged one at a
//           time (linear hashing), the hand spares at most kMaxSpared entries a call. A lookup writes one
//           byte of the node.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "cache/memory_cost.hpp"

namespace shirube::cache {

// Bounds the walk of the hand when nearly all is marked: what it meets after so many goes, marked or not.
inline constexpr unsigned kMaxSpared = 1024;

// What a node brings along by deriving from it. 29 bytes: a derived node's first members fill the word.
template <class Node>
struct SieveLinks {
  Node* chained = nullptr;  // next in the same bucket
  Node* newer = nullptr;
  Node* older = nullptr;
  std::uint32_t hash = 0;
  bool visited = false;  // hit since the hand came by

 private:
  friend Node;
  SieveLinks() = default;
};

// Node: derives from SieveLinks<Node>; `std::size_t cost() const` in bytes; `static void destroy(Node*)
// noexcept`.
template <class Node>
class SieveTable {
 public:
  SieveTable() = default;
  SieveTable(const SieveTable&) = delete;
  SieveTable& operator=(const SieveTable&) = delete;
  ~SieveTable() {
    while (oldest_ != nullptr) {
      Node* next = oldest_->newer;
      Node::destroy(oldest_);
      oldest_ = next;
    }
  }

  void swap(SieveTable& other) noexcept {
    std::swap(segments_, other.segments_);
    std::swap(bucket_count_, other.bucket_count_);
    std::swap(mask_, other.mask_);
    std::swap(entries_, other.entries_);
    std::swap(node_bytes_, other.node_bytes_);
    std::swap(newest_, other.newest_);
    std::swap(oldest_, other.oldest_);
    std::swap(hand_, other.hand_);
    std::swap(sweep_, other.sweep_);
  }

  [[nodiscard]] std::size_t entries() const { return entries_; }
  [[nodiscard]] std::size_t bytes() const {
    return node_bytes_ + segments_.size() * allocation_cost(sizeof(Segment)) +
           allocation_cost_of_directory(segments_.capacity());
  }

  // The nodes that may have this hash: follow `chained`, compare `hash` and the key.
  [[nodiscard]] Node* bucket(std::uint32_t hash) const {
    return bucket_count_ == 0 ? nullptr : slot(index_of(hash));
  }

  // Takes `node` over, its `hash` set. Evicts nothing: make_room() first.
  void insert(Node* node) {
    if (entries_ >= bucket_count_) add_bucket();
    Node*& head = slot(index_of(node->hash));
    node->chained = head;
    head = node;
    node->older = newest_;
    (newest_ != nullptr ? newest_->newer : oldest_) = node;
    newest_ = node;
    ++entries_;
    node_bytes_ += node->cost();
  }
  // The node's cost() was `former` and has changed.
  void recharge(const Node& node, std::size_t former) { node_bytes_ = node_bytes_ - former + node.cost(); }

  void erase(Node* node) {
    unchain(node);
    if (hand_ == node) hand_ = node->newer;
    if (sweep_ == node) sweep_ = node->newer;
    (node->newer != nullptr ? node->newer->older : newest_) = node->older;
    (node->older != nullptr ? node->older->newer : oldest_) = node->newer;
    --entries_;
    node_bytes_ -= node->cost();
    Node::destroy(node);
    while (bucket_count_ > 2 * entries_) remove_bucket();
  }

  // A walk over all nodes in steps, between which nodes may come and go: those that are there when it begins
  // are met once each, as far as they still are. One sweep at a time.
  void begin_sweep() { sweep_ = oldest_; }
  // nullptr: the sweep is over. The caller may erase the node.
  [[nodiscard]] Node* next_of_sweep() {
    Node* at = sweep_;
    if (at != nullptr) sweep_ = at->newer;
    return at;
  }

  // Evicts until a new node of `cost` fits `capacity`, or with `cost` 0 until what is there does.
  // `dead(node)` tells that nobody can use it any more: then its mark does not save it. Gives the number of
  // evictions; at most `most` of them.
  template <class Dead>
  std::size_t make_room(std::size_t cost, std::size_t capacity, Dead dead, std::size_t most = SIZE_MAX) {
    std::size_t evicted = 0;
    unsigned spared = 0;
    while (entries_ > 0 && evicted < most && !fits(cost, capacity)) {
      erase(choose_victim(dead, spared));
      ++evicted;
    }
    return evicted;
  }
  [[nodiscard]] bool fits(std::size_t cost, std::size_t capacity) const {
    return bytes() + cost + (cost > 0 ? growth() : 0) <= capacity;
  }

 private:
  static constexpr std::size_t kSegmentSize = 512;  // a page of pointers
  using Segment = std::array<Node*, kSegmentSize>;
  using Directory = std::vector<std::unique_ptr<Segment>>;

  [[nodiscard]] static constexpr std::size_t allocation_cost_of_directory(std::size_t capacity) {
    return capacity == 0 ? 0 : allocation_cost(capacity * sizeof(typename Directory::value_type));
  }
  [[nodiscard]] static constexpr std::size_t doubled(std::size_t capacity) {
    return std::max<std::size_t>(4, 2 * capacity);
  }
  // Bytes that the buckets will take more when one node joins.
  [[nodiscard]] std::size_t growth() const {
    if (entries_ < bucket_count_ || bucket_count_ < segments_.size() * kSegmentSize) return 0;
    const std::size_t capacity = segments_.capacity();
    if (segments_.size() < capacity) return allocation_cost(sizeof(Segment));
    return allocation_cost(sizeof(Segment)) + allocation_cost_of_directory(doubled(capacity)) -
           allocation_cost_of_directory(capacity);
  }

  // REQUIRES: bucket_count_ > 0. Buckets that the round has not split yet take their partner's hashes too.
  [[nodiscard]] std::size_t index_of(std::uint32_t hash) const {
    const std::size_t index = hash & mask_;
    return index < bucket_count_ ? index : index & (mask_ >> 1);
  }
  [[nodiscard]] Node*& slot(std::size_t index) const {
    return (*segments_[index / kSegmentSize])[index % kSegmentSize];
  }
  void set_bucket_count(std::size_t count) {
    bucket_count_ = count;
    mask_ = count == 0 ? 0 : std::bit_ceil(count) - 1;
  }

  // One bucket more: its nodes come from the one that had them until now.
  void add_bucket() {
    if (bucket_count_ == segments_.size() * kSegmentSize) {
      if (segments_.size() == segments_.capacity()) segments_.reserve(doubled(segments_.capacity()));
      segments_.push_back(std::make_unique<Segment>());
    }
    const std::size_t added = bucket_count_;
    set_bucket_count(added + 1);
    if (added == 0) return;
    Node** link = &slot(added - std::bit_floor(added));
    Node** end_of_new = &slot(added);
    while (*link != nullptr) {
      Node* node = *link;
      if (index_of(node->hash) == added) {
        *link = node->chained;
        node->chained = nullptr;
        *end_of_new = node;
        end_of_new = &node->chained;
      } else {
        link = &node->chained;
      }
    }
  }
  // REQUIRES: more buckets than entries, so that the only bucket left is empty when it goes.
  void remove_bucket() {
    const std::size_t removed = bucket_count_ - 1;
    if (removed > 0) {
      Node** link = &slot(removed - std::bit_floor(removed));
      while (*link != nullptr) link = &(*link)->chained;
      *link = slot(removed);
      slot(removed) = nullptr;
    }
    set_bucket_count(removed);
    if (removed % kSegmentSize != 0) return;
    segments_.pop_back();
    if (segments_.size() * 4 <= segments_.capacity()) segments_.shrink_to_fit();
  }
  void unchain(const Node* node) {
    Node** link = &slot(index_of(node->hash));
    while (*link != node) link = &(*link)->chained;
    *link = node->chained;
  }

  // REQUIRES: entries_ > 0.
  template <class Dead>
  [[nodiscard]] Node* choose_victim(Dead& dead, unsigned& spared) {
    Node* at = hand_ != nullptr ? hand_ : oldest_;
    for (; at->visited && spared < kMaxSpared && !dead(*at); ++spared) {
      at->visited = false;
      at = at->newer != nullptr ? at->newer : oldest_;
    }
    hand_ = at;  // erase() moves it on
    return at;
  }

  Directory segments_;
  std::size_t bucket_count_ = 0;
  std::size_t mask_ = 0;
  std::size_t entries_ = 0;
  std::size_t node_bytes_ = 0;
  Node* newest_ = nullptr;
  Node* oldest_ = nullptr;
  Node* hand_ = nullptr;   // nullptr: at the old end
  Node* sweep_ = nullptr;  // nullptr: no sweep is under way
};

}  // namespace shirube::cache
