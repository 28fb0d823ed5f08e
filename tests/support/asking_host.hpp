// A resolver in the simulated internet, with clients that note what they got and when: what ResolvingHost
// (forwards) and IteratingHost (walks from the root) share.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/simulated_network.hpp"
#include "sim/world.hpp"
#include "upstream/resolver.hpp"

namespace shirube::test {

class Failures final : public upstream::Observer {
 public:
  void lookup_failed(const wire::Question&, const upstream::Failure& failure) override {
    seen.push_back(failure);
  }
  std::vector<upstream::Failure> seen;
};

struct Client {
  std::optional<cache::CachedAnswer> got;
  wire::Duration waited{};

  [[nodiscard]] bool servfail() const { return got && got->answer.rcode == wire::Rcode::ServFail; }
  [[nodiscard]] bool noerror() const { return got && got->answer.rcode == wire::Rcode::NoError; }
  [[nodiscard]] std::size_t records() const { return got ? got->answer.answer.size() : 0; }
  // The code of the first EDE.
  [[nodiscard]] std::optional<wire::Ede> error() const {
    if (!got || got->answer.errors.empty()) return std::nullopt;
    return got->answer.errors.back().code;
  }
};

class AskingHost {
 public:
  AskingHost(const upstream::UpstreamSettings& settings, cache::CacheSettings cache_settings,
             std::uint64_t seed)
      : network(world, seed),
        cache(cache_settings, cache_settings.size, seed),
        resolver(network, cache, std::make_shared<upstream::UpstreamSettings>(settings), failures) {}

  [[nodiscard]] sim::Host& host(std::string_view endpoint) {
    return *world.host(*wire::Endpoint::parse(endpoint, 53));
  }

  // Starts a client; run the network to let it wait.
  Client& ask(std::string_view name, wire::Type type = wire::Type::A,
              cache::View view = cache::View::Checked) {
    return ask(wire::Question{wire::Name::literal(name), type, wire::Class::IN}, view);
  }
  Client& ask(wire::Question question, cache::View view = cache::View::Checked) {
    auto& client = clients_.emplace_back();
    clients.spawn(wait_for_answer(this, std::move(question), view, &client));
    return client;
  }
  // Starts one and runs until it has its answer.
  Client& ask_and_wait(std::string_view name, wire::Type type = wire::Type::A) {
    auto& client = ask(name, type);
    network.run_until([&] { return client.got.has_value(); });
    return client;
  }
  [[nodiscard]] std::size_t sent() const { return network.sent().size(); }
  [[nodiscard]] std::size_t sent_to(std::string_view endpoint) const {
    const auto server = *wire::Endpoint::parse(endpoint, 53);
    const auto count = std::ranges::count(network.sent(), server, &sim::SimulatedNetwork::Sent::server);
    return static_cast<std::size_t>(count);
  }
  // Nothing may be left when all is over.
  [[nodiscard]] bool quiet() {
    network.run();
    return network.exchanges_in_flight() == 0 && network.alarms_set() == 0 &&
           resolver.lookups_in_flight() == 0 && clients.size() == 0;
  }

  sim::World world;
  sim::SimulatedNetwork network;
  Failures failures;
  cache::AnswerCache cache;
  upstream::Resolver resolver;
  upstream::TaskSet clients;

 private:
  static upstream::Task<void> wait_for_answer(AskingHost* self, wire::Question question, cache::View view,
                                              Client* client) {
    const auto began = self->network.now();
    const auto deadline = began + std::chrono::milliseconds{4'500};
    auto got = co_await self->resolver.resolve(std::move(question), view, deadline);
    client->waited = self->network.now() - began;
    client->got.emplace(std::move(got));
  }

  std::deque<Client> clients_;
};

}  // namespace shirube::test
