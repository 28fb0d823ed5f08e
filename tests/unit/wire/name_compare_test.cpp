#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "wire/name.hpp"

namespace shirube::wire {

TEST_CASE("names are equal without case and hash alike") {
  const Name lower_case = Name::literal("mail.example.org.");
  const Name mixed_case = Name::literal("MAIL.Example.oRG.");
  CHECK(lower_case == mixed_case);
  CHECK(lower_case.hash() == mixed_case.hash());
  CHECK_FALSE(lower_case.same_case_as(mixed_case));
  CHECK(mixed_case.lowered().same_case_as(lower_case));
  CHECK(mixed_case.text() == "MAIL.Example.oRG.");
}

TEST_CASE("only ASCII letters fold") {
  CHECK_FALSE(Name::literal("a[b") == Name::literal("a{b"));
  CHECK_FALSE(Name::literal("a@b") == Name::literal("a`b"));
  CHECK_FALSE(Name::literal("\\193") == Name::literal("\\225"));
  for (int c = 0; c < 256; ++c) {
    const auto octet = static_cast<std::uint8_t>(c);
    CHECK(lower_word(0x0101010101010101ULL * octet) == 0x0101010101010101ULL * lower(octet));
  }
}

TEST_CASE("where labels end is part of a name") {
  CHECK_FALSE(Name::literal("a.bc") == Name::literal("ab.c"));
  CHECK_FALSE(Name::literal("a\\.b") == Name::literal("a.b"));
}

TEST_CASE("canonical order is that of RFC 4034 6.1") {
  const std::vector<std::string> sorted = {"example",         "a.example",      "yljkjljk.a.example",
                                           "Z.a.example",     "zABC.a.EXAMPLE", "z.example",
                                           "\\001.z.example", "*.z.example",    "\\200.z.example"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      const int order = Name::literal(sorted[i]).compare_canonical(Name::literal(sorted[j]));
      INFO(sorted[i] << " and " << sorted[j]);
      CHECK((order < 0) == (i < j));
      CHECK((order == 0) == (i == j));
    }
  }
}

TEST_CASE("is_within takes whole labels only") {
  const Name zone = Name::literal("example.org");
  CHECK(Name::literal("Example.ORG").is_within(zone));
  CHECK(Name::literal("a.b.example.org").is_within(zone));
  CHECK_FALSE(Name::literal("notexample.org").is_within(zone));
  CHECK_FALSE(Name::literal("org").is_within(zone));
  CHECK_FALSE(Name::literal("example.org.net").is_within(zone));
  CHECK(Name::literal("org").is_within(Name{}));
  CHECK(Name{}.is_within(Name{}));
  CHECK_FALSE(Name{}.is_within(zone));
}

}  // namespace shirube::wire
