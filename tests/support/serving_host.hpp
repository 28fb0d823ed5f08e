// A whole query service over the simulated internet: packets in, packets out, in virtual time.
#pragma once

#include <deque>
#include <optional>

#include "server/query_service.hpp"
#include "sim/simulated_network.hpp"
#include "tests/support/resolving_host.hpp"
#include "tests/support/sim_client.hpp"

namespace shirube::test {

class ServingHost final : public server::ReplySink {
 public:
  explicit ServingHost(policy::PolicySettings policy = {}) : ServingHost(settings_with(std::move(policy))) {}

  // The reply: at once, or as soon as it comes; empty for silence.
  wire::Bytes ask(const wire::Bytes& query, wire::Address from = wire::Address::v4(127, 0, 0, 1)) {
    wire::Bytes out(65535);
    replies_.clear();
    server::ReplyPath path;
    path.sink = this;
    path.peer = {from, 40'000};
    const auto handled = service.on_packet(query, path, out);
    if (handled.handled == server::Handled::Later) {
      network.run_until([&] { return !replies_.empty(); }, std::chrono::seconds{6});
      return replies_.empty() ? wire::Bytes{} : replies_.front();
    }
    out.resize(handled.reply_size);
    return out;
  }
  [[nodiscard]] std::size_t sent() const { return network.sent().size(); }

  void send(const server::ReplyPath&, wire::BytesView packet) override {
    replies_.emplace_back(packet.begin(), packet.end());
  }
  void abandon(const server::ReplyPath&) override {}

  sim::World world;
  sim::SimulatedNetwork network;
  Failures failures;
  server::ServingPtr serving;
  cache::AnswerCache cache;
  upstream::Resolver resolver;
  upstream::TaskSet tasks;
  server::ResolverPool pool;
  server::QueryService service;

 private:
  explicit ServingHost(std::shared_ptr<const conf::Settings> settings)
      : network(world, 1),
        serving(server::make_serving(settings, false)),
        cache(settings->cache, std::size_t{1} << 20, 1),
        resolver(network, cache, {settings, &settings->upstream}, failures),
        pool(1),
        service({network, pool, 0}, serving, std::size_t{1} << 20, 1) {
    world.add_host(kFirst, sim::Role::Recursor);
    pool.set_member(0, {&network, &resolver, &tasks, [](server::ResolverPool::Job) { return false; }});
  }
  static std::shared_ptr<const conf::Settings> settings_with(policy::PolicySettings policy) {
    auto settings = std::make_shared<conf::Settings>();
    settings->policy = std::move(policy);
    settings->policy.allow = {*wire::Prefix::parse("127.0.0.0/8")};
    settings->upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(kFirst)}});
    return settings;
  }

  std::deque<wire::Bytes> replies_;
};

}  // namespace shirube::test
