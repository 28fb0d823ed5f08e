#include "conf/nearest_name.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace shirube::conf {
namespace {

TEST_CASE("edit distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("workers", "workers") == 0);
  CHECK(edit_distance("worker", "workers") == 1);
  CHECK(edit_distance("wworkers", "workers") == 1);
  CHECK(edit_distance("workerz", "workers") == 1);
  CHECK(edit_distance("wrokers", "workers") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest name is found") {
  CHECK(nearest_name("squit", {"standard", "squid"}) == "squid");
  CHECK(nearest_name("lsiten", {"user", "listen"}) == "listen");
}

TEST_CASE("of equally near names the first is taken") { CHECK(nearest_name("bac", {"bat", "bar"}) == "bat"); }

TEST_CASE("another word is not a slip") {
  CHECK(nearest_name("recursion", {"standard", "squid"}) == std::nullopt);
  CHECK(nearest_name("xyz", {"abc"}) == std::nullopt);
  CHECK(nearest_name("squid", {}) == std::nullopt);
}

TEST_CASE("an endless name is not compared") {
  const std::string endless(1'000'000, 'a');
  CHECK(nearest_name(endless, {endless}) == std::nullopt);
}

}  // namespace
}  // namespace shirube::conf
