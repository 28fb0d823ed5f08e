#include "cache/rendered_cache.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>

#include "cache/keyed_hash.hpp"
#include "cache/sieve_table.hpp"
#include "wire/message.hpp"

namespace shirube::cache {
namespace {

using wire::Instant;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kQuestionTail = 4;  // type and class
// A record has at least a name of one octet, type, class, TTL and RDLENGTH.
constexpr std::size_t kSmallestRecord = 11;

struct TtlOffsets {
  std::array<std::uint16_t, kMaxRenderedBytes / kSmallestRecord> offsets;
  std::size_t count = 0;
  [[nodiscard]] std::span<const std::uint16_t> view() const { return {offsets.data(), count}; }
};

// nullopt: not a message with one question for a name of `name_size` octets.
std::optional<TtlOffsets> find_ttls(wire::BytesView packet, std::size_t name_size) {
  const auto message = wire::MessageView::parse(packet);
  if (!message || message->header().question_count != 1) return std::nullopt;
  const auto name_end = wire::skip_name(packet, wire::kHeaderSize);
  if (!name_end || *name_end != wire::kHeaderSize + name_size) return std::nullopt;
  TtlOffsets found;
  for (const wire::RecordView& record : *message) {
    if (record.type == wire::Type::OPT) continue;  // its TTL field holds flags
    found.offsets[found.count++] = static_cast<std::uint16_t>(record.ttl_offset);
  }
  return found;
}

// Whether the name that follows the header of `query` has `size` octets, uncompressed, with type and class
// behind it.
bool asks_name_of_size(wire::BytesView query, std::size_t size) {
  if (query.size() < wire::kHeaderSize + size + kQuestionTail) return false;
  const wire::BytesView name = query.subspan(wire::kHeaderSize, size);
  std::size_t at = 0;
  while (at < size && name[at] != 0) at += std::size_t{1} + name[at];
  return at + 1 == size;
}

// A TTL that was over 0 stays so: an entry leaves before its TTLs run out, but `now` may have moved on since
// it was found.
std::uint32_t aged(std::uint32_t ttl, std::uint32_t age) { return ttl > age ? ttl - age : std::min(ttl, 1U); }

// Kept as an offset in 32 bits: 49 days are enough for what must be made anew at each reload.
std::uint32_t milliseconds_between(Instant from, Instant to) {
  const auto between = std::chrono::floor<Milliseconds>(to - from).count();
  return static_cast<std::uint32_t>(std::clamp<decltype(between)>(between, 0, UINT32_MAX));
}

// All of RenderedKey but the name.
struct Shape {
  explicit Shape(const RenderedKey& key)
      : type(key.type), size_limit(key.size_limit), profile(key.profile), form(key.form) {}
  [[nodiscard]] std::uint64_t word() const {
    return std::uint64_t{static_cast<std::uint16_t>(type)} | std::uint64_t{size_limit} << 16 |
           std::uint64_t{profile} << 32 | std::uint64_t{form} << 40;
  }
  friend bool operator==(const Shape&, const Shape&) = default;

  wire::Type type;
  std::uint16_t size_limit;
  std::uint8_t profile;
  std::uint8_t form;
};

// One allocation: the node, the TTL offsets, the name, the packet. Members are ordered so that nothing is
// padded.
struct Node : SieveLinks<Node> {
  std::uint8_t name_size = 0;
  bool refresh_asked = false;
  Instant stored;
  std::uint32_t generation = 0;
  std::uint32_t life_ms = 0;     // from `stored` to its expiry
  std::uint32_t refresh_ms = 0;  // from `stored`
  std::uint16_t packet_size = 0;
  std::uint16_t ttl_count = 0;
  Shape shape;

  [[nodiscard]] static Node* create(const RenderedKey& key, wire::BytesView packet, const TtlOffsets& ttls) {
    const std::size_t size = sizeof(Node) + 2 * ttls.count + key.lowered_name.size() + packet.size();
    Node* node = new (::operator new(size)) Node(key);
    node->name_size = static_cast<std::uint8_t>(key.lowered_name.size());
    node->packet_size = static_cast<std::uint16_t>(packet.size());
    node->ttl_count = static_cast<std::uint16_t>(ttls.count);
    std::ranges::copy(ttls.view(), reinterpret_cast<std::uint16_t*>(node + 1));
    std::ranges::copy(key.lowered_name, node->bytes());
    std::ranges::copy(packet, node->bytes() + node->name_size);
    return node;
  }
  static void destroy(Node* node) noexcept {
    node->~Node();
    ::operator delete(node);
  }

  [[nodiscard]] std::size_t cost() const {
    return allocation_cost(sizeof(Node) + std::size_t{2} * ttl_count + name_size + packet_size);
  }
  [[nodiscard]] std::span<const std::uint16_t> ttl_offsets() const {
    return {reinterpret_cast<const std::uint16_t*>(this + 1), ttl_count};
  }
  [[nodiscard]] std::uint8_t* bytes() {
    return reinterpret_cast<std::uint8_t*>(this + 1) + std::size_t{2} * ttl_count;
  }
  [[nodiscard]] bool has_key(const RenderedKey& key) {
    return shape == Shape(key) && name_size == key.lowered_name.size() &&
           std::memcmp(bytes(), key.lowered_name.data(), name_size) == 0;
  }
  [[nodiscard]] Instant expires() const { return stored + Milliseconds(life_ms); }
  [[nodiscard]] Rendered lend() {
    return {{bytes() + name_size, packet_size}, ttl_offsets(), name_size, stored, expires(),
            stored + Milliseconds(refresh_ms),  refresh_asked};
  }

 private:
  explicit Node(const RenderedKey& key) : shape(key) {}
};
static_assert(sizeof(Node) == 64);

}  // namespace

class RenderedCache::Table {
 public:
  Table(std::size_t capacity, std::uint64_t hash_seed)
      : capacity_(capacity), hash_key_(HashKey::from_seed(hash_seed)) {}

  [[nodiscard]] Rendered* find(const RenderedKey& key, std::uint32_t generation, Instant now) {
    Node* node = node_of(key, hash_of(key));
    if (node == nullptr || node->generation != generation || now >= node->expires()) {
      ++misses_;
      return nullptr;
    }
    ++hits_;
    node->visited = true;
    return &lent_.emplace(node->lend());
  }

  void insert(const RenderedKey& key, std::uint32_t generation, Node* node) {
    node->generation = generation;
    node->hash = hash_of(key);
    if (Node* former = node_of(key, node->hash)) {
      node->visited = former->visited;  // what is asked often does not become a newcomer by being renewed
      nodes_.erase(former);
    }
    const Instant now = node->stored;
    const auto dead = [=](const Node& other) {
      return other.generation != generation || now >= other.expires();
    };
    evictions_ += nodes_.make_room(node->cost(), capacity_, dead);
    if (!nodes_.fits(node->cost(), capacity_)) return Node::destroy(node);
    nodes_.insert(node);
  }

  void set_capacity(std::size_t capacity) {
    capacity_ = capacity;
    evictions_ += nodes_.make_room(0, capacity_, [](const Node&) { return false; });
  }

  [[nodiscard]] Statistics statistics() const {
    return {nodes_.entries(), nodes_.bytes(), capacity_, hits_, misses_, evictions_};
  }

 private:
  [[nodiscard]] std::uint32_t hash_of(const RenderedKey& key) const {
    return static_cast<std::uint32_t>(keyed_hash(hash_key_, Shape(key).word(), key.lowered_name));
  }
  [[nodiscard]] Node* node_of(const RenderedKey& key, std::uint32_t hash) const {
    Node* node = nodes_.bucket(hash);
    while (node != nullptr && (node->hash != hash || !node->has_key(key))) node = node->chained;
    return node;
  }

  SieveTable<Node> nodes_;
  std::size_t capacity_;
  HashKey hash_key_;
  std::optional<Rendered> lent_;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
  std::uint64_t evictions_ = 0;
};

RenderedCache::RenderedCache(std::size_t capacity_bytes, std::uint64_t hash_seed)
    : table_(std::make_unique<Table>(capacity_bytes, hash_seed)) {}
RenderedCache::~RenderedCache() = default;
RenderedCache::RenderedCache(RenderedCache&&) noexcept = default;
RenderedCache& RenderedCache::operator=(RenderedCache&&) noexcept = default;

Rendered* RenderedCache::find(const RenderedKey& key, Instant now) {
  return table_->find(key, generation_, now);
}

void RenderedCache::insert(const RenderedKey& key, wire::BytesView packet, Instant stored, Instant expires,
                           Instant refresh_at) {
  const std::uint32_t life_ms = milliseconds_between(stored, expires);
  if (packet.size() > kMaxRenderedBytes || life_ms == 0) return;
  const auto ttls = find_ttls(packet, key.lowered_name.size());
  if (!ttls) return;
  Node* node = Node::create(key, packet, *ttls);
  node->stored = stored;
  node->life_ms = life_ms;
  node->refresh_ms = milliseconds_between(stored, refresh_at);
  table_->insert(key, generation_, node);
}

void RenderedCache::set_capacity(std::size_t capacity_bytes) { table_->set_capacity(capacity_bytes); }

std::size_t RenderedCache::write_reply(const Rendered& rendered, wire::BytesView query, Instant now,
                                       wire::BytesSpan out) {
  constexpr std::uint8_t kRecursionDesired = 0x01;  // in the header's third octet
  constexpr std::uint8_t kCheckingDisabled = 0x10;  // in its fourth
  const std::size_t size = rendered.packet.size();
  if (out.size() < size || !asks_name_of_size(query, rendered.name_size)) return 0;
  const auto patched = [](std::uint8_t ours, std::uint8_t theirs, std::uint8_t bit) {
    return static_cast<std::uint8_t>((ours & ~bit) | (theirs & bit));
  };
  std::memcpy(out.data(), rendered.packet.data(), size);
  std::memcpy(out.data(), query.data(), 2);
  out[2] = patched(out[2], query[2], kRecursionDesired);
  out[3] = patched(out[3], query[3], kCheckingDisabled);
  std::memcpy(&out[wire::kHeaderSize], &query[wire::kHeaderSize], rendered.name_size + kQuestionTail);
  const auto seconds = wire::whole_seconds(now - rendered.stored).count();
  if (seconds <= 0) return size;
  const auto age = static_cast<std::uint32_t>(std::min<decltype(seconds)>(seconds, UINT32_MAX));
  for (const std::uint16_t offset : rendered.ttl_offsets) {
    wire::write_u32(&out[offset], aged(wire::read_u32(&out[offset]), age));
  }
  return size;
}

RenderedCache::Statistics RenderedCache::statistics() const { return table_->statistics(); }

}  // namespace shirube::cache
