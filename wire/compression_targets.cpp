#include "wire/compression_targets.hpp"

#include <cstring>

namespace shirube::wire {
namespace {

// A label with its length octet.
[[nodiscard]] BytesView whole_label(BytesView octets, std::size_t at) {
  return octets.subspan(at, std::size_t{1} + octets[at]);
}

[[nodiscard]] std::size_t hash_of(std::uint8_t parent, BytesView label) {
  std::uint32_t hash = (parent + 1U) * 0x9E3779B1U;
  for (const std::uint8_t octet : label) hash = (hash ^ octet) * 0x01000193U;
  return hash ^ (hash >> 15U);
}

}  // namespace

CompressionTargets::Place CompressionTargets::find(BytesView message, std::uint8_t parent,
                                                   BytesView label) const {
  std::size_t slot = hash_of(parent, label) % kSlots;
  for (std::size_t probe = 0; probe < kMaxProbes; ++probe, slot = (slot + 1) % kSlots) {
    const std::uint8_t index = slots_[slot];
    if (index == 0) return {.node = 0, .free_slot = slot};
    const Node& node = nodes_[index];
    if (node.parent == parent && message[node.offset] == label[0] &&
        std::memcmp(&message[node.offset], label.data(), label.size()) == 0) {
      return {.node = index, .free_slot = kSlots};
    }
  }
  return {};
}

CompressionTargets::Split CompressionTargets::split(BytesView message, BytesView name) {
  Split result;
  std::size_t at = 0;
  for (; name[at] != 0; at += std::size_t{1} + name[at])
    result.labels[result.label_count++] = static_cast<std::uint8_t>(at);
  result.size = at + 1;
  if (steps_ + result.label_count > kMaxLabelSteps) return result;
  result.is_counted = true;
  while (result.label_count > 0) {
    ++steps_;
    const std::size_t begin = result.labels[result.label_count - 1];
    const auto place = find(message, result.parent, whole_label(name, begin));
    if (place.node == 0) break;
    result.parent = place.node;
    result.target = nodes_[place.node].offset;
    result.size = begin;
    --result.label_count;
  }
  return result;
}

// Starts at the end of the name: a label is a target only if all labels after it are targets.
void CompressionTargets::add(BytesView message, const Split& split, std::size_t offset) {
  if (!split.is_counted) return;
  std::uint8_t parent = split.parent;
  for (std::size_t i = split.label_count; i-- > 0 && count_ < kMaxCompressionTargets;) {
    const std::size_t at = offset + split.labels[i];
    if (at > kMaxPointerTarget) return;
    const auto place = find(message, parent, whole_label(message, at));
    if (place.free_slot == kSlots) return;
    const auto index = static_cast<std::uint8_t>(++count_);
    nodes_[index] = {static_cast<std::uint16_t>(at), static_cast<std::uint16_t>(place.free_slot), parent};
    slots_[place.free_slot] = index;
    parent = index;
  }
}

// The latest first, so that each removal restores the table before it.
void CompressionTargets::roll_back(std::size_t count) {
  for (; count_ > count; --count_) slots_[nodes_[count_].slot] = 0;
}

}  // namespace shirube::wire
