// AnswerCache::Shard: a part of the truth, under one lock.
// Threads:  all methods from any worker; each takes the lock.
// Owns:     its nodes; entries are shared with whoever found them.
// Rules:    all of one name hangs in one bucket, so that a lookup meets type, denial and failure in one walk,
//           and flushing a name needs no scan. kMaxEntriesPerName bounds that walk.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "cache/answer_cache.hpp"
#include "cache/sieve_table.hpp"

namespace shirube::cache {

// A name as the shards compare it.
struct LoweredName {
  wire::BytesView bytes;   // wire format, lower case; borrowed
  std::uint64_t hash = 0;  // keyed; the upper half chooses the shard, the lower one the bucket
};

// What an entry is kept under beside its name.
enum class Slot : std::uint8_t {
  Typed,    // data or its absence
  Name,     // NXDOMAIN: of all types but DS, which stands above a cut (RFC 4035 §2.4)
  Failure,  // beside what may still serve stale
  Delegation,
};
struct Place {
  Slot slot = Slot::Typed;
  wire::Type type{};
  View view = View::Checked;
  friend bool operator==(const Place&, const Place&) = default;
};

// Bytes that the entry and all it points to take.
[[nodiscard]] std::size_t memory_size(const Entry& entry);

class AnswerCache::Shard {
 public:
  Shard(const CacheSettings& settings, std::size_t capacity);
  ~Shard();

  [[nodiscard]] std::optional<Found> find(const LoweredName& name, wire::Type type, View view,
                                          wire::Instant now);
  // What is fresh at exactly this place.
  [[nodiscard]] EntryPtr find_at(const LoweredName& name, const Place& place, wire::Instant now);
  [[nodiscard]] EntryPtr find_last_failure(const LoweredName& name, const Place& place, wire::Instant now);

  // Data, NoData, NxDomain or Delegation.
  bool store(const LoweredName& name, const Place& place, Entry entry);
  void store_failure(const LoweredName& name, const Place& place, Entry entry);

  [[nodiscard]] CacheSettings settings() const;
  void set_settings(const CacheSettings& settings, std::size_t capacity);
  void forget_failures();
  void erase(const LoweredName& name);
  // `zone`: in wire format, lower case.
  void erase_subtree(wire::BytesView zone);
  void erase_at(const LoweredName& name, const Place& place);
  void clear();
  void add_to(Statistics& sum) const;

 private:
  struct Node;
  using Table = SieveTable<Node>;

  // Under the lock:
  [[nodiscard]] Node* first_of(const LoweredName& name) const;
  [[nodiscard]] static Node* next_of(const LoweredName& name, const Node* node);
  [[nodiscard]] Node* node_at(const LoweredName& name, const Place& place) const;
  [[nodiscard]] bool is_outranked(const LoweredName& name, const Place& place, const Entry& entry) const;
  [[nodiscard]] bool is_dead(const Node& node, wire::Instant now) const;
  void erase_contradicted(const LoweredName& name, const Place& place);
  void make_room_in_name(const LoweredName& name);
  bool put(const LoweredName& name, const Place& place, Entry entry);
  void replace(Node& node, EntryPtr entry, std::size_t entry_bytes);

  std::mutex sweeping_;  // taken before mutex_, and held over a whole sweep
  mutable std::mutex mutex_;
  CacheSettings settings_;
  std::size_t capacity_;
  Table nodes_;
  std::uint32_t failure_epoch_ = 0;  // failures of an older one are forgotten
  Statistics counts_;                // but entries, bytes and capacity
};

}  // namespace shirube::cache
