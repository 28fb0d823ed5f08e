#include "server/process.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "server/secure_random.hpp"
#include "server/uv_signals.hpp"

namespace shirube::server {
namespace {

using conf::LogLevel;

// Finished packets are small copies of what the truth holds: a quarter of the memory is plenty for the hot
// ones.
constexpr std::size_t kRenderedShare = 4;
constexpr wire::Duration kTick = std::chrono::seconds{1};

[[nodiscard]] std::size_t rendered_bytes(const cache::CacheSettings& settings, std::size_t workers) {
  return settings.size / kRenderedShare / workers;
}
[[nodiscard]] std::size_t truth_bytes(const cache::CacheSettings& settings) {
  return settings.size - settings.size / kRenderedShare;
}

[[nodiscard]] std::uint64_t random_seed() {
  SecureRandom random;
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  return (std::uint64_t{wire::read_u32(bytes.data())} << 32) | wire::read_u32(bytes.data() + 4);
}

[[nodiscard]] bool needs_restart(const conf::ServerSettings& old, const conf::ServerSettings& now) {
  return old != now;
}

}  // namespace

Process::Process(Log& log, SettingsPtr settings, WorkerSockets sockets)
    : log_(log),
      failures_(log),
      settings_(std::move(settings)),
      cache_(settings_->cache, truth_bytes(settings_->cache), random_seed()),
      pool_(sockets.size()),
      ticker_(loop_, [this] { tick(); }) {
  route_watch_ =
      std::make_unique<UvRouteWatch>(loop_, routes_, [this](Routes routes) { routes_changed(routes); });
  const Worker::Shared shared{cache_,    routes_,       pool_,
                              failures_, random_seed(), rendered_bytes(settings_->cache, sockets.size())};
  const auto serving = make_serving(settings_, routes_.has(wire::Family::V6));
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    workers_.push_back(std::make_unique<Worker>(i, shared, serving, std::move(sockets[i])));
  }
}

Process::~Process() = default;

void Process::run(const std::function<SettingsPtr()>& on_reload) {
  const UvSignals signals(loop_, {.stop = [this] { loop_.stop(); },
                                  .reload =
                                      [this, &on_reload] {
                                        if (auto settings = on_reload()) apply(std::move(settings));
                                      }});
  ticker_.start(kTick);
  std::vector<std::jthread> threads;
  threads.reserve(workers_.size());
  for (auto& worker : workers_) threads.emplace_back([&worker] { worker->run(); });
  loop_.run();
  for (auto& worker : workers_) worker->stop();
}

void Process::apply(SettingsPtr settings) {
  if (needs_restart(settings_->server, settings->server)) {
    log_.event(LogLevel::Warning, "reload",
               "changes of server.listen, server.workers and server.user need a restart");
  }
  settings_ = std::move(settings);
  log_.configure(settings_->log);
  cache_.set_settings(settings_->cache, truth_bytes(settings_->cache));
  tell_workers();
  log_.event(LogLevel::Info, "reload", "new configuration in force, the cache is kept");
}

void Process::routes_changed(Routes routes) {
  log_.event(LogLevel::Info, "routes",
             routes.v6 ? "the host has an IPv6 route" : "the host has no IPv6 route");
  for (auto& worker : workers_) worker->routes_changed();
  tell_workers();
}

void Process::tell_workers() {
  const auto serving = make_serving(settings_, routes_.has(wire::Family::V6));
  const auto rendered = rendered_bytes(settings_->cache, workers_.size());
  for (auto& worker : workers_) worker->set_serving(serving, rendered);
}

void Process::tick() {
  failures_.tick(loop_.now());
  ticker_.start(kTick);
}

}  // namespace shirube::server
