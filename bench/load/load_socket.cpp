#include "bench/load/load_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include <sys/socket.h>
#include <sys/uio.h>

#include "server/socket_address.hpp"
#include "wire/message.hpp"

namespace shirube::bench {
namespace {

constexpr std::size_t kBatch = 64;
constexpr std::size_t kReplyRoom = 1'500;
constexpr int kReceiveBuffer = 1 << 20;

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

[[nodiscard]] bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

// What is received is looked at and forgotten: all sockets use one.
struct ReplyBatch {
  std::array<mmsghdr, kBatch> headers{};
  std::array<iovec, kBatch> parts{};
  std::array<std::array<std::uint8_t, kReplyRoom>, kBatch> buffers;

  [[nodiscard]] std::size_t receive(int socket) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      parts[i] = {buffers[i].data(), buffers[i].size()};
      headers[i].msg_hdr.msg_iov = &parts[i];
      headers[i].msg_hdr.msg_iovlen = 1;
    }
    const int count = ::recvmmsg(socket, headers.data(), kBatch, MSG_DONTWAIT, nullptr);
    if (count < 0 && !would_block()) fail("the server does not take queries");
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }
  [[nodiscard]] wire::BytesView packet(std::size_t i) const {
    return {buffers[i].data(), headers[i].msg_len};
  }
};

}  // namespace

LoadSocket::LoadSocket(const wire::Endpoint& server, std::size_t window, QuestionList& questions)
    : socket_(::socket(server::address_family(server.address.family), SOCK_DGRAM | SOCK_CLOEXEC, 0)),
      questions_(questions),
      slots_(window) {
  if (!socket_) fail("socket");
  server::set_option(descriptor(), SOL_SOCKET, SO_RCVBUF, kReceiveBuffer);
  const server::SocketAddress address(server);
  if (::connect(descriptor(), &address.any, address.size()) != 0) fail("connect");
  queued_.reserve(window);
}

void LoadSocket::start() {
  const auto now = LoadClock::now();
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) ask_next(slot, now);
  send_queued();
}

void LoadSocket::receive(Tally& tally) {
  ReplyBatch batch;
  std::size_t count = kBatch;
  while (count == kBatch) {
    count = batch.receive(descriptor());
    const auto now = LoadClock::now();
    for (std::size_t i = 0; i < count; ++i) take(batch.packet(i), now, tally);
    send_queued();
  }
}

void LoadSocket::resend_lost(Tally& tally) {
  const auto now = LoadClock::now();
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].packet == nullptr || now - slots_[i].sent < kResendAfter) continue;
    if (std::ranges::find(queued_, i) != queued_.end()) continue;
    ++tally.lost;
    queue(i, now);
  }
  send_queued();
}

void LoadSocket::ask_next(std::size_t slot, LoadClock::time_point now) {
  slots_[slot].packet = questions_.next();
  if (slots_[slot].packet == nullptr) return;
  ++under_way_;
  slots_[slot].asked = now;
  queue(slot, now);
}

void LoadSocket::queue(std::size_t slot, LoadClock::time_point now) {
  const auto id = static_cast<std::uint16_t>((tries_++ * kMaxWindow) | slot);
  wire::write_u16(slots_[slot].id, id);
  slots_[slot].sent = now;
  queued_.push_back(slot);
}

void LoadSocket::send_queued() {
  std::size_t sent = 0;
  while (sent < queued_.size()) {
    std::array<mmsghdr, kBatch> headers{};
    std::array<std::array<iovec, 2>, kBatch> parts;
    const auto size = std::min(queued_.size() - sent, kBatch);
    for (std::size_t i = 0; i < size; ++i) {
      auto& slot = slots_[queued_[sent + i]];
      // The kernel's iovec is not const; sending does not write.
      auto* rest = const_cast<std::uint8_t*>(slot.packet->data()) + sizeof slot.id;
      parts[i] = {iovec{slot.id, sizeof slot.id}, iovec{rest, slot.packet->size() - sizeof slot.id}};
      headers[i].msg_hdr.msg_iov = parts[i].data();
      headers[i].msg_hdr.msg_iovlen = parts[i].size();
    }
    const int taken = ::sendmmsg(descriptor(), headers.data(), static_cast<unsigned>(size), MSG_DONTWAIT);
    if (taken < 0 && !would_block()) fail("the server does not take queries");
    if (taken <= 0) break;
    sent += static_cast<std::size_t>(taken);
  }
  queued_.erase(queued_.begin(), queued_.begin() + static_cast<std::ptrdiff_t>(sent));
}

void LoadSocket::take(wire::BytesView reply, LoadClock::time_point now, Tally& tally) {
  const std::size_t index =
      reply.size() < wire::kHeaderSize ? slots_.size() : wire::read_u16(reply.data()) % kMaxWindow;
  const bool expected = index < slots_.size() && slots_[index].packet != nullptr &&
                        std::equal(std::begin(slots_[index].id), std::end(slots_[index].id), reply.begin());
  if (!expected) {
    ++tally.strays;
    return;
  }
  const auto header = wire::read_header(reply);
  ++tally.replies;
  if (header.rcode_low == 0) ++tally.noerror;
  if (header.tc) ++tally.truncated;
  tally.latency.add(now - slots_[index].asked);
  --under_way_;
  ask_next(index, now);
}

}  // namespace shirube::bench
