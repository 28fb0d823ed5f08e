// CompressionTargets: the names that a message already has, as a tree of labels. The next name finds its
// longest known suffix in one walk from its end.
// Threads:  one owner.
// Owns:     offsets only; the octets stay in the message, which the caller hands in.
// Cost:     each label of a name is looked up once, with at most kMaxProbes comparisons of one label each, and
//           at most kMaxLabelSteps labels a message: linear, whatever names a peer has chosen. No allocation.
// Rules:    a suffix is the same octet for octet: a pointer shows the client the case of its target.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "wire/bytes.hpp"
#include "wire/name.hpp"

namespace shirube::wire {

// Labels that are remembered as pointer targets; indices of eight bits.
inline constexpr std::size_t kMaxCompressionTargets = 255;
// A pointer has 14 bits.
inline constexpr std::size_t kMaxPointerTarget = 0x3FFF;
// Bounds the work of one message (CVE-2024-8508): 100 mail hosts of 127 labels each are 12,700 steps, 4,000
// ordinary names 16,000. Names beyond this are written uncompressed.
inline constexpr std::size_t kMaxLabelSteps = 32'768;

class CompressionTargets {
 public:
  // The part of a name to write: its first `size` octets, then a pointer to `target`. Without a target the
  // whole name is written.
  struct Split {
    std::size_t size = 0;
    std::optional<std::uint16_t> target = {};
    // For add().
    std::array<std::uint8_t, kMaxLabels> labels;  // the offsets of the written labels
    std::size_t label_count = 0;
    std::uint8_t parent = 0;  // the target's node
    bool is_counted = false;  // false: the budget was spent, and the name becomes no target
  };

  // `message`: all that was written so far.
  [[nodiscard]] Split split(BytesView message, BytesView name);
  // The written part of the name stands at `offset` of `message`, and may be pointed at from now on.
  void add(BytesView message, const Split& split, std::size_t offset);

  [[nodiscard]] std::size_t count() const { return count_; }
  // Forgets all but the first `count`.
  void roll_back(std::size_t count);
  // Labels looked up so far.
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  static constexpr std::size_t kSlots = 512;
  // Names that are chosen to collide become no targets, so no search is long.
  static constexpr std::size_t kMaxProbes = 8;

  struct Node {
    std::uint16_t offset;
    std::uint16_t slot;
    std::uint8_t parent;
  };
  // The child of `parent` with this label, or the slot that is free for it; both 0 and kSlots: neither.
  struct Place {
    std::uint8_t node = 0;
    std::size_t free_slot = kSlots;
  };
  [[nodiscard]] Place find(BytesView message, std::uint8_t parent, BytesView label) const;

  std::array<std::uint8_t, kSlots> slots_{};  // 0: free
  std::array<Node, kMaxCompressionTargets + 1> nodes_;
  std::size_t count_ = 0;
  std::size_t steps_ = 0;
};

}  // namespace shirube::wire
