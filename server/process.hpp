// Process: a running server: all workers with what they share, and what can happen to all of them: signals,
// other routes, other root keys.
// Threads:  the main thread's; run() blocks it until a signal ends the process.
// Owns:     workers, caches, routes; borrows the log.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "cache/answer_cache.hpp"
#include "server/anchor_keeper.hpp"
#include "server/folded_log.hpp"
#include "server/uv_mailbox.hpp"
#include "server/uv_route_watch.hpp"
#include "server/worker.hpp"
#include "upstream/outdated.hpp"

namespace shirube::server {

using SettingsPtr = std::shared_ptr<const conf::Settings>;

// Sockets of each worker: [worker][endpoint].
using WorkerSockets = std::vector<std::vector<ListenPair>>;

class Process {
 public:
  Process(Log& log, SettingsPtr settings, WorkerSockets sockets);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Until SIGTERM or SIGINT. `on_reload` gives the new settings, or nullptr to go on with the old ones (it
  // has said why).
  void run(const std::function<SettingsPtr()>& on_reload);

 private:
  void apply(SettingsPtr settings);
  // The root's keys: whether they are followed, what is in force with them, and looking at them again.
  void follow_root_keys();
  [[nodiscard]] SettingsPtr in_force() const;
  void look_at_root_keys();
  void saw_root_keys(const cache::CachedAnswer& found);
  void routes_changed(Routes routes);
  void tell_workers();
  void drop_when_all_know(upstream::Outdated outdated);
  void end_negative_anchors();
  void tick();

  Log& log_;
  FoldedLog failures_;
  DetailLog details_;
  ForwarderHealth forwarders_;
  FileCalls files_;
  SettingsPtr configured_;
  std::shared_ptr<AnchorKeeper> root_keys_;  // null: nobody follows them
  bool looking_at_root_keys_ = false;
  std::int64_t anchors_as_of_ = 0;  // negative trust anchors that had ended by then are not in force
  SettingsPtr settings_;            // as configured, with the root keys and negative anchors of this moment
  RouteState routes_;
  cache::AnswerCache cache_;
  ResolverPool pool_;
  UvLoop loop_;
  UvMailbox mailbox_;  // of the main thread
  UvTimer ticker_;
  std::unique_ptr<UvRouteWatch> route_watch_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace shirube::server
