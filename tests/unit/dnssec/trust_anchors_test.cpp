#include "dnssec/trust_anchors.hpp"

#include <catch2/catch.hpp>

#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

wire::Name name(std::string_view text) { return wire::Name::literal(text); }
wire::Bytes rdata(wire::Type type, std::string_view text) { return wire::parse_rdata(type, text).value(); }

TrustAnchor ds_anchor(std::string_view zone, std::string_view ds) {
  TrustAnchor anchor{.zone = name(zone)};
  anchor.ds.add(rdata(wire::Type::DS, ds));
  return anchor;
}

constexpr std::string_view kDs = "60485 13 1 2BB183AF5F22588179A53B0A98631FAD1A292118";
constexpr std::string_view kOtherDs = "1 13 1 0000000000000000000000000000000000000000";

TEST_CASE("the built-in root keys are IANA's") {
  const TrustAnchor root = built_in_root_anchor();
  CHECK(root.zone.is_root());
  CHECK(root.dnskeys.empty());
  REQUIRE(root.ds.count() == 2);
  CHECK(root.ds.contains(
      rdata(wire::Type::DS, "20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D")));
  CHECK(root.ds.contains(
      rdata(wire::Type::DS, "38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16")));
}

TEST_CASE("records of one zone are one anchor, each once") {
  TrustAnchors anchors;
  CHECK(anchors.empty());
  anchors.add(ds_anchor("example.", kDs));
  anchors.add(ds_anchor("EXAMPLE.", kOtherDs));
  anchors.add(ds_anchor("example.", kDs));
  REQUIRE(anchors.all().size() == 1);
  CHECK(anchors.all()[0].ds.count() == 2);
}

TEST_CASE("an anchor that takes another's place leaves nothing of it") {
  TrustAnchors anchors;
  anchors.add(ds_anchor("example.", kDs));
  anchors.add(ds_anchor("test.", kDs));
  anchors.replace(ds_anchor("EXAMPLE.", kOtherDs));
  REQUIRE(anchors.all().size() == 2);
  const TrustAnchor* example = anchors.closest(name("example."));
  REQUIRE(example != nullptr);
  CHECK(example->ds == ds_anchor("example.", kOtherDs).ds);
  CHECK(anchors.closest(name("test."))->ds == ds_anchor("test.", kDs).ds);
}

TEST_CASE("the anchor with the longest zone that holds a name counts") {
  TrustAnchors anchors;
  anchors.add(ds_anchor("lab.example.", kDs));
  anchors.add(ds_anchor("example.", kDs));
  anchors.add(ds_anchor("deep.lab.example.", kDs));
  const auto closest = [&](std::string_view of) {
    const TrustAnchor* anchor = anchors.closest(name(of));
    return anchor == nullptr ? "none" : anchor->zone.text();
  };
  CHECK(closest("example.") == "example.");
  CHECK(closest("www.example.") == "example.");
  CHECK(closest("LAB.example.") == "lab.example.");
  CHECK(closest("a.b.lab.example.") == "lab.example.");
  CHECK(closest("a.deep.lab.example.") == "deep.lab.example.");
  CHECK(closest("xlab.example.") == "example.");
  CHECK(closest("test.") == "none");
  CHECK(closest(".") == "none");
  anchors.add(built_in_root_anchor());
  CHECK(closest("test.") == ".");
  CHECK(closest("a.lab.example.") == "lab.example.");
}

TEST_CASE("what cannot be a trust anchor is told why") {
  const auto why = [](wire::Type type, std::string_view text) {
    return std::string(why_no_anchor(type, rdata(type, text)).value_or("fine"));
  };
  CHECK(why(wire::Type::DS, kDs) == "fine");
  CHECK(why(wire::Type::DS, "1 13 2 00") == "the digest is cut or too long");
  CHECK(why(wire::Type::DS, "1 13 3 00") == "fine");  // of a digest that nobody here knows
  CHECK(why(wire::Type::DNSKEY, "257 3 13 AQID") == "fine");
  CHECK(why(wire::Type::DNSKEY, "256 3 13 AQID") == "fine");
  CHECK(why(wire::Type::DNSKEY, "385 3 13 AQID") == "the key is revoked");
  CHECK(why(wire::Type::DNSKEY, "1 3 13 AQID") ==
        "the key is not for signing zones: flags 257 or 256 and protocol 3 are");
  CHECK(why_no_anchor(wire::Type::DS, wire::Bytes{1, 2, 3}) == "the record is incomplete");
}

}  // namespace
}  // namespace shirube::dnssec
