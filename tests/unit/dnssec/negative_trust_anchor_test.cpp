#include <catch2/catch.hpp>

#include "dnssec/settings.hpp"

namespace shirube::dnssec {
namespace {

constexpr std::int64_t kNow = 1'795'305'600;

wire::Name name(std::string_view text) { return wire::Name::literal(text); }

TrustSettings settings_with(std::vector<NegativeTrustAnchor> unsigned_zones) {
  TrustSettings settings;
  settings.anchors.add(built_in_root_anchor());
  settings.unsigned_zones = std::move(unsigned_zones);
  return settings;
}

TEST_CASE("a negative trust anchor holds its zone and all below, and nothing else") {
  const auto settings = settings_with({{name("broken.example."), {}}});
  CHECK(is_taken_as_unsigned(settings, name("broken.example."), kNow));
  CHECK(is_taken_as_unsigned(settings, name("www.BROKEN.example."), kNow));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("example."), kNow));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("unbroken.example."), kNow));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("."), kNow));
}

TEST_CASE("a negative trust anchor ends with its time") {
  const auto settings = settings_with({{name("broken.example."), kNow}});
  CHECK(is_taken_as_unsigned(settings, name("broken.example."), kNow - 1));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("broken.example."), kNow));
}

TEST_CASE("a trust anchor below a negative one counts, and one at the same zone does not") {
  auto settings = settings_with({{name("example."), {}}});
  settings.anchors.add({.zone = name("good.example.")});
  CHECK(is_taken_as_unsigned(settings, name("www.example."), kNow));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("www.good.example."), kNow));
  settings.anchors.add({.zone = name("example.")});
  CHECK(is_taken_as_unsigned(settings, name("www.example."), kNow));
}

TEST_CASE("the root may be taken as unsigned while a zone below is trusted") {
  auto settings = settings_with({{name("."), {}}});
  settings.anchors.add({.zone = name("lab.example.")});
  CHECK(is_taken_as_unsigned(settings, name("www.example."), kNow));
  CHECK(is_taken_as_unsigned(settings, name("."), kNow));
  CHECK_FALSE(is_taken_as_unsigned(settings, name("lab.example."), kNow));
}

}  // namespace
}  // namespace shirube::dnssec
