// A resolver in the simulated internet, with clients that note what they got and when: what ResolvingHost
// (forwards) and IteratingHost (walks from the root) share.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/simulated_network.hpp"
#include "sim/world.hpp"
#include "upstream/resolver.hpp"

namespace shirube::test {

class Failures final : public upstream::Observer {
 public:
  Failures();
  ~Failures() override;
  void lookup_failed(const wire::Question& question, const upstream::Failure& failure) override;
  void forwarder_changed(const upstream::ForwarderChange& change) override;
  [[nodiscard]] bool wants_details() const override;
  void server_changed(const upstream::ServerChange& change) override;
  void trust_changed(const upstream::TrustChange& change) override;
  std::vector<upstream::Failure> seen;
  std::vector<std::string> forwarders;  // "192.0.2.1:53 down", "192.0.2.1:53 up"
  upstream::Observer* also = nullptr;   // is told all of it as well
};

struct Client {
  std::optional<cache::CachedAnswer> got;
  wire::Duration waited{};

  [[nodiscard]] bool servfail() const;
  [[nodiscard]] bool noerror() const;
  [[nodiscard]] std::size_t records() const;
  // The code of the last EDE that is not advice: CachedError and StaleAnswer stand behind the reason.
  [[nodiscard]] std::optional<wire::Ede> error() const;
};

class AskingHost {
 public:
  AskingHost(const upstream::UpstreamSettings& settings, const cache::CacheSettings& cache_settings,
             std::uint64_t seed);
  AskingHost(const AskingHost&) = delete;
  AskingHost& operator=(const AskingHost&) = delete;
  ~AskingHost();

  [[nodiscard]] sim::Host& host(std::string_view endpoint);

  // Starts a client; run the network to let it wait.
  Client& ask(std::string_view name, wire::Type type = wire::Type::A,
              cache::View view = cache::View::Checked);
  Client& ask(wire::Question question, cache::View view = cache::View::Checked, upstream::ClientId from = {});
  // Starts one and runs until it has its answer.
  Client& ask_and_wait(std::string_view name, wire::Type type = wire::Type::A);
  [[nodiscard]] std::size_t sent() const;
  [[nodiscard]] std::size_t sent_to(std::string_view endpoint) const;
  // Nothing may be left when all is over.
  [[nodiscard]] bool quiet();

  sim::World world;
  sim::SimulatedNetwork network;
  Failures failures;
  cache::AnswerCache cache;
  upstream::Resolver resolver;
  upstream::TaskSet clients;

 private:
  static upstream::Task<void> wait_for_answer(AskingHost* self, wire::Question question, cache::View view,
                                              upstream::ClientId from, Client* client);

  std::deque<Client> clients_;
};

}  // namespace shirube::test
