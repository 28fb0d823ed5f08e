// Name: a domain name in uncompressed wire format, as a value.
// Threads:  a value; share it as you would an int.
// Owns:     its bytes: up to kInline of them inside the object (nearly every name), longer ones on the heap.
// Rules:    labels of 1-63 octets, 255 octets in all with the root label (RFC 1035 §2.3.4); any octet may
//           stand in a label (RFC 2181 §11); comparison and hashing ignore ASCII case, the case is kept (RFC
//           4343).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "wire/ascii_case.hpp"
#include "wire/bytes.hpp"

namespace shirube::wire {

inline constexpr std::size_t kMaxNameLength = 255;
inline constexpr std::size_t kMaxLabelLength = 63;
inline constexpr std::size_t kMaxLabels = 127;  // 255 octets hold no more labels than this

enum class NameError : std::uint8_t {
  Empty,
  EmptyLabel,
  LabelTooLong,
  NameTooLong,
  BadEscape,
  Truncated,
  BadPointer,
};
[[nodiscard]] std::string_view to_text(NameError error);

// Octets of the uncompressed name at the front of `wire`; what follows it is not looked at. Any pointer is
// bad.
[[nodiscard]] std::expected<std::size_t, NameError> measure_name(BytesView wire);

class Name {
 public:
  Name() noexcept : size_(1) { inline_[0] = 0; }  // the root
  Name(const Name& other);
  Name(Name&& other) noexcept;
  Name& operator=(const Name& other);
  Name& operator=(Name&& other) noexcept;
  ~Name();

  // Presentation format, "\." and "\046" escapes (RFC 1035 §5.1), with or without the final dot; the root is
  // ".".
  [[nodiscard]] static std::expected<Name, NameError> parse(std::string_view text);
  // `wire` is one whole valid uncompressed name. REQUIRES: checked before (e.g. by read_name).
  [[nodiscard]] static Name from_checked_wire(BytesView wire);
  // For literals in code and tests: aborts on a bad name.
  [[nodiscard]] static Name literal(std::string_view text);

  [[nodiscard]] BytesView wire() const { return {data(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // Memory outside the object, for accounting.
  [[nodiscard]] std::size_t heap_size() const { return size_ <= kInline ? 0 : size_; }
  [[nodiscard]] bool is_root() const { return size_ == 1; }
  // Labels without the root: "www.example." has 2, the root 0.
  [[nodiscard]] std::size_t label_count() const;
  // The leftmost label's octets, without its length; empty for the root. Borrows from *this.
  [[nodiscard]] BytesView first_label() const;
  [[nodiscard]] bool is_wildcard() const;  // first label is exactly "*"

  // Without the leftmost label. REQUIRES: !is_root().
  [[nodiscard]] Name parent() const;
  // The `count` rightmost labels. REQUIRES: count <= label_count().
  [[nodiscard]] Name suffix(std::size_t count) const;
  // `label` put in front. Errors: LabelTooLong, NameTooLong, EmptyLabel.
  [[nodiscard]] std::expected<Name, NameError> child(BytesView label) const;
  [[nodiscard]] std::expected<Name, NameError> child(std::string_view label) const;
  // *this with the suffix `from` replaced by `to` (DNAME, RFC 6672 §2.2). nullopt if *this is not below
  // `from` (itself is not); NameTooLong if the result does not fit.
  [[nodiscard]] std::optional<std::expected<Name, NameError>> rebased(const Name& from, const Name& to) const;
  // True for the name itself and all below it.
  [[nodiscard]] bool is_within(const Name& zone) const;
  [[nodiscard]] Name lowered() const;

  // Presentation format with the final dot; octets that are not printable ASCII as \DDD.
  [[nodiscard]] std::string text() const;

  // Case-insensitive.
  friend bool operator==(const Name& a, const Name& b);
  [[nodiscard]] bool same_case_as(const Name& other) const;
  // Canonical order (RFC 4034 §6.1): <0, 0, >0.
  [[nodiscard]] int compare_canonical(const Name& other) const;
  // Case-insensitive and stable within the process; not for names that an attacker chooses: see cache/.
  [[nodiscard]] std::size_t hash() const;

 private:
  static constexpr std::size_t kInline = 48;  // with the size octet 56 bytes an object
  explicit Name(BytesView wire);
  [[nodiscard]] const std::uint8_t* data() const { return size_ <= kInline ? inline_ : heap_; }
  [[nodiscard]] std::uint8_t* data() { return size_ <= kInline ? inline_ : heap_; }
  void assign(BytesView wire);
  void release() noexcept;

  union {
    std::uint8_t inline_[kInline];
    std::uint8_t* heap_;
  };
  std::uint8_t size_;
};

struct NameHash {
  [[nodiscard]] std::size_t operator()(const Name& name) const { return name.hash(); }
};

}  // namespace shirube::wire
