// RawMessage: bytes of a message as a test wants them, right or wrong; MessageBuilder would refuse the wrong
// ones.
// Threads:  one owner.
#pragma once

#include <string_view>

#include "wire/message.hpp"

namespace shirube::wire::tests {

class RawMessage {
 public:
  RawMessage& header(std::uint16_t flags, std::uint16_t questions, std::uint16_t answers = 0,
                     std::uint16_t authority = 0, std::uint16_t additional = 0) {
    return u16(0x1234).u16(flags).u16(questions).u16(answers).u16(authority).u16(additional);
  }
  RawMessage& u8(std::uint8_t value) {
    bytes_.push_back(value);
    return *this;
  }
  RawMessage& u16(std::uint16_t value) {
    return u8(static_cast<std::uint8_t>(value >> 8)).u8(static_cast<std::uint8_t>(value));
  }
  RawMessage& u32(std::uint32_t value) {
    return u16(static_cast<std::uint16_t>(value >> 16)).u16(static_cast<std::uint16_t>(value));
  }
  RawMessage& bytes(BytesView more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
  }
  RawMessage& text(std::string_view more) {
    for (const char c : more) u8(static_cast<std::uint8_t>(c));
    return *this;
  }
  RawMessage& name(std::string_view name) { return bytes(Name::literal(name).wire()); }
  RawMessage& pointer(std::size_t offset) { return u16(static_cast<std::uint16_t>(0xC000 | offset)); }
  RawMessage& question(std::string_view asked, Type type, Class klass = Class::IN) {
    return name(asked).u16(static_cast<std::uint16_t>(type)).u16(static_cast<std::uint16_t>(klass));
  }
  // What stands between owner and RDATA.
  RawMessage& fixed(Type type, std::uint16_t rdlength, std::uint32_t ttl = 300, Class klass = Class::IN) {
    return u16(static_cast<std::uint16_t>(type))
        .u16(static_cast<std::uint16_t>(klass))
        .u32(ttl)
        .u16(rdlength);
  }
  RawMessage& a(std::string_view owner, std::uint8_t last_octet, std::uint32_t ttl = 300) {
    return name(owner).fixed(Type::A, 4, ttl).u8(192).u8(0).u8(2).u8(last_octet);
  }
  RawMessage& opt(std::uint16_t udp_size, std::uint32_t ttl, BytesView options = {}) {
    u8(0).fixed(Type::OPT, static_cast<std::uint16_t>(options.size()), ttl, Class{udp_size});
    return bytes(options);
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] BytesView view() const { return bytes_; }
  [[nodiscard]] std::expected<MessageView, ParseError> parse() const { return MessageView::parse(bytes_); }

 private:
  Bytes bytes_;
};

// REQUIRES: the message parses, and outlives the view.
[[nodiscard]] inline MessageView parsed(const RawMessage& message) { return message.parse().value(); }

[[nodiscard]] inline Bytes copy_of(BytesView bytes) { return {bytes.begin(), bytes.end()}; }
[[nodiscard]] inline Bytes wire_of(std::string_view name) { return copy_of(Name::literal(name).wire()); }

}  // namespace shirube::wire::tests
