#include "cache/answer_shard.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "cache/memory_cost.hpp"

namespace shirube::cache {
namespace {

// Bounds how long a lock is held: many times what the largest entry needs. While a shard shrinks to a new
// capacity it may take several rounds until it stores again.
constexpr std::size_t kEvictionsPerLock = 1024;
// Entries that one hold of the lock looks at. Bounds how long a sweep of a large cache holds up a hit.
constexpr std::size_t kSweptPerLock = 256;
constexpr std::size_t kSharedControlBlock = 16;

// Heap behind an RRset that is kept by value: two lists, and perhaps a long name.
std::size_t heap_size(const wire::RRset& rrset) {
  return wire::memory_size(rrset) - sizeof(wire::RRset) + 3 * kAllocationOverhead;
}

// Both in wire format, lower case.
bool is_within(wire::BytesView name, wire::BytesView zone) {
  if (name.size() < zone.size()) return false;
  const std::size_t begin = name.size() - zone.size();
  std::size_t at = 0;
  while (at < begin) at += 1 + std::size_t{name[at]};
  return at == begin && std::ranges::equal(name.subspan(begin), zone);
}

// Does `place` have what there is to tell of the type, be it that there is no such name?
bool covers(const Place& place, wire::Type type) {
  return place.slot == Slot::Name ? type != wire::Type::DS : place.type == type;
}

// What an entry at `place` would take the place of: an NXDOMAIN all of its name, data its own slot and the
// NXDOMAIN.
bool contradicts(const Place& place, const Place& other) {
  if (place.view != other.view || other.slot == Slot::Failure) return false;
  if (place.slot == Slot::Delegation || other.slot == Slot::Delegation) return place == other;
  return other.slot == Slot::Name ? covers(other, place.type) : covers(place, other.type);
}

// Whether a success at `place` ends the run of failures at `other`.
bool ends_failure(const Place& place, const Place& other) {
  if (place.view != other.view || other.slot != Slot::Failure || place.slot == Slot::Delegation) return false;
  return covers(place, other.type);
}

}  // namespace

std::size_t memory_size(const Entry& entry) {
  std::size_t size = allocation_cost(sizeof(Entry) + kSharedControlBlock) + heap_size(entry.rrset);
  if (entry.proof.capacity() > 0) size += allocation_cost(entry.proof.capacity() * sizeof(wire::RRset));
  for (const wire::RRset& rrset : entry.proof) size += heap_size(rrset);
  if (entry.errors.capacity() > 0) {
    size += allocation_cost(entry.errors.capacity() * sizeof(wire::ExtendedError));
  }
  for (const wire::ExtendedError& error : entry.errors) size += allocation_cost(error.text.capacity() + 1);
  return size;
}

// One allocation with the lowered name behind it.
struct AnswerCache::Shard::Node : SieveLinks<Node> {
  std::uint8_t name_size;
  Place place;
  std::uint32_t failure_epoch = 0;
  std::uint32_t entry_bytes;
  EntryPtr entry;

  [[nodiscard]] static Node* create(const LoweredName& name, const Place& place, EntryPtr entry,
                                    std::size_t entry_bytes) {
    Node* node = new (::operator new(sizeof(Node) + name.bytes.size()))
        Node(name, place, std::move(entry), static_cast<std::uint32_t>(entry_bytes));
    std::ranges::copy(name.bytes, reinterpret_cast<std::uint8_t*>(node + 1));
    return node;
  }
  static void destroy(Node* node) noexcept {
    node->~Node();
    ::operator delete(node);
  }
  [[nodiscard]] static std::size_t cost_of(const LoweredName& name, std::size_t entry_bytes) {
    return allocation_cost(sizeof(Node) + name.bytes.size()) + entry_bytes;
  }
  [[nodiscard]] std::size_t cost() const { return allocation_cost(sizeof(Node) + name_size) + entry_bytes; }
  [[nodiscard]] const std::uint8_t* name_bytes() const {
    return reinterpret_cast<const std::uint8_t*>(this + 1);
  }
  [[nodiscard]] bool has_name(const LoweredName& name) const {
    return hash == static_cast<std::uint32_t>(name.hash) && name_size == name.bytes.size() &&
           std::memcmp(name_bytes(), name.bytes.data(), name_size) == 0;
  }

 private:
  Node(const LoweredName& name, const Place& where, EntryPtr what, std::uint32_t bytes)
      : name_size(static_cast<std::uint8_t>(name.bytes.size())),
        place(where),
        entry_bytes(bytes),
        entry(std::move(what)) {
    hash = static_cast<std::uint32_t>(name.hash);
  }
};

AnswerCache::Shard::Node* AnswerCache::Shard::next_of(const LoweredName& name, const Node* node) {
  Node* next = node->chained;
  while (next != nullptr && !next->has_name(name)) next = next->chained;
  return next;
}

AnswerCache::Shard::Node* AnswerCache::Shard::first_of(const LoweredName& name) const {
  Node* first = nodes_.bucket(static_cast<std::uint32_t>(name.hash));
  return first == nullptr || first->has_name(name) ? first : next_of(name, first);
}

AnswerCache::Shard::Node* AnswerCache::Shard::node_at(const LoweredName& name, const Place& place) const {
  Node* node = first_of(name);
  while (node != nullptr && node->place != place) node = next_of(name, node);
  return node;
}

// Nobody can be served with it any more. Failures are kept for a while past their end: the next one doubles.
bool AnswerCache::Shard::is_dead(const Node& node, wire::Instant now) const {
  const Entry& entry = *node.entry;
  if (entry.kind == Kind::Failure) {
    return node.failure_epoch != failure_epoch_ || now >= entry.expires() + kMaxFailureLifetime;
  }
  const bool may_be_stale = entry.lifetime.count() > 0 && entry.rank != Rank::UncheckedAnswer;
  return !entry.is_fresh(now) &&
         (!may_be_stale || now >= entry.signed_until || now >= entry.expires() + settings_.serve_stale);
}

std::optional<Found> AnswerCache::Shard::find(const LoweredName& name, wire::Type type, View view,
                                              wire::Instant now) {
  const std::scoped_lock lock(mutex_);
  Node* best = nullptr;
  // Fresh before stale, checked before unchecked, the type before the denial of the name. If there is nothing
  // else, a doubtful denial before a failure.
  int best_score = -1;
  for (Node* node = first_of(name); node != nullptr; node = next_of(name, node)) {
    const auto slot = node->place.slot;
    const auto its_view = node->place.view;
    if (slot == Slot::Delegation) continue;
    const bool fits_view = its_view == view || (its_view == View::Checked && slot != Slot::Failure);
    if (!covers(node->place, type) || !fits_view || is_dead(*node, now)) continue;
    const bool fresh = node->entry->is_fresh(now);
    if (slot == Slot::Failure && !fresh) continue;
    int score = 0;
    if (slot != Slot::Failure && node->entry->rank == Rank::Doubtful) {
      score = 1;
    } else if (slot != Slot::Failure) {
      score = 2 + 4 * int{fresh} + 2 * int{its_view == View::Checked} + int{slot == Slot::Typed};
    }
    if (score > best_score) {
      best = node;
      best_score = score;
    }
  }
  if (best == nullptr) {
    ++counts_.misses;
    return std::nullopt;
  }
  best->visited = true;
  const Freshness freshness = best->entry->is_fresh(now) ? Freshness::Fresh : Freshness::Stale;
  ++(freshness == Freshness::Fresh ? counts_.hits : counts_.stale_hits);
  return Found{best->entry, freshness};
}

EntryPtr AnswerCache::Shard::find_at(const LoweredName& name, const Place& place, wire::Instant now) {
  const std::scoped_lock lock(mutex_);
  Node* node = node_at(name, place);
  if (node == nullptr || is_dead(*node, now) || !node->entry->is_fresh(now)) return nullptr;
  node->visited = true;
  return node->entry;
}

EntryPtr AnswerCache::Shard::find_last_failure(const LoweredName& name, const Place& place,
                                               wire::Instant now) {
  const std::scoped_lock lock(mutex_);
  const Node* node = node_at(name, place);
  return node == nullptr || is_dead(*node, now) ? nullptr : node->entry;
}

bool AnswerCache::Shard::is_outranked(const LoweredName& name, const Place& place, const Entry& entry) const {
  for (const Node* node = first_of(name); node != nullptr; node = next_of(name, node)) {
    if (!contradicts(place, node->place) || node->entry->rank <= entry.rank) continue;
    const bool in_doubt = entry.rank == Rank::Doubtful || entry.rank == Rank::UncheckedAnswer;
    if (in_doubt ? !is_dead(*node, entry.stored) : node->entry->is_fresh(entry.stored)) return true;
  }
  return false;
}

void AnswerCache::Shard::erase_contradicted(const LoweredName& name, const Place& place) {
  Node* next = nullptr;
  for (Node* node = first_of(name); node != nullptr; node = next) {
    next = next_of(name, node);
    const bool replaced = node->place != place && contradicts(place, node->place);
    if (replaced || ends_failure(place, node->place)) nodes_.erase(node);
  }
}

bool AnswerCache::Shard::store(const LoweredName& name, const Place& place, Entry entry) {
  const std::scoped_lock lock(mutex_);
  if (is_outranked(name, place, entry)) return false;
  const bool erases = entry.rank != Rank::Doubtful;
  if (!put(name, place, std::move(entry))) return false;
  if (erases) erase_contradicted(name, place);
  return true;
}

void AnswerCache::Shard::store_failure(const LoweredName& name, const Place& place, Entry entry) {
  const std::scoped_lock lock(mutex_);
  const Node* former = node_at(name, place);
  entry.lifetime = former == nullptr || is_dead(*former, entry.stored)
                       ? kFirstFailureLifetime
                       : std::min(2 * former->entry->lifetime, kMaxFailureLifetime);
  put(name, place, std::move(entry));
}

bool AnswerCache::Shard::put(const LoweredName& name, const Place& place, Entry entry) {
  const std::size_t entry_bytes = memory_size(entry);
  const std::size_t cost = Node::cost_of(name, entry_bytes);
  if (entry_bytes > kMaxEntryBytes || cost > capacity_) {
    ++counts_.oversized;
    return false;
  }
  const auto dead = [this, now = entry.stored](const Node& node) { return is_dead(node, now); };
  auto shared = std::make_shared<const Entry>(std::move(entry));
  if (Node* node = node_at(name, place); node != nullptr) {
    replace(*node, std::move(shared), entry_bytes);
    counts_.evictions += nodes_.make_room(0, capacity_, dead, kEvictionsPerLock);
  } else {
    make_room_in_name(name);
    counts_.evictions += nodes_.make_room(cost, capacity_, dead, kEvictionsPerLock);
    if (!nodes_.fits(cost, capacity_)) return false;
    node = Node::create(name, place, std::move(shared), entry_bytes);
    node->failure_epoch = failure_epoch_;
    nodes_.insert(node);
  }
  ++counts_.insertions;
  return true;
}

// In its place in the queue: what is renewed is no newcomer.
void AnswerCache::Shard::replace(Node& node, EntryPtr entry, std::size_t entry_bytes) {
  const std::size_t former_cost = node.cost();
  node.entry = std::move(entry);
  node.entry_bytes = static_cast<std::uint32_t>(entry_bytes);
  node.failure_epoch = failure_epoch_;
  nodes_.recharge(node, former_cost);
}

void AnswerCache::Shard::make_room_in_name(const LoweredName& name) {
  std::size_t count = 0;
  Node* victim =
      nullptr;  // the oldest that nobody asked for, else the oldest: new nodes join a chain at its front
  for (Node* node = first_of(name); node != nullptr; node = next_of(name, node)) {
    ++count;
    if (victim == nullptr || victim->visited || !node->visited) victim = node;
  }
  if (count < kMaxEntriesPerName) return;
  nodes_.erase(victim);
  ++counts_.evictions;
}

CacheSettings AnswerCache::Shard::settings() const {
  const std::scoped_lock lock(mutex_);
  return settings_;
}

void AnswerCache::Shard::set_settings(const CacheSettings& settings, std::size_t capacity) {
  std::size_t evicted = kEvictionsPerLock;
  while (evicted == kEvictionsPerLock) {
    const std::scoped_lock lock(mutex_);
    settings_ = settings;
    capacity_ = capacity;
    const auto nobody = [](const Node&) { return false; };
    evicted = nodes_.make_room(0, capacity_, nobody, kEvictionsPerLock);
    counts_.evictions += evicted;
  }
}

void AnswerCache::Shard::forget_failures() {
  const std::scoped_lock lock(mutex_);
  ++failure_epoch_;
}

void AnswerCache::Shard::erase(const LoweredName& name) {
  const std::scoped_lock lock(mutex_);
  while (Node* node = first_of(name)) nodes_.erase(node);
}

void AnswerCache::Shard::erase_subtree(wire::BytesView zone) {
  const std::scoped_lock sweep(sweeping_);
  bool begins = true;
  for (bool over = false; !over;) {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(begins, false)) nodes_.begin_sweep();
    for (std::size_t looked_at = 0; looked_at < kSweptPerLock && !over; ++looked_at) {
      Node* node = nodes_.next_of_sweep();
      over = node == nullptr;
      if (!over && is_within({node->name_bytes(), node->name_size}, zone)) nodes_.erase(node);
    }
  }
}

void AnswerCache::Shard::erase_at(const LoweredName& name, const Place& place) {
  const std::scoped_lock lock(mutex_);
  if (Node* node = node_at(name, place)) nodes_.erase(node);
}

void AnswerCache::Shard::clear() {
  Table former;  // freed after the lock
  const std::scoped_lock lock(mutex_);
  nodes_.swap(former);
}

void AnswerCache::Shard::add_to(Statistics& sum) const {
  const std::scoped_lock lock(mutex_);
  sum.entries += nodes_.entries();
  sum.bytes += nodes_.bytes();
  sum.capacity += capacity_;
  sum.hits += counts_.hits;
  sum.misses += counts_.misses;
  sum.stale_hits += counts_.stale_hits;
  sum.insertions += counts_.insertions;
  sum.evictions += counts_.evictions;
  sum.oversized += counts_.oversized;
}

AnswerCache::Shard::Shard(const CacheSettings& settings, std::size_t capacity)
    : settings_(settings), capacity_(capacity) {}
AnswerCache::Shard::~Shard() = default;

}  // namespace shirube::cache
