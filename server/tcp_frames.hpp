// DNS messages in a TCP stream: two octets of length, then the message (RFC 1035 §4.2.2).
// Threads:  one owner each; pure.
// Owns:     its buffer, which grows only as bytes really arrive: from kSmall to at most one frame of 65,537
//           octets.
// Errors:   none: every sequence of octets is a sequence of frames. Empty messages are handed out for the
//           caller to judge.
#pragma once

#include <cstddef>
#include <optional>

#include "wire/bytes.hpp"

namespace shirube::server {

inline constexpr std::size_t kFramePrefix = 2;
inline constexpr std::size_t kMaxMessage = 65'535;

class FrameReader {
 public:
  static constexpr std::size_t kSmall = 2'048;

  // Where to receive into: never empty. Invalidates what next() gave. REQUIRES: !has_whole_message().
  [[nodiscard]] wire::BytesSpan room();
  // REQUIRES: count bytes of room() have been filled.
  void received(std::size_t count) { end_ += count; }
  // The next whole message; good until room().
  [[nodiscard]] std::optional<wire::BytesView> next();
  [[nodiscard]] bool has_whole_message() const;
  // Octets that next() has not handed out yet.
  [[nodiscard]] bool empty() const { return begin_ == end_; }

 private:
  [[nodiscard]] std::size_t frame_size()
      const;  // of the frame at begin_; kFramePrefix while even that is missing

  wire::Bytes buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

// Messages on their way out.
class FrameWriter {
 public:
  // REQUIRES: message.size() <= kMaxMessage.
  void append(wire::BytesView message);
  // What is to be sent next; empty when all is.
  [[nodiscard]] wire::BytesView pending() const { return wire::BytesView(buffer_).subspan(sent_); }
  void sent(std::size_t count);

 private:
  // What an idle stream may keep; more is given back.
  static constexpr std::size_t kKeep = 4'096;

  wire::Bytes buffer_;
  std::size_t sent_ = 0;
};

}  // namespace shirube::server
