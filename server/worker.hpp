// Worker: one loop with its listeners, its resolver and its finished packets.
// Threads:  made and destroyed on the main thread, run() on its own; post() and stop() from any thread.
// Owns:     all of it, and its sockets; borrows what Shared names, which must outlive it.
// Errors:   the constructor throws std::runtime_error (start-up only).
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "server/failure_log.hpp"
#include "server/listen_sockets.hpp"
#include "server/query_service.hpp"
#include "server/uv_mailbox.hpp"
#include "server/uv_network.hpp"
#include "server/uv_tcp_listener.hpp"
#include "server/uv_udp_listener.hpp"

namespace shirube::server {

class Worker {
 public:
  struct Shared {
    cache::AnswerCache& cache;
    const RouteState& routes;
    ResolverPool& pool;
    FoldedLog& failures;
    DetailLog& details;
    ForwarderHealth& forwarders;
    std::uint64_t hash_seed = 0;
    std::size_t rendered_bytes = 0;
  };
  // Registers itself in the pool as member `index`.
  Worker(std::size_t index, const Shared& shared, ServingPtr serving, std::vector<ListenPair> sockets);

  void run() { loop_.run(); }
  void stop();
  // New settings or other routes, from any thread.
  void set_serving(ServingPtr serving, std::size_t rendered_bytes);
  void routes_changed();
  // From any thread: runs on this worker's thread, after all earlier posts.
  void post(const std::function<void()>& job);
  // From any thread; `done` runs on this worker's.
  void ask(wire::Question question, std::move_only_function<void(cache::CachedAnswer)> done);

 private:
  UvLoop loop_;
  UvMailbox mailbox_;
  UvNetwork network_;
  FailureLog observer_;
  upstream::Resolver resolver_;
  upstream::TaskSet for_others_;
  QueryService service_;
  std::vector<std::unique_ptr<UvUdpListener>> udp_;
  std::vector<std::unique_ptr<UvTcpListener>> tcp_;
};

}  // namespace shirube::server
