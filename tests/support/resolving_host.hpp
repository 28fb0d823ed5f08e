// A resolver in the simulated internet, with clients that note what they got and when. Zones and servers are
// named once, by the test.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/simulated_network.hpp"
#include "sim/world.hpp"
#include "upstream/resolver.hpp"

namespace shirube::test {

inline constexpr std::string_view kFirst = "192.0.2.1:53";
inline constexpr std::string_view kSecond = "192.0.2.2:53";

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

class ResolvingHost {
 public:
  // Forwards `zone` to recursors at `servers`, all of which know all zones of the world.
  explicit ResolvingHost(std::vector<std::string_view> servers, cache::CacheSettings cache_settings = {},
                         std::uint64_t seed = 1)
      : network(world, seed),
        cache(cache_settings, cache_settings.size, seed),
        resolver(network, cache, forwarding(servers), failures) {
    for (const auto server : servers) world.add_host(server, sim::Role::Recursor);
  }

  [[nodiscard]] sim::Host& host(std::string_view endpoint) {
    return *world.host(*wire::Endpoint::parse(endpoint));
  }

  // Starts a client; run the network to let it wait.
  Client& ask(std::string_view name, wire::Type type = wire::Type::A,
              cache::View view = cache::View::Checked) {
    auto& client = clients_.emplace_back();
    clients.spawn(wait_for_answer(this, {wire::Name::literal(name), type, wire::Class::IN}, view, &client));
    return client;
  }
  // Starts one and runs until it has its answer.
  Client& ask_and_wait(std::string_view name, wire::Type type = wire::Type::A) {
    auto& client = ask(name, type);
    network.run_until([&] { return client.got.has_value(); });
    return client;
  }
  [[nodiscard]] std::size_t sent() const { return network.sent().size(); }
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
  static upstream::Resolver::SettingsPtr forwarding(const std::vector<std::string_view>& servers) {
    auto settings = std::make_shared<upstream::UpstreamSettings>();
    upstream::ZoneServers root;
    for (const auto server : servers) root.servers.push_back(*wire::Endpoint::parse(server));
    settings->forwards.push_back(root);
    return settings;
  }
  static upstream::Task<void> wait_for_answer(ResolvingHost* self, wire::Question question, cache::View view,
                                              Client* client) {
    const auto began = self->network.now();
    const auto deadline = began + std::chrono::milliseconds{4'500};
    auto got = co_await self->resolver.resolve(std::move(question), view, deadline);
    client->waited = self->network.now() - began;
    client->got.emplace(std::move(got));
  }

  std::deque<Client> clients_;
};

inline constexpr std::string_view kExampleZone = R"(
@    300 IN SOA ns1 hostmaster 1 7200 900 1209600 60
@    300 IN NS  ns1
@    300 IN MX  10 mail
www  300 IN A   192.0.2.80
mail 300 IN A   192.0.2.25
to   300 IN CNAME www
loop 300 IN CNAME pool
pool 300 IN CNAME loop
)";

}  // namespace shirube::test
