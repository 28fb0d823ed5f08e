// What the tests of loops, listeners and exchanges share: waiting for conditions, small DNS messages, plain
// loopback sockets.
// Threads:  the test's.
// Errors:   Catch2 requirements.
#pragma once

#include <cerrno>
#include <cstdint>
#include <optional>
#include <string_view>

#include <catch2/catch.hpp>
#include <dirent.h>
#include <sys/socket.h>

#include "server/owned_fd.hpp"
#include "server/socket_address.hpp"
#include "server/uv_handles.hpp"
#include "server/uv_loop.hpp"
#include "wire/bytes.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

// Keeps a pass of the loop from waiting for long: what a test waits for may be nothing that the loop watches.
class Tick {
 public:
  explicit Tick(UvLoop& loop) : timer_(loop, [this] { start(); }) { start(); }

 private:
  void start() { timer_.start(std::chrono::milliseconds{1}); }
  UvTimer timer_;
};

// Runs the loop until `reached`, however long that takes on a busy machine; only a hang fails.
template <class Condition>
void run_until(UvLoop& loop, Condition reached) {
  const auto hung = loop.now() + std::chrono::seconds{60};
  const Tick tick(loop);
  while (!reached()) {
    REQUIRE(loop.now() < hung);
    loop.run_pass();
  }
}

// Enough passes for whatever is ready to be handled.
inline void run_passes(UvLoop& loop, int count = 20) {
  const Tick tick(loop);
  for (int i = 0; i < count; ++i) loop.run_pass();
}

[[nodiscard]] inline wire::Bytes make_query(std::uint16_t id, std::uint8_t letter = 'a') {
  wire::Bytes query = {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, letter, 0, 0, 1, 0, 1};
  wire::write_u16(query.data(), id);
  return query;
}

[[nodiscard]] inline wire::Bytes make_reply(wire::BytesView query) {
  wire::Bytes reply(query.begin(), query.end());
  reply[2] |= 0x80;
  return reply;
}

[[nodiscard]] inline std::uint16_t id_of(wire::BytesView message) { return wire::read_u16(message.data()); }

[[nodiscard]] inline wire::Bytes framed(wire::BytesView message) {
  wire::Bytes frame(2);
  wire::write_u16(frame.data(), static_cast<std::uint16_t>(message.size()));
  frame.insert(frame.end(), message.begin(), message.end());
  return frame;
}

[[nodiscard]] inline wire::Endpoint loopback(std::string_view text) { return *wire::Endpoint::parse(text); }

[[nodiscard]] inline OwnedFd bound_socket(int type, const wire::Endpoint& endpoint) {
  OwnedFd fd(::socket(address_family(endpoint.address.family), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const SocketAddress address(endpoint);
  REQUIRE(::bind(fd.get(), &address.any, address.size()) == 0);
  if (type == SOCK_STREAM) REQUIRE(::listen(fd.get(), 16) == 0);
  return fd;
}

// `from`: a loopback address of the client, so that it is another client than those of 127.0.0.1.
[[nodiscard]] inline OwnedFd connected_socket(int type, const wire::Endpoint& endpoint,
                                              const std::optional<wire::Address>& from = {}) {
  OwnedFd fd(::socket(address_family(endpoint.address.family), type | SOCK_CLOEXEC, 0));
  if (from) {
    const SocketAddress own({*from, 0});
    REQUIRE(::bind(fd.get(), &own.any, own.size()) == 0);
  }
  const SocketAddress address(endpoint);
  REQUIRE(::connect(fd.get(), &address.any, address.size()) == 0);
  return fd;
}

inline void send_all(const OwnedFd& fd, wire::BytesView bytes) {
  REQUIRE(::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
}

// What one recv() gives: nullopt when nothing is there yet, empty at the end of a stream (also by reset).
[[nodiscard]] inline std::optional<wire::Bytes> try_receive(const OwnedFd& fd) {
  wire::Bytes bytes(65'536);
  const auto got = ::recv(fd.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return std::nullopt;
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

[[nodiscard]] inline wire::Bytes receive(UvLoop& loop, const OwnedFd& fd) {
  std::optional<wire::Bytes> bytes;
  run_until(loop, [&] { return (bytes = try_receive(fd)).has_value(); });
  return *bytes;
}

[[nodiscard]] inline bool is_closed(const OwnedFd& fd) {
  const auto bytes = try_receive(fd);
  return bytes && bytes->empty();
}

[[nodiscard]] inline std::size_t open_descriptors() {
  std::size_t count = 0;
  auto* const directory = ::opendir("/proc/self/fd");
  REQUIRE(directory != nullptr);
  while (::readdir(directory) != nullptr) ++count;
  ::closedir(directory);
  return count;
}

}  // namespace shirube::server
