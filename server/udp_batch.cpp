#include "server/udp_batch.hpp"

#include <cerrno>
#include <cstring>

namespace shirube::server {
namespace {

template <class Info>
std::size_t put_info(PacketInfo& into, int level, int type, const Info& info) {
  msghdr header{};
  header.msg_control = into.bytes.data();
  header.msg_controllen = CMSG_SPACE(sizeof info);
  auto* const message = CMSG_FIRSTHDR(&header);
  message->cmsg_level = level;
  message->cmsg_type = type;
  message->cmsg_len = CMSG_LEN(sizeof info);
  std::memcpy(CMSG_DATA(message), &info, sizeof info);
  return header.msg_controllen;
}

// The interface stays 0, as routing decides it, but for link-local addresses, which mean nothing without.
std::size_t put_source(PacketInfo& into, const wire::Address& from, std::uint32_t scope) {
  if (from.family == wire::Family::V4) {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, from.bytes.data(), sizeof info.ipi_spec_dst);
    return put_info(into, IPPROTO_IP, IP_PKTINFO, info);
  }
  in6_pktinfo info{};
  std::memcpy(&info.ipi6_addr, from.bytes.data(), sizeof info.ipi6_addr);
  info.ipi6_ifindex = scope;
  return put_info(into, IPPROTO_IPV6, IPV6_PKTINFO, info);
}

}  // namespace

UdpReceiveBatch::UdpReceiveBatch() {
  for (std::size_t i = 0; i < kUdpBatch; ++i) {
    parts_[i].iov_base = buffers_[i].data();
    auto& header = headers_[i].msg_hdr;
    header.msg_name = &peers_[i];
    header.msg_iov = &parts_[i];
    header.msg_iovlen = 1;
    header.msg_control = infos_[i].bytes.data();
  }
}

std::size_t UdpReceiveBatch::receive(int fd) {
  // The kernel has written the lengths of the last call over our own.
  for (std::size_t i = 0; i < used_; ++i) {
    parts_[i].iov_len = kMaxDatagram;
    headers_[i].msg_hdr.msg_namelen = sizeof(SocketAddress);
    headers_[i].msg_hdr.msg_controllen = sizeof(PacketInfo);
  }
  const int count = ::recvmmsg(fd, headers_.data(), kUdpBatch, MSG_DONTWAIT, nullptr);
  used_ = count > 0 ? static_cast<std::size_t>(count) : 0;
  return used_;
}

wire::Address UdpReceiveBatch::asked(std::size_t i, const wire::Address& otherwise) const {
  // CMSG_NXTHDR wants a header that it may change.
  auto header = headers_[i].msg_hdr;
  for (auto* message = CMSG_FIRSTHDR(&header); message != nullptr; message = CMSG_NXTHDR(&header, message)) {
    if (message->cmsg_level == IPPROTO_IP && message->cmsg_type == IP_PKTINFO) {
      in_pktinfo info;
      std::memcpy(&info, CMSG_DATA(message), sizeof info);
      return from_kernel(info.ipi_addr);
    }
    if (message->cmsg_level == IPPROTO_IPV6 && message->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info;
      std::memcpy(&info, CMSG_DATA(message), sizeof info);
      return from_kernel(info.ipi6_addr);
    }
  }
  return otherwise;
}

UdpSendBatch::UdpSendBatch() {
  for (std::size_t i = 0; i < kUdpBatch; ++i) {
    parts_[i].iov_base = buffers_[i].data();
    auto& header = headers_[i].msg_hdr;
    header.msg_name = &peers_[i];
    header.msg_iov = &parts_[i];
    header.msg_iovlen = 1;
  }
}

void UdpSendBatch::commit(std::size_t size, const SocketAddress& to, const wire::Address* from) {
  parts_[count_].iov_len = size;
  peers_[count_] = to;
  auto& header = headers_[count_].msg_hdr;
  header.msg_namelen = to.size();
  header.msg_control = nullptr;
  header.msg_controllen = 0;
  if (from != nullptr) {
    header.msg_control = infos_[count_].bytes.data();
    header.msg_controllen = put_source(infos_[count_], *from, to.scope());
  }
  ++count_;
}

UdpSendBatch::Outcome UdpSendBatch::send(int fd) {
  Outcome outcome;
  std::size_t next = 0;
  while (next < count_) {
    const auto rest = static_cast<unsigned>(count_ - next);
    const int taken = ::sendmmsg(fd, &headers_[next], rest, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (taken > 0) {
      next += static_cast<std::size_t>(taken);
      outcome.sent += static_cast<std::size_t>(taken);
    } else if (errno == EAGAIN || errno == ENOBUFS) {
      outcome.dropped += rest;
      break;
    } else if (errno != EINTR) {
      // Only the first message can have failed (one before it would have been counted as taken): the others
      // get their turn.
      ++outcome.dropped;
      ++next;
    }
  }
  count_ = 0;
  return outcome;
}

}  // namespace shirube::server
