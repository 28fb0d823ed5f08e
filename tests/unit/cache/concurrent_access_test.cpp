// Many workers at one AnswerCache: snapshots stay whole while entries are replaced and evicted (run under
// TSan).
#include <atomic>
#include <random>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
constexpr unsigned kWorkers = 4;
constexpr int kRounds = 5'000;

// Name number n has only addresses that end in n: a mix of two entries would show.
bool work(AnswerCache& cache, unsigned seed) {
  std::mt19937 random(seed);
  for (int round = 0; round < kRounds; ++round) {
    const auto number = static_cast<std::uint8_t>(random() % 200);
    const auto name = "n" + std::to_string(number) + ".example.";
    const auto now = at(round);
    switch (random() % 8) {
      case 0:
      case 1:
        static_cast<void>(cache.store_data(a_record(name, 100, number), Rank::Answer, View::Checked, now));
        break;
      case 2:
        static_cast<void>(cache.store_negative(key(name), Kind::NxDomain, soa_proof(60, 60), now));
        break;
      case 3:
        cache.store_failure(key(name, wire::Type::MX), {{wire::Ede::Other, "some text that is on the heap"}},
                            now);
        break;
      case 4:
        static_cast<void>(cache.statistics());
        break;
      default: {
        const auto found = cache.find(key(name), now);
        if (found && found->entry->kind == Kind::Data && last_octet(*found->entry) != number) return false;
      }
    }
    if (round % 1'000 == 0) cache.forget_failures();
    if (round % 2'000 == 999) cache.clear();
    if (round % 3'000 == 0) cache.set_settings({}, std::size_t{seed % 2 == 0 ? 64U : 96U} << 10);
  }
  return true;
}
}  // namespace

TEST_CASE("workers may store, find and clear at the same time") {
  AnswerCache cache({}, std::size_t{64} << 10, kSeed);
  std::atomic<unsigned> whole{0};
  {
    std::vector<std::jthread> workers;
    workers.reserve(kWorkers);
    for (unsigned i = 0; i < kWorkers; ++i) {
      workers.emplace_back([&cache, &whole, i] { whole += work(cache, i) ? 1 : 0; });
    }
  }
  CHECK(whole == kWorkers);
  const auto statistics = cache.statistics();
  CHECK(statistics.hits > 0);
  CHECK(statistics.bytes <= statistics.capacity);
}

TEST_CASE("a snapshot survives the entry") {
  AnswerCache cache({}, kPlenty, kSeed);
  REQUIRE(cache.store_data(a_record("mail.example.", 300, 9), Rank::Answer, View::Checked, at(0)));
  const auto found = cache.find(key("mail.example."), at(0));
  cache.clear();
  REQUIRE(found);
  CHECK(last_octet(*found->entry) == 9);
}
