#include "dnssec/trust_anchors.hpp"

#include "conf/limits.hpp"
#include "dnssec/key_set_check.hpp"
#include "loading.hpp"
#include "temporary_file.hpp"

namespace shirube::conf {
namespace {

constexpr std::string_view kDs =
    "example. 3600 IN DS 60485 13 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A\n";
constexpr std::string_view kKey = "example. IN DNSKEY 257 3 13 AQIDBAUGBwg=\n";

class Anchors {
 public:
  explicit Anchors(std::string_view text, const std::string& name = "anchors") : file_(text, name) {}
  [[nodiscard]] std::string path() const { return file_.path().string(); }
  [[nodiscard]] std::string key() const { return "[dnssec]\ntrust-anchors = [\"" + path() + "\"]\n"; }
  // What a message says first.
  [[nodiscard]] std::string place() const { return "f.toml:2:18: dnssec.trust-anchors: " + path(); }

 private:
  TemporaryFile file_;
};

dnssec::TrustAnchors anchors_of(const Settings& settings) { return settings.upstream.trust.anchors; }

TEST_CASE("without a word the built-in root keys are trusted, and followed") {
  const Settings settings = loaded("");
  REQUIRE(anchors_of(settings).all().size() == 1);
  CHECK(anchors_of(settings).all()[0] == dnssec::built_in_root_anchor());
  CHECK(settings.anchor_state == "/var/lib/shirube/root.anchors");
}

TEST_CASE("without validation nothing is trusted, whatever else is said, and no keys are followed") {
  const Anchors file{kDs};
  const Settings settings = loaded(file.key() + "validate = false\nanchor-state = \"/var/lib/a\"\n");
  CHECK(anchors_of(settings).empty());
  CHECK_FALSE(settings.upstream.trust.validates());
  CHECK(settings.anchor_state.empty());
}

TEST_CASE("an anchor of a zone stands beside the built-in root keys") {
  const Anchors file{std::string{kDs} + std::string{kKey}};
  const Settings settings = loaded(file.key());
  const auto anchors = anchors_of(settings);
  REQUIRE(anchors.all().size() == 2);
  const auto* example = anchors.closest(wire::Name::literal("www.example."));
  REQUIRE(example != nullptr);
  CHECK(example->zone == wire::Name::literal("example."));
  CHECK(example->ds.count() == 1);
  CHECK(example->dnskeys.count() == 1);
  CHECK(*anchors.closest(wire::Name::literal("test.")) == dnssec::built_in_root_anchor());
  CHECK_FALSE(settings.anchor_state.empty());
}

TEST_CASE("an anchor of the root takes the place of the built-in keys, which are no longer followed") {
  const Anchors file{". IN DNSKEY 257 3 13 AQIDBAUGBwg=\n"};
  const Settings settings = loaded(file.key());
  REQUIRE(anchors_of(settings).all().size() == 1);
  CHECK(anchors_of(settings).all()[0].ds.empty());
  CHECK(anchors_of(settings).all()[0].dnskeys.count() == 1);
  CHECK(settings.anchor_state.empty());
  CHECK(refusal(file.key() + "anchor-state = \"/var/lib/a\"\n") ==
        "f.toml:3:1: dnssec.anchor-state is for the built-in root keys, but dnssec.trust-anchors has keys of "
        "\".\"");
  CHECK(refusal(file.key() + "anchor-state = \"\"\n").empty());
}

TEST_CASE("records of one zone may stand in several files") {
  const Anchors first{kDs, "one"};
  const Anchors second{std::string{kKey} + std::string{kDs}, "two"};
  const auto anchors =
      anchors_of(loaded("dnssec.trust-anchors = [\"" + first.path() + "\", \"" + second.path() + "\"]\n"));
  const auto* example = anchors.closest(wire::Name::literal("example."));
  REQUIRE(example != nullptr);
  CHECK(example->ds.count() == 1);
  CHECK(example->dnskeys.count() == 1);
}

TEST_CASE("comments, DOS ends of line, parentheses and repeated owners are read") {
  const Anchors file{
      "; of the lab\r\n\r\nexample. 3600 IN DNSKEY ( 257 3 13 ; KSK\r\n  AQIDBAUG\r\n  Bwg= ) ; key id = "
      "1\r\n"
      "  IN DS 60485 13 1 2BB183AF5F22588179A53B0A 98631FAD1A292118\r\n"};
  const auto anchors = anchors_of(loaded(file.key()));
  const auto* example = anchors.closest(wire::Name::literal("example."));
  REQUIRE(example != nullptr);
  CHECK(example->ds.count() == 1);
  const auto key = *example->dnskeys.begin();
  CHECK(wire::Bytes(key.begin(), key.end()) == wire::Bytes{1, 1, 3, 13, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("a bad record is named with its file and line, and the key with its place") {
  const auto wrong = [](std::string_view text) {
    const Anchors file{"; comment\n" + std::string{text}};
    std::string line = refusal(file.key());
    REQUIRE_THAT(line, Catch::StartsWith(file.place()));
    return line.substr(file.place().size());
  };
  CHECK(wrong("example. DS 60485 13\n") ==
        ":2: expected a record such as \"example. DS 12345 13 2 0123...\"");
  CHECK(wrong("example. A 192.0.2.1\n") == ":2: expected a record of type DS or DNSKEY");
  CHECK(wrong("example. CH DS 1 13 2 00\n") == ":2: expected a record of class IN");
  CHECK(wrong("\nexample. DS 60485 13 2 D4B7\n") == ":3: the digest is cut or too long");
  CHECK(wrong("example. DNSKEY 385 3 13 AQIDBAUGBwg=\n") == ":2: the key is revoked");
  CHECK(wrong("example. DNSKEY 1 3 13 AQIDBAUGBwg=\n") ==
        ":2: the key is not for signing zones: flags 257 or 256 and protocol 3 are");
  CHECK(wrong("example. DNSKEY 257 2 13 AQIDBAUGBwg=\n") ==
        ":2: the key is not for signing zones: flags 257 or 256 and protocol 3 are");
  CHECK(wrong("$TTL 3600\n") == ":2: directives are not read here; write names and TTLs out");
  CHECK(wrong("example. DNSKEY ( 257 3 13\nAQID\n") == ":2: unbalanced parenthesis");
  CHECK(wrong("example. DNSKEY 257 3 13 AQID )\n") == ":2: unbalanced parenthesis");
  CHECK(wrong("") == ": expected at least one DS or DNSKEY record");
}

TEST_CASE("more records of a zone than are tried are refused") {
  static_assert(kMaxTrustAnchorRecords <= dnssec::kMaxAnchorEntries);
  std::string text;
  for (std::size_t i = 0; i < kMaxTrustAnchorRecords; ++i)
    text += "example. DS " + std::to_string(i) + " 13 1 2BB183AF5F22588179A53B0A98631FAD1A292118\n";
  {
    const Anchors file{text};
    CHECK(refusal(file.key()).empty());
  }
  const Anchors file{text + std::string{kKey}};
  CHECK(refusal(file.key()) == "f.toml:2:1: dnssec.trust-anchors: more than 16 records of \"example.\"");
}

TEST_CASE("of several files the one at fault is named at its own place") {
  const Anchors good{kDs};
  CHECK(refusal("dnssec.trust-anchors = [\"" + good.path() + "\",\n  \"/nonexistent/anchors\"]\n") ==
        "f.toml:2:3: dnssec.trust-anchors: /nonexistent/anchors: cannot be read: No such file or directory");
  CHECK(refusal("dnssec.trust-anchors = [\"/dev/zero\"]\n") ==
        "f.toml:1:25: dnssec.trust-anchors: /dev/zero: longer than 65536 bytes: no trust anchors");
  CHECK(refusal("dnssec.trust-anchors = [\"anchors\"]\n") ==
        "f.toml:1:25: dnssec.trust-anchors: found \"anchors\", expected an absolute path");
}

}  // namespace
}  // namespace shirube::conf
