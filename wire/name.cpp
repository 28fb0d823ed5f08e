#include "wire/name.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

namespace shirube::wire {
namespace {

// Gathers octets into labels and checks every limit on the way.
class NameBuffer {
 public:
  [[nodiscard]] std::optional<NameError> put(std::uint8_t octet) {
    if (label_size() == kMaxLabelLength) return NameError::LabelTooLong;
    // The last octet is kept for the root label.
    if (size_ + 1 >= kMaxNameLength) return NameError::NameTooLong;
    bytes_[size_++] = octet;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<NameError> end_label() {
    if (label_size() == 0) return NameError::EmptyLabel;
    if (size_ >= kMaxNameLength) return NameError::NameTooLong;
    bytes_[label_] = static_cast<std::uint8_t>(label_size());
    label_ = size_++;
    return std::nullopt;
  }
  [[nodiscard]] std::size_t label_size() const { return size_ - label_ - 1; }
  // REQUIRES: end_label() was the last call.
  [[nodiscard]] BytesView finish() {
    bytes_[label_] = 0;
    return {bytes_.data(), size_};
  }

 private:
  std::array<std::uint8_t, kMaxNameLength> bytes_{};
  std::size_t label_ = 0;  // offset of the open label's length octet
  std::size_t size_ = 1;
};

// "\." or "\046" with `at` behind the backslash; moves `at` behind the escape.
std::expected<std::uint8_t, NameError> read_escape(std::string_view text, std::size_t& at) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (at >= text.size()) return std::unexpected(NameError::BadEscape);
  if (!is_digit(text[at])) return static_cast<std::uint8_t>(text[at++]);
  if (text.size() - at < 3 || !std::ranges::all_of(text.substr(at, 3), is_digit)) {
    return std::unexpected(NameError::BadEscape);
  }
  const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  if (value > 255) return std::unexpected(NameError::BadEscape);
  at += 3;
  return static_cast<std::uint8_t>(value);
}

// Characters that mean something in a zone file (RFC 1035 §5.1) as well as the dot.
constexpr std::string_view kEscaped = R"(.\"();@$)";

void append_octet(std::string& text, std::uint8_t octet) {
  const char c = static_cast<char>(octet);
  if (octet <= ' ' || octet >= 0x7f) {
    fmt::format_to(std::back_inserter(text), "\\{:03}", octet);
    return;
  }
  if (kEscaped.find(c) != std::string_view::npos) text += '\\';
  text += c;
}

// Offsets of the length octets, leftmost label first.
struct LabelOffsets {
  explicit LabelOffsets(BytesView name) {
    for (std::size_t at = 0; name[at] != 0; at += 1U + name[at])
      offsets[count++] = static_cast<std::uint8_t>(at);
  }
  std::array<std::uint8_t, kMaxLabels> offsets;
  std::size_t count = 0;
};

int compare_labels(BytesView a, BytesView b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const int difference = int{lower(a[i])} - int{lower(b[i])};
    if (difference != 0) return difference;
  }
  return static_cast<int>(a.size()) - static_cast<int>(b.size());
}

BytesView label_at(BytesView name, std::size_t offset) { return name.subspan(offset + 1, name[offset]); }

}  // namespace

std::string_view to_text(NameError error) {
  switch (error) {
    case NameError::Empty:
      return "empty name";
    case NameError::EmptyLabel:
      return "empty label";
    case NameError::LabelTooLong:
      return "label of more than 63 octets";
    case NameError::NameTooLong:
      return "name of more than 255 octets";
    case NameError::BadEscape:
      return "bad escape";
    case NameError::Truncated:
      return "name is cut off";
    case NameError::BadPointer:
      return "compression pointer that is not allowed";
  }
  return "unknown error";
}

std::expected<std::size_t, NameError> measure_name(BytesView wire) {
  std::size_t at = 0;
  while (at < wire.size()) {
    const std::size_t length = wire[at];
    if (length == 0) return at + 1;
    if (length > kMaxLabelLength) {
      return std::unexpected(length >= 0xC0 ? NameError::BadPointer : NameError::LabelTooLong);
    }
    at += 1 + length;
    if (at >= kMaxNameLength) return std::unexpected(NameError::NameTooLong);
  }
  return std::unexpected(NameError::Truncated);
}

Name::Name(BytesView wire) : size_(0) { assign(wire); }
Name::Name(const Name& other) : size_(0) { assign(other.wire()); }
Name::Name(Name&& other) noexcept : Name() { *this = std::move(other); }

Name& Name::operator=(const Name& other) {
  if (this == &other) return *this;
  release();
  assign(other.wire());
  return *this;
}

Name& Name::operator=(Name&& other) noexcept {
  if (this == &other) return *this;
  release();
  size_ = other.size_;
  if (size_ > kInline) {
    heap_ = other.heap_;
    other.size_ = 1;
    other.inline_[0] = 0;
  } else {
    std::memcpy(inline_, other.inline_, kInline);
  }
  return *this;
}

Name::~Name() { release(); }

void Name::assign(BytesView wire) {
  const auto size = static_cast<std::uint8_t>(wire.size());
  std::uint8_t* place = inline_;
  if (size > kInline) place = heap_ = new std::uint8_t[size];
  size_ = size;
  std::memcpy(place, wire.data(), size);
}

// Leaves the root behind, so that a failing allocation in assign() finds nothing to free.
void Name::release() noexcept {
  if (size_ > kInline) delete[] heap_;
  size_ = 1;
  inline_[0] = 0;
}

std::expected<Name, NameError> Name::parse(std::string_view text) {
  if (text.empty()) return std::unexpected(NameError::Empty);
  if (text == ".") return Name();
  NameBuffer buffer;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c == '.') {
      if (const auto error = buffer.end_label()) return std::unexpected(*error);
      continue;
    }
    auto octet = static_cast<std::uint8_t>(c);
    if (c == '\\') {
      const auto escaped = read_escape(text, at);
      if (!escaped) return std::unexpected(escaped.error());
      octet = *escaped;
    }
    if (const auto error = buffer.put(octet)) return std::unexpected(*error);
  }
  if (buffer.label_size() > 0) {
    if (const auto error = buffer.end_label()) return std::unexpected(*error);
  }
  return Name(buffer.finish());
}

Name Name::from_checked_wire(BytesView wire) { return Name(wire); }

Name Name::literal(std::string_view text) {
  auto name = parse(text);
  if (!name) std::abort();
  return *std::move(name);
}

std::size_t Name::label_count() const {
  std::size_t count = 0;
  for (const std::uint8_t* at = data(); *at != 0; at += 1 + *at) ++count;
  return count;
}

BytesView Name::first_label() const { return label_at(wire(), 0); }

bool Name::is_wildcard() const {
  const BytesView label = first_label();
  return label.size() == 1 && label[0] == '*';
}

Name Name::parent() const { return Name(wire().subspan(std::size_t{1} + data()[0])); }

Name Name::suffix(std::size_t count) const {
  const LabelOffsets labels(wire());
  if (count == 0) return {};
  return Name(wire().subspan(labels.offsets[labels.count - count]));
}

std::expected<Name, NameError> Name::child(BytesView label) const {
  if (label.empty()) return std::unexpected(NameError::EmptyLabel);
  if (label.size() > kMaxLabelLength) return std::unexpected(NameError::LabelTooLong);
  const std::size_t size = 1 + label.size() + size_;
  if (size > kMaxNameLength) return std::unexpected(NameError::NameTooLong);
  std::array<std::uint8_t, kMaxNameLength> bytes;
  bytes[0] = static_cast<std::uint8_t>(label.size());
  std::ranges::copy(label, &bytes[1]);
  std::ranges::copy(wire(), &bytes[1 + label.size()]);
  return Name(BytesView{bytes.data(), size});
}

std::expected<Name, NameError> Name::child(std::string_view label) const {
  return child(BytesView{reinterpret_cast<const std::uint8_t*>(label.data()), label.size()});
}

std::optional<std::expected<Name, NameError>> Name::rebased(const Name& from, const Name& to) const {
  if (size_ == from.size_ || !is_within(from)) return std::nullopt;
  const std::size_t kept = size_ - std::size_t{from.size_};
  if (kept + to.size_ > kMaxNameLength) return std::unexpected(NameError::NameTooLong);
  std::array<std::uint8_t, kMaxNameLength> bytes;
  std::ranges::copy(wire().first(kept), bytes.data());
  std::ranges::copy(to.wire(), &bytes[kept]);
  return Name(BytesView{bytes.data(), kept + to.size_});
}

bool Name::is_within(const Name& zone) const {
  // Only a suffix that begins at a label counts: "notexample." is not within "example.".
  std::size_t at = 0;
  while (size_ - at > zone.size_) at += 1U + data()[at];
  return equal_ignoring_case(wire().subspan(at), zone.wire());
}

Name Name::lowered() const {
  Name result = *this;
  copy_lowered(wire(), result.data());
  return result;
}

std::string Name::text() const {
  if (is_root()) return ".";
  std::string text;
  text.reserve(size_);
  for (std::size_t at = 0; data()[at] != 0; at += 1U + data()[at]) {
    for (const std::uint8_t octet : label_at(wire(), at)) append_octet(text, octet);
    text += '.';
  }
  return text;
}

bool operator==(const Name& a, const Name& b) { return equal_ignoring_case(a.wire(), b.wire()); }

bool Name::same_case_as(const Name& other) const { return std::ranges::equal(wire(), other.wire()); }

int Name::compare_canonical(const Name& other) const {
  const LabelOffsets ours(wire());
  const LabelOffsets theirs(other.wire());
  const std::size_t common = std::min(ours.count, theirs.count);
  for (std::size_t i = 1; i <= common; ++i) {
    const int order = compare_labels(label_at(wire(), ours.offsets[ours.count - i]),
                                     label_at(other.wire(), theirs.offsets[theirs.count - i]));
    if (order != 0) return order;
  }
  return static_cast<int>(ours.count) - static_cast<int>(theirs.count);
}

std::size_t Name::hash() const {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
  std::uint64_t hash = size_;
  for_each_word(wire(), [&hash](std::size_t, std::size_t, std::uint64_t word) {
    hash = (hash ^ lower_word(word)) * kOdd;
    hash ^= hash >> 32;
    return true;
  });
  return hash;
}

}  // namespace shirube::wire
