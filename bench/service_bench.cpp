// The whole service without sockets: packet in, packet out. A hit as a listener hands it in; a miss from the
// client's packet over the resolver and a simulated recursor (whose own work is in the number) back to the
// client.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "cache/answer_cache.hpp"
#include "server/query_service.hpp"
#include "sim/simulated_network.hpp"
#include "sim/world.hpp"
#include "wire/builder.hpp"

namespace {

using namespace shirube;

constexpr std::uint64_t kSeed = 1;
constexpr std::string_view kRecursor = "192.0.2.53:53";
constexpr std::size_t kRenderedBytes = std::size_t{64} << 20;

template <class T>
T parsed(const std::optional<T>& value) {
  if (!value) std::abort();
  return *value;
}

class Silence final : public upstream::Observer {
 public:
  void lookup_failed(const wire::Question&, const upstream::Failure&) override {}
};

class LastReply final : public server::ReplySink {
 public:
  void send(const server::ReplyPath&, wire::BytesView packet) override { size_ = packet.size(); }
  void abandon(const server::ReplyPath&) override { std::abort(); }
  [[nodiscard]] std::size_t take_size() { return std::exchange(size_, 0); }
  [[nodiscard]] bool is_there() const { return size_ > 0; }

 private:
  std::size_t size_ = 0;
};

server::ServingPtr forwarding_to_recursor() {
  auto settings = std::make_shared<conf::Settings>();
  settings->upstream.forwards.push_back({wire::Name(), {parsed(wire::Endpoint::parse(kRecursor))}});
  settings->policy.allow = {parsed(wire::Prefix::parse("127.0.0.0/8"))};
  return server::make_serving(std::move(settings), true);
}

sim::World world_of(std::size_t names) {
  std::string text = "@ 3600 IN SOA ns hostmaster 1 7200 900 1209600 60\n@ 3600 IN NS ns\n";
  for (std::size_t i = 0; i < names; ++i) text += fmt::format("host{} 3600 IN A 192.0.2.{}\n", i, i % 256);
  sim::World world;
  world.add_zone("example.", text);
  world.add_host(kRecursor, sim::Role::Recursor).link.delay = {};
  return world;
}

// A whole worker but for its loop and sockets.
class ServiceOverSim {
 public:
  explicit ServiceOverSim(std::size_t names)
      : world_(world_of(names)),
        network_(world_, kSeed),
        serving_(forwarding_to_recursor()),
        cache_(serving_->settings->cache, serving_->settings->cache.size, kSeed),
        resolver_(network_, cache_, {serving_->settings, &serving_->settings->upstream}, silence_),
        service_({network_, pool_, 0}, serving_, kRenderedBytes, kSeed) {
    pool_.set_member(0, {&network_, &resolver_, &tasks_, [](server::ResolverPool::Job) { return false; }});
    path_.sink = &sink_;
    path_.peer = parsed(wire::Endpoint::parse("127.0.0.1:4711"));
  }

  // Size of the reply.
  [[nodiscard]] std::size_t ask(wire::BytesView packet) {
    const auto result = service_.on_packet(packet, path_, out_);
    if (result.handled == server::Handled::Replied) return result.reply_size;
    static_cast<void>(network_.run_until([&] { return sink_.is_there(); }));
    return sink_.take_size();
  }
  [[nodiscard]] std::uint64_t hits() const { return service_.statistics().hits; }

 private:
  sim::World world_;
  sim::SimulatedNetwork network_;
  Silence silence_;
  LastReply sink_;
  server::ServingPtr serving_;
  cache::AnswerCache cache_;
  upstream::Resolver resolver_;
  upstream::TaskSet tasks_;
  server::ResolverPool pool_{1, 1};
  server::QueryService service_;
  server::ReplyPath path_;
  std::array<std::uint8_t, 4'096> out_{};
};

wire::Bytes query(std::size_t host, bool edns) {
  wire::Bytes packet(wire::kPlainUdpSize);
  wire::MessageBuilder builder(packet, packet.size());
  builder.set_header({.id = 4711, .rd = true});
  const auto name = wire::Name::literal(fmt::format("host{}.example.", host));
  if (!builder.add_question({name}) || (edns && !builder.add_opt({}, wire::Rcode::NoError))) std::abort();
  packet.resize(builder.finish().size());
  return packet;
}

// In random order, so that the entries are not met as they lie in memory.
std::vector<wire::Bytes> shuffled_queries(std::size_t names, bool edns) {
  std::vector<wire::Bytes> queries;
  queries.reserve(names);
  for (std::size_t i = 0; i < names; ++i) queries.push_back(query(i, edns));
  std::ranges::shuffle(queries, std::mt19937(kSeed));
  return queries;
}

void service_hit(benchmark::State& state, bool edns) {
  const auto names = static_cast<std::size_t>(state.range(0));
  ServiceOverSim service(names);
  const auto queries = shuffled_queries(names, edns);
  for (const auto& packet : queries) benchmark::DoNotOptimize(service.ask(packet));
  const auto hits_before = service.hits();
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(service.ask(queries[at]));
    if (++at == names) at = 0;
  }
  if (service.hits() - hits_before != static_cast<std::uint64_t>(state.iterations())) {
    state.SkipWithError("a miss");
  }
}
BENCHMARK_CAPTURE(service_hit, plain, false)->Arg(10)->Arg(2'000);
BENCHMARK_CAPTURE(service_hit, edns, true)->Arg(10)->Arg(2'000);

// Each name once; beyond the last one a new service begins.
void service_miss(benchmark::State& state) {
  constexpr std::size_t kNames = 2'000;
  const auto queries = shuffled_queries(kNames, true);
  auto service = std::make_unique<ServiceOverSim>(kNames);
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    if (at == kNames) {
      state.PauseTiming();
      service = std::make_unique<ServiceOverSim>(kNames);
      at = 0;
      state.ResumeTiming();
    }
    benchmark::DoNotOptimize(service->ask(queries[at++]));
  }
  if (service->hits() != 0) state.SkipWithError("a hit");
}
BENCHMARK(service_miss);

}  // namespace
