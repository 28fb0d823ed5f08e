// Where the capital letters of a query stand, and what follows for the check of its denial (decision 016).
#include <catch2/catch.hpp>

#include "upstream/case_check.hpp"
#include "upstream/query_message.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using upstream::Capitals;
using upstream::CaseStanding;

namespace {

constexpr wire::Instant kNow{1h};

// The query for the name in just these letters, to a server of a zone of two labels.
[[nodiscard]] Capitals capitals(std::string_view name) {
  wire::Bytes query(wire::kHeaderSize);
  const auto asked = *wire::Name::parse(name);
  query.insert(query.end(), asked.wire().begin(), asked.wire().end());
  return upstream::capitals_in(query, 2);
}

}  // namespace

TEST_CASE("capitals below the zone go before those of the zone") {
  CHECK(capitals("www.zone.example.") == Capitals::None);
  CHECK(capitals("wWw.zone.example.") == Capitals::BelowZone);
  CHECK(capitals("w.1.W.zOne.example.") == Capitals::BelowZone);
  CHECK(capitals("www.zOne.example.") == Capitals::OfZone);
  CHECK(capitals("www.1.zone.exAmple.") == Capitals::OfZone);
  CHECK(capitals("1.2.zOne.example.") == Capitals::OfZone);
  CHECK(capitals("zOne.example.") == Capitals::OfZone);
  CHECK(capitals("zone.example.") == Capitals::None);
  CHECK(capitals(".") == Capitals::None);
}

TEST_CASE("data proves the labels that had capitals, and those below the zone prove all") {
  constexpr auto kBelow = Capitals::BelowZone;
  CaseStanding standing;
  for (const auto where : {Capitals::OfZone, kBelow})
    CHECK(upstream::wants_case_check(standing, where, kNow));
  CHECK_FALSE(upstream::wants_case_check(standing, Capitals::None, kNow));
  upstream::note_case_blind(standing, Capitals::OfZone, kNow);
  CHECK(upstream::wants_case_check(standing, kBelow, kNow));
  CHECK_FALSE(upstream::wants_case_check(standing, Capitals::OfZone, kNow));
  CHECK(upstream::wants_case_check(standing, Capitals::OfZone, kNow + upstream::kCaseBlindMemory));
  upstream::note_case_blind(standing, kBelow, kNow + 1h);
  for (const auto where : {Capitals::OfZone, kBelow})
    CHECK_FALSE(upstream::wants_case_check(standing, where, kNow + upstream::kCaseBlindMemory));
}
