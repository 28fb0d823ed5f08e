#include <algorithm>

#include "loading.hpp"

namespace shirube::conf {
namespace {

bool is_one_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

TEST_CASE("what is not TOML is an error with its place, on one line") {
  const auto* text =
      GENERATE("[server", "a = ", "a = tru\n", "a = 1\na = 2\n", "= 1", "a = \"open", "a = '''", "\x01",
               "a = \"\xFF\"", "[a]\n[a]\n", "a = 99999999999999999999", "a = [1,,2]", "\xEF\xBB");
  CAPTURE(text);
  const std::string line = refusal(text);
  CHECK_THAT(line, Catch::StartsWith("f.toml:"));
  CHECK_THAT(line, Catch::Contains(": not TOML: "));
  CHECK(is_one_line(line));
}

TEST_CASE("a key set twice is an error at the second") {
  CHECK_THAT(refusal("[cache]\nprefetch = true\nprefetch = false\n"), Catch::StartsWith("f.toml:3:"));
}

TEST_CASE("deep nesting is refused, not followed") {
  const std::string deep = "a = " + std::string(100'000, '[');
  CHECK_THAT(refusal(deep), Catch::Contains("not TOML"));
}

TEST_CASE("a file name is printed on one line too") {
  const auto settings = load_text("x", "a\nb.toml");
  REQUIRE_FALSE(settings);
  CHECK_THAT(settings.error().where, Catch::StartsWith("a\\x0Ab.toml:1:"));
}

}  // namespace
}  // namespace shirube::conf
