#include "server/tcp_frames.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace shirube::server {

std::size_t FrameReader::frame_size() const {
  if (end_ - begin_ < kFramePrefix) return kFramePrefix;
  return kFramePrefix + wire::read_u16(buffer_.data() + begin_);
}

bool FrameReader::has_whole_message() const {
  return end_ - begin_ >= kFramePrefix && end_ - begin_ >= frame_size();
}

std::optional<wire::BytesView> FrameReader::next() {
  if (!has_whole_message()) return std::nullopt;
  const auto frame = wire::BytesView(buffer_).subspan(begin_, frame_size());
  begin_ += frame.size();
  return frame.subspan(kFramePrefix);
}

wire::BytesSpan FrameReader::room() {
  if (empty()) {
    begin_ = end_ = 0;
    // After a big message, an idle stream goes back to what it started with.
    if (buffer_.size() != kSmall) buffer_ = wire::Bytes(kSmall);
  } else if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // A length is a claim; the octets are the proof. Growing by doubling makes the sender pay for what it makes
  // us hold.
  if (end_ == buffer_.size()) buffer_.resize(std::min(buffer_.size() * 2, kFramePrefix + kMaxMessage));
  return wire::BytesSpan(buffer_).subspan(end_);
}

void FrameWriter::append(wire::BytesView message) {
  // Moving at most as much as was sent keeps this linear over the life of a stream.
  if (sent_ > buffer_.size() / 2) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(sent_));
    sent_ = 0;
  }
  std::array<std::uint8_t, kFramePrefix> prefix{};
  wire::write_u16(prefix.data(), static_cast<std::uint16_t>(message.size()));
  buffer_.insert(buffer_.end(), prefix.begin(), prefix.end());
  buffer_.insert(buffer_.end(), message.begin(), message.end());
}

void FrameWriter::sent(std::size_t count) {
  sent_ += count;
  if (sent_ < buffer_.size()) return;
  sent_ = 0;
  buffer_.clear();
  if (buffer_.capacity() > kKeep) buffer_.shrink_to_fit();
}

}  // namespace shirube::server
