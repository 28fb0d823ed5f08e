#include "loading.hpp"

namespace shirube::conf {
namespace {

constexpr std::string_view kExpected =
    R"(a domain name, or one with its end such as "example until 2026-12-24T00:00:00Z")";

std::vector<dnssec::NegativeTrustAnchor> read(const std::string& list) {
  return loaded("dnssec.negative-trust-anchors = " + list).upstream.trust.unsigned_zones;
}

TEST_CASE("a negative trust anchor has a zone, and an end if one is given") {
  const auto zones = read(R"(["broken.example", "Other.Example. until 2026-12-24T09:00:00+09:00"])");
  REQUIRE(zones.size() == 2);
  CHECK(zones[0] == dnssec::NegativeTrustAnchor{wire::Name::literal("broken.example."), std::nullopt});
  CHECK(zones[1] == dnssec::NegativeTrustAnchor{wire::Name::literal("other.example."), 1'798'070'400});
}

TEST_CASE("the root may be taken as unsigned") { CHECK(read(R"(["."])")[0].zone.is_root()); }

TEST_CASE("a bad one is refused at its place, with what was expected") {
  const auto wrong = [](const std::string& text) {
    return refusal("[dnssec]\nnegative-trust-anchors = [\"good.example\", " + text + "]\n");
  };
  const std::string expected = ", expected " + std::string{kExpected};
  const std::string place = "f.toml:2:43: dnssec.negative-trust-anchors: found ";
  CHECK(wrong(R"("a..b")") == place + R"("a..b")" + expected);
  CHECK(wrong("7") == place + "7" + expected);
  CHECK(wrong(R"("a.example until tomorrow")") == place + R"("a.example until tomorrow")" + expected);
  CHECK(wrong(R"("a.example until 2026-13-24T00:00:00Z")") ==
        place + R"("a.example until 2026-13-24T00:00:00Z")" + expected);
  CHECK(wrong(R"("a.example 2026-12-24T00:00:00Z")") ==
        place + R"("a.example 2026-12-24T00:00:00Z")" + expected);
}

TEST_CASE("one zone is listed once") {
  CHECK(
      refusal("dnssec.negative-trust-anchors = [\"a.example\", \"A.example. until 2026-12-24T00:00:00Z\"]") ==
      "f.toml:1:8: dnssec.negative-trust-anchors: \"A.example.\" is listed twice");
}

}  // namespace
}  // namespace shirube::conf
