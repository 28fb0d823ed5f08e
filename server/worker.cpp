#include "server/worker.hpp"

#include <thread>
#include <utility>

#include "upstream/server_race.hpp"

namespace shirube::server {
namespace {

static_assert(UvNetwork::kCrowd + upstream::kMaxLookups * upstream::kMaxSocketsInCrowd <=
                  UvNetwork::kMaxUpstreamSockets,
              "lookups must not run out of sockets before they run out of places");

[[nodiscard]] upstream::Resolver::SettingsPtr upstream_part(const ServingPtr& serving) {
  return {serving->settings, &serving->settings->upstream};
}

// Nobody waits for it.
constexpr wire::Duration kOwnPatience = std::chrono::seconds{10};

// A question of our own, and what is done with its answer.
struct Asked {
  wire::Question question;
  std::move_only_function<void(cache::CachedAnswer)> done;
};

upstream::Task<void> ask_for(upstream::Resolver& resolver, upstream::Network& network,
                             std::shared_ptr<Asked> asked) {
  const auto deadline = network.now() + kOwnPatience;
  auto answer = co_await resolver.resolve(asked->question, cache::View::Checked, deadline);
  asked->done(std::move(answer));
}

}  // namespace

Worker::Worker(std::size_t index, const Shared& shared, ServingPtr serving, std::vector<ListenPair> sockets)
    : mailbox_(loop_),
      network_(loop_, shared.routes),
      observer_(shared.failures, shared.details, shared.forwarders, network_),
      resolver_(network_, shared.cache, upstream_part(serving), observer_),
      service_({network_, shared.pool, index, &shared.details}, std::move(serving), shared.rendered_bytes,
               shared.hash_seed) {
  shared.pool.set_member(index, {&network_, &resolver_, &for_others_,
                                 [this](ResolverPool::Job job) { return mailbox_.post(std::move(job)); }});
  for (auto& socket : sockets) {
    udp_.push_back(std::make_unique<UvUdpListener>(loop_, std::move(socket.udp), service_));
    tcp_.push_back(std::make_unique<UvTcpListener>(loop_, std::move(socket.tcp), service_));
  }
}

void Worker::stop() {
  post([this] { loop_.stop(); });
}

// A mailbox that other workers have filled must not keep this one from ending or from its new settings.
void Worker::post(const std::function<void()>& job) {
  while (!mailbox_.post(job)) std::this_thread::yield();
}

void Worker::set_serving(ServingPtr serving, std::size_t rendered_bytes) {
  post([this, serving = std::move(serving), rendered_bytes] {
    resolver_.set_settings(upstream_part(serving));
    service_.set_serving(serving, rendered_bytes);
  });
}

void Worker::ask(wire::Question question, std::move_only_function<void(cache::CachedAnswer)> done) {
  const auto job = std::make_shared<Asked>(std::move(question), std::move(done));
  post([this, job] { for_others_.spawn(ask_for(resolver_, network_, job)); });
}

void Worker::routes_changed() {
  post([this] { resolver_.routes_changed(); });
}

}  // namespace shirube::server
