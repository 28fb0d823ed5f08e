// The caches: what a hit costs, and what a flood of new names costs.
#include <array>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "cache/cached_answer.hpp"
#include "cache/rendered_cache.hpp"
#include "wire/builder.hpp"

namespace {

using namespace shirube;

constexpr std::size_t kCapacity = std::size_t{256} << 20;
constexpr wire::Instant kNow{wire::Seconds(1000)};
constexpr wire::Instant kLater = kNow + wire::Seconds(5);

wire::Name name_of(std::size_t i) {
  return wire::Name::literal("mx" + std::to_string(i) + ".mail.example.co.jp.");
}

wire::RRset addresses(const wire::Name& owner) {
  wire::RRset rrset;
  rrset.owner = owner;
  rrset.ttl = 3600;
  for (std::uint8_t i = 1; i <= 4; ++i) rrset.rdatas.add(std::array<std::uint8_t, 4>{192, 0, 2, i});
  return rrset;
}

// About 100 bytes.
wire::Bytes reply_for(const wire::Name& name) {
  wire::Bytes buffer(512);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.qr = true, .ra = true});
  if (!builder.add_question({name})) return {};
  if (!builder.add(wire::Section::Answer, addresses(name), 3600, false)) return {};
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

wire::Bytes query_for(const wire::Name& name) {
  wire::Bytes buffer(512);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = 4711, .rd = true});
  if (!builder.add_question({name})) return {};
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

cache::RenderedKey key_of(const wire::Name& name) {
  return {.lowered_name = name.wire(), .type = wire::Type::A, .size_limit = 1232};
}

// Asked for in random order, so that the entries are not met as they lie in memory.
std::vector<wire::Name> shuffled_names(std::size_t count) {
  std::vector<wire::Name> names;
  names.reserve(count);
  for (std::size_t i = 0; i < count; ++i) names.push_back(name_of(i));
  std::ranges::shuffle(names, std::mt19937(1));
  return names;
}

void rendered_hit(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  cache::RenderedCache cache(kCapacity, 1);
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = name_of(i);
    cache.insert(key_of(name), reply_for(name), kNow, kNow + wire::Seconds(3600), wire::Instant::max());
  }
  const auto names = shuffled_names(count);
  std::vector<wire::Bytes> queries;
  queries.reserve(count);
  for (const auto& name : names) queries.push_back(query_for(name));
  std::array<std::uint8_t, 1232> out;
  std::size_t at = 0;
  std::size_t bytes = 0;
  for ([[maybe_unused]] auto _ : state) {
    const cache::Rendered* found = cache.find(key_of(names[at]), kLater);
    if (found == nullptr) return state.SkipWithError("a miss");
    bytes += cache::RenderedCache::write_reply(*found, queries[at], kLater, out);
    benchmark::DoNotOptimize(out);
    if (++at == count) at = 0;
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(rendered_hit)->Arg(10)->Arg(10'000)->Arg(500'000);

void rendered_flood(benchmark::State& state) {
  cache::RenderedCache cache(std::size_t{8} << 20, 1);
  const auto names = shuffled_names(200'000);
  std::vector<wire::Bytes> packets;
  packets.reserve(names.size());
  for (const auto& name : names) packets.push_back(reply_for(name));
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    cache.insert(key_of(names[at]), packets[at], kNow, kNow + wire::Seconds(3600), wire::Instant::max());
    if (++at == names.size()) at = 0;
  }
}
BENCHMARK(rendered_flood);

cache::AnswerCache& filled(cache::AnswerCache& cache, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    static_cast<void>(
        cache.store_data(addresses(name_of(i)), cache::Rank::Answer, cache::View::Checked, kNow));
  }
  return cache;
}

void truth_hit(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  cache::AnswerCache cache({}, kCapacity, 1);
  filled(cache, count);
  const auto names = shuffled_names(count);
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(cache.find({names[at], wire::Type::A}, kLater));
    if (++at == count) at = 0;
  }
}
BENCHMARK(truth_hit)->Arg(10'000)->Arg(400'000);

void truth_assemble(benchmark::State& state) {
  cache::AnswerCache cache({}, kCapacity, 1);
  filled(cache, 10'000);
  const auto names = shuffled_names(10'000);
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(
        cache::assemble(cache, {names[at]}, cache::View::Checked, cache::Usable::FreshOnly, kLater));
    if (++at == names.size()) at = 0;
  }
}
BENCHMARK(truth_assemble);

void truth_flood(benchmark::State& state) {
  cache::AnswerCache cache({}, std::size_t{8} << 20, 1);
  std::vector<wire::RRset> records;
  for (const auto& name : shuffled_names(200'000)) records.push_back(addresses(name));
  std::size_t at = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(cache.store_data(records[at], cache::Rank::Answer, cache::View::Checked, kNow));
    if (++at == records.size()) at = 0;
  }
}
BENCHMARK(truth_flood);

}  // namespace
