// DenialRanges is shared by all workers. Run under ThreadSanitizer this finds races; here, crashes and wrong
// sums.
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "tests/unit/cache/range_samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

TEST_CASE("workers store, look, shrink and clear at the same time") {
  DenialRanges ranges({}, std::size_t{256} << 10, kSeed);
  const auto work = [&ranges](unsigned worker) {
    for (unsigned i = 0; i < 300; ++i) {
      const std::string zone = "z" + std::to_string(i % 7) + ".example.";
      const std::string owner = "n" + std::to_string(i) + "." + zone;
      store(ranges, zone, {owner + " 300 IN NSEC o." + owner + " A RRSIG NSEC"});
      const auto answer = ask(ranges, owner, wire::Type::MX);
      if (answer && answer->kind != RangeAnswer::Kind::NoData) std::abort();
      if (worker == 0 && i % 100 == 50) ranges.clear();
      if (worker == 1 && i % 50 == 25) ranges.set_settings({}, std::size_t{64 + i} << 10);
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned worker = 0; worker < 4; ++worker) workers.emplace_back(work, worker);
  workers.clear();
  const auto statistics = ranges.statistics();
  CHECK(statistics.bytes <= statistics.capacity);
  ranges.clear();
  CHECK(ranges.statistics().records == 0);
  CHECK(ranges.statistics().zones == 0);
}
