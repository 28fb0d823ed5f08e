// Batches of datagrams for recvmmsg and sendmmsg: the buffers, and the kernel's arrays that point into them.
// Threads:  one owner.
// Owns:     its buffers, about 130 KiB each; pointers go from one part to the other, so it stays where it was
//           made.
// Errors:   send() counts what the kernel would not take.
// Source:   batch of 32: measured +30 % over single calls, more gains nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <netinet/in.h>
#include <sys/socket.h>

#include "server/socket_address.hpp"
#include "wire/bytes.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

inline constexpr std::size_t kUdpBatch = 32;
// No query comes near; no reply over UDP is larger.
inline constexpr std::size_t kMaxDatagram = 4'096;

// Room for one IP_PKTINFO or IPV6_PKTINFO.
struct alignas(cmsghdr) PacketInfo {
  std::array<std::uint8_t, CMSG_SPACE(sizeof(in6_pktinfo))> bytes;
};

class UdpReceiveBatch {
 public:
  UdpReceiveBatch();
  UdpReceiveBatch(const UdpReceiveBatch&) = delete;
  UdpReceiveBatch& operator=(const UdpReceiveBatch&) = delete;

  // How many datagrams came, 0 when none is waiting; never blocks.
  [[nodiscard]] std::size_t receive(int fd);

  [[nodiscard]] wire::BytesView packet(std::size_t i) const {
    return {buffers_[i].data(), headers_[i].msg_len};
  }
  [[nodiscard]] bool is_truncated(std::size_t i) const {
    return (headers_[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
  }
  [[nodiscard]] const SocketAddress& peer(std::size_t i) const { return peers_[i]; }
  // The address that was asked, if the kernel told it.
  [[nodiscard]] wire::Address asked(std::size_t i, const wire::Address& otherwise) const;

 private:
  std::array<mmsghdr, kUdpBatch> headers_{};
  std::array<iovec, kUdpBatch> parts_{};
  std::array<SocketAddress, kUdpBatch> peers_;
  std::array<PacketInfo, kUdpBatch> infos_{};
  std::array<std::array<std::uint8_t, kMaxDatagram>, kUdpBatch> buffers_;
  std::size_t used_ = kUdpBatch;
};

class UdpSendBatch {
 public:
  struct Outcome {
    std::size_t sent = 0;
    std::size_t dropped = 0;
  };

  UdpSendBatch();
  UdpSendBatch(const UdpSendBatch&) = delete;
  UdpSendBatch& operator=(const UdpSendBatch&) = delete;

  [[nodiscard]] bool is_full() const { return count_ == kUdpBatch; }
  [[nodiscard]] bool is_empty() const { return count_ == 0; }
  // Where the next datagram is to be written. REQUIRES: !is_full().
  [[nodiscard]] wire::BytesSpan slot() { return buffers_[count_]; }
  // Adds what is in slot(). `from` is the address that it is to leave from, nullptr for the socket's own.
  void commit(std::size_t size, const SocketAddress& to, const wire::Address* from);
  // Sends and empties the batch; never blocks.
  [[nodiscard]] Outcome send(int fd);

 private:
  std::array<mmsghdr, kUdpBatch> headers_{};
  std::array<iovec, kUdpBatch> parts_{};
  std::array<SocketAddress, kUdpBatch> peers_;
  std::array<PacketInfo, kUdpBatch> infos_{};
  std::array<std::array<std::uint8_t, kMaxDatagram>, kUdpBatch> buffers_;
  std::size_t count_ = 0;
};

}  // namespace shirube::server
