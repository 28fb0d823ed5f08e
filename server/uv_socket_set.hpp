// UvSocketSet: many short-lived sockets behind one libuv handle: an epoll set of our own that libuv watches
// as one descriptor. A socket costs one epoll_ctl() then, and leaves by being closed; a handle of libuv's
// costs five system calls more.
// Threads:  the loop's.
// Owns:     the epoll descriptor; sockets stay their owners'.
// Errors:   add() says false when the kernel will not watch the socket. std::runtime_error from the constructor, at
//           start-up, when the set itself cannot be made.
#pragma once

#include <array>
#include <cstddef>

#include <sys/epoll.h>

#include "server/owned_fd.hpp"
#include "server/uv_handles.hpp"

namespace shirube::server {

class UvSocketSet {
 public:
  // Whoever watches one socket: told when it is readable or has an error, again and again until it is read.
  class Member {
   public:
    Member() = default;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    virtual ~Member() {
      if (set_ != nullptr) set_->forget(*this);
    }
    // May destroy this and any other member.
    virtual void on_ready() = 0;

   private:
    friend class UvSocketSet;
    UvSocketSet* set_ = nullptr;
  };

  explicit UvSocketSet(UvLoop& loop);
  UvSocketSet(const UvSocketSet&) = delete;
  UvSocketSet& operator=(const UvSocketSet&) = delete;

  // Until the member goes, or the socket is closed.
  [[nodiscard]] bool add(int socket, Member& member);

 private:
  // Events that one pass of the loop takes: the rest waits for the next, so that sockets of clients have
  // their turn.
  static constexpr std::size_t kMostEvents = 64;

  void on_event();
  void forget(const Member& member);

  UvLoop& loop_;
  OwnedFd epoll_;
  UvPoll poll_;
  std::array<epoll_event, kMostEvents> events_{};
  std::size_t next_ = 0;  // of events_, while they are told
  std::size_t got_ = 0;
};

}  // namespace shirube::server
