#include "server/uv_tcp_listener.hpp"

#include <cerrno>
#include <stdexcept>
#include <utility>

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "server/socket_address.hpp"
#include "upstream/holders.hpp"

namespace shirube::server {
namespace {

// The kernel would let a connection's send buffer grow to megabytes, where neither we nor a limit of ours can
// see it.
constexpr int kKernelSendBuffer = 128 << 10;

// Fairness: what else has happened in a pass gets its turn.
constexpr int kMaxAcceptsPerEvent = 16;

}  // namespace

UvTcpListener::UvTcpListener(UvLoop& loop, OwnedFd socket, QueryHandler& handler, TcpLimits limits,
                             TimeSlice::Clock clock)
    : loop_(loop),
      socket_(std::move(socket)),
      handler_(handler),
      limits_(limits),
      local_(local_endpoint(socket_.get())),
      scratch_(kMaxMessage),
      slice_(clock ? std::move(clock) : [&loop] { return loop.now(); }),
      poll_(loop, socket_.get(), [this](UvPoll::Event) { on_acceptable(); }),
      sweep_timer_(loop, [this] { sweep(); }),
      resume_timer_(loop, [this] { resume(); }),
      pass_end_(loop, [this] { settle(); }) {
  if (!poll_.watch({.read = true})) throw std::runtime_error("cannot watch TCP " + local_.text());
}

UvTcpListener::~UvTcpListener() = default;

void UvTcpListener::on_acceptable() {
  for (int i = 0; i < kMaxAcceptsPerEvent; ++i) {
    SocketAddress peer;
    socklen_t size = sizeof peer;
    OwnedFd fd(::accept4(socket_.get(), &peer.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (fd) {
      admit(std::move(fd), peer.endpoint());
    } else if (errno == EAGAIN) {
      return;
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      return pause_accepting();
    }
    // Other errors belong to a connection that died in the queue.
  }
}

// The connection that cannot be accepted stays in the queue and would wake the loop again at once.
void UvTcpListener::pause_accepting() {
  static_cast<void>(poll_.watch({}));
  sweep_timer_.start(limits_.sweep);
}

void UvTcpListener::admit(OwnedFd fd, const wire::Endpoint& peer) {
  if (!make_room(peer.address)) {
    counters_.refused.add();
    return;
  }
  set_option(fd.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(fd.get(), SOL_SOCKET, SO_SNDBUF, kKernelSendBuffer);
  const ReplyPath path{.sink = this,
                       .transport = ClientTransport::Tcp,
                       .peer = peer,
                       .local = local_endpoint(fd.get()).address,
                       .connection = next_connection_++};
  TcpConnectionHost& host = *this;
  auto connection = std::make_unique<UvTcpConnection>(host, std::move(fd), path);
  if (connection->is_finished()) {
    counters_.refused.add();
    return;
  }
  counters_.accepted.add();
  if (connections_.empty()) sweep_timer_.start(limits_.sweep);
  connections_.emplace(path.connection, std::move(connection));
}

bool UvTcpListener::make_room(const wire::Address& client) {
  const auto newcomer = upstream::client_id(client);
  upstream::Holders holders;
  for (const auto& [id, connection] : connections_) holders.take(upstream::client_id(connection->client()));
  const bool client_is_full = holders.of(newcomer) >= limits_.connections_per_client;
  if (!client_is_full && connections_.size() < limits_.connections) return true;

  const auto largest =
      client_is_full ? upstream::Holders::Holder{newcomer, holders.of(newcomer)} : holders.largest();
  // A client with far fewer connections may replace even busy connections of the largest holder.
  const bool takes_busy = holders.of(newcomer) + 1 < largest.places;
  auto oldest = connections_.end();
  for (auto it = connections_.begin(); it != connections_.end(); ++it) {
    const bool fits = takes_busy || it->second->is_idle();
    if (!fits || upstream::client_id(it->second->client()) != largest.client) continue;
    const auto order = [](const auto& entry) {
      return std::pair(!entry->second->is_idle(), entry->second->last_used());
    };
    if (oldest == connections_.end() || order(it) < order(oldest)) oldest = it;
  }
  if (oldest == connections_.end()) return false;
  connections_.erase(oldest);
  return true;
}

void UvTcpListener::send(const ReplyPath& path, wire::BytesView packet) { reply(path, packet); }

void UvTcpListener::abandon(const ReplyPath& path) { reply(path, std::nullopt); }

void UvTcpListener::reply(const ReplyPath& path, std::optional<wire::BytesView> packet) {
  const auto found = connections_.find(path.connection);
  if (found == connections_.end()) {
    if (packet) counters_.dropped.add();
    return;
  }
  found->second->reply(packet);
  if (found->second->claim_settling()) unsettled_.push_back(path.connection);
}

void UvTcpListener::resume_later(std::uint64_t connection) {
  paused_.push_back(connection);
  resume_timer_.start(kNextPass);
}

// Takes turns: connections that get no time now are the first in the next pass.
void UvTcpListener::resume() {
  slice_.begin();
  const auto waiting = std::exchange(paused_, {});
  std::size_t done = 0;
  do {
    const auto found = connections_.find(waiting[done]);
    if (found == connections_.end()) continue;
    found->second->resume();
    if (found->second->is_finished()) connections_.erase(found);
  } while (++done < waiting.size() && !slice_.is_over());
  if (done == waiting.size()) return;
  paused_.insert(paused_.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(done), waiting.end());
  resume_timer_.start(kNextPass);
}

void UvTcpListener::settle() {
  if (!unsettled_.empty()) slice_.begin();
  for (const auto id : std::exchange(unsettled_, {})) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) continue;
    found->second->settle();
    if (found->second->is_finished()) connections_.erase(found);
  }
}

void UvTcpListener::sweep() {
  const auto now = loop_.now();
  const auto idle = idle_time(limits_, connections_.size());
  const auto closed =
      std::erase_if(connections_, [&](auto& entry) { return entry.second->is_overdue(now, idle); });
  counters_.timed_out.add(closed);
  const bool accepts = poll_.watch({.read = true});
  if (!connections_.empty() || !accepts) sweep_timer_.start(limits_.sweep);
}

}  // namespace shirube::server
