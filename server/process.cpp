#include "server/process.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ranges>
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

[[nodiscard]] std::int64_t wall_time(const conf::Settings& settings) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return settings.upstream.trust.fixed_time.value_or(std::chrono::floor<wire::Seconds>(now).count());
}

[[nodiscard]] bool needs_restart(const conf::ServerSettings& old, const conf::ServerSettings& now) {
  return old != now;
}

// Zones that the line of a reload names one by one.
constexpr std::size_t kMaxNamedZones = 8;

[[nodiscard]] std::string told(const upstream::Outdated& outdated) {
  if (outdated.trust) return "the cache is dropped: [dnssec] has changed";
  if (outdated.nothing()) return "the cache is kept";
  std::string zones;
  for (const auto& zone : outdated.zones | std::views::take(kMaxNamedZones))
    zones += (zones.empty() ? "" : ", ") + zone.text();
  if (outdated.zones.size() > kMaxNamedZones)
    zones += fmt::format(" and {} more", outdated.zones.size() - kMaxNamedZones);
  return fmt::format(
      "the cache is kept except for {}: a forward, stub, block list or negative trust anchor has "
      "changed there",
      zones);
}

}  // namespace

Process::Process(Log& log, SettingsPtr settings, WorkerSockets sockets)
    : log_(log),
      failures_(log),
      details_(log),
      configured_(std::move(settings)),
      settings_(configured_),
      cache_(settings_->cache, truth_bytes(settings_->cache), random_seed()),
      pool_(sockets.size(), random_seed()),
      mailbox_(loop_),
      ticker_(loop_, [this] { tick(); }) {
  follow_root_keys();
  route_watch_ =
      std::make_unique<UvRouteWatch>(loop_, routes_, [this](Routes routes) { routes_changed(routes); });
  const Worker::Shared shared{
      cache_,   routes_,     pool_,         failures_,
      details_, forwarders_, random_seed(), rendered_bytes(settings_->cache, sockets.size())};
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
  end_negative_anchors();
  const auto before = settings_;
  configured_ = std::move(settings);
  follow_root_keys();
  log_.configure(settings_->log);
  forwarders_.set_settings(settings_->upstream);
  cache_.set_settings(settings_->cache, truth_bytes(settings_->cache));
  tell_workers();
  // Data that came or was judged under other rules is asked for again.
  auto outdated = upstream::outdated_by(before->upstream, settings_->upstream);
  log_.event(LogLevel::Info, "reload", "new configuration in force, " + told(outdated));
  if (!outdated.nothing()) drop_when_all_know(std::move(outdated));
}

void Process::follow_root_keys() {
  const auto& file = configured_->anchor_state;
  if (file.empty()) {
    root_keys_ = nullptr;
  } else if (!root_keys_ || root_keys_->file() != file) {
    root_keys_ = std::make_shared<AnchorKeeper>(log_, files_, file, wall_time(*configured_));
  }
  anchors_as_of_ = wall_time(*configured_);
  settings_ = in_force();
}

SettingsPtr Process::in_force() const {
  auto settings = std::make_shared<conf::Settings>(*configured_);
  auto& trust = settings->upstream.trust;
  if (root_keys_) trust.anchors.replace(root_keys_->anchor());
  std::erase_if(trust.unsigned_zones, [&](const auto& negative) {
    return negative.expires && *negative.expires <= anchors_as_of_;
  });
  return settings;
}

// The names below are validated again, as after a reload without the anchor.
void Process::end_negative_anchors() {
  anchors_as_of_ = wall_time(*configured_);
  const auto& in_force_until_now = settings_->upstream.trust.unsigned_zones;
  std::vector<wire::Name> ended;
  for (const auto& negative : in_force_until_now) {
    if (negative.expires && *negative.expires <= anchors_as_of_) ended.push_back(negative.zone);
  }
  if (ended.empty()) return;
  settings_ = in_force();
  tell_workers();
  for (const auto& zone : ended) {
    log_.event(LogLevel::Warning, "negative_trust_anchor_ended",
               "this negative trust anchor has ended: the zone is validated again, and its data is dropped "
               "from the cache",
               {{"zone", zone.text()}});
  }
  drop_when_all_know({.zones = std::move(ended)});
}

void Process::look_at_root_keys() {
  if (!root_keys_ || looking_at_root_keys_ || !root_keys_->is_due(loop_.now())) return;
  looking_at_root_keys_ = true;
  workers_.front()->ask(AnchorKeeper::question(), [this, asked = std::weak_ptr(root_keys_)](auto found) {
    // Full only when the main thread hangs; then it has no use for the answer either.
    static_cast<void>(mailbox_.post([this, asked, found = std::move(found)] {
      looking_at_root_keys_ = false;
      if (!asked.expired()) saw_root_keys(found);
    }));
  });
}

void Process::saw_root_keys(const cache::CachedAnswer& found) {
  if (!root_keys_->learn(found, loop_.now(), wall_time(*configured_))) return;
  settings_ = in_force();
  tell_workers();
  drop_when_all_know({.trust = true});
  log_.event(LogLevel::Info, "root_keys", "the trusted root keys have changed: the cache is emptied");
}

// Each worker drops its trust memory, its finished packets and the outdated part of the record cache when it
// takes the new settings. A slower worker can still store data validated under the old ones, and another
// worker can put that into its packet cache. So the main thread drops the records again once all workers
// know, and then all workers drop their packet caches once more.
void Process::drop_when_all_know(upstream::Outdated outdated) {
  struct Waiting {
    std::atomic<std::size_t> workers;
    upstream::Outdated outdated;
  };
  const auto waiting = std::make_shared<Waiting>(workers_.size(), std::move(outdated));
  for (auto& worker : workers_) {
    worker->post([this, waiting] {
      if (--waiting->workers > 0) return;
      // Full only when the main thread hangs.
      static_cast<void>(mailbox_.post([this, waiting] {
        upstream::drop(cache_, waiting->outdated);
        tell_workers();
      }));
    });
  }
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
  end_negative_anchors();
  look_at_root_keys();
  ticker_.start(kTick);
}

}  // namespace shirube::server
