#include <filesystem>
#include <fstream>
#include <iterator>

#include "conf/key_table.hpp"
#include "loading.hpp"

namespace shirube::conf {
namespace {

const std::filesystem::path kRoot{PROJECT_ROOT};

std::string content(const std::filesystem::path& path) {
  std::ifstream file{path};
  REQUIRE(file.is_open());
  return {std::istreambuf_iterator<char>{file}, {}};
}

Settings shipped(const std::filesystem::path& name) {
  auto settings = load_file(kRoot / "conf" / name);
  if (!settings) FAIL(settings.error().line());
  return *settings;
}

std::string default_profile(const Settings& settings) {
  return settings.policy.profiles.at(settings.policy.default_profile).name;
}

TEST_CASE("shirube.toml is the defaults") { CHECK(shipped("shirube.toml") == loaded("")); }

TEST_CASE("shirube.toml names every key") {
  const std::string text = content(kRoot / "conf/shirube.toml");
  for (const Key& key : keys()) {
    if (!key.available) continue;
    CAPTURE(key.name);
    CHECK(text.find(key.name.substr(key.name.rfind('.') + 1) + " = ") != std::string::npos);
  }
}

// "# key = value" and "# [[table]]" are examples, other comments are prose.
std::string with_examples(const std::filesystem::path& path) {
  std::string text = content(path);
  for (std::size_t at = text.find("\n# "); at != std::string::npos; at = text.find("\n# ", at + 1)) {
    const std::string_view line = std::string_view{text}.substr(at + 3, text.find('\n', at + 1) - at - 3);
    const bool is_example = line.starts_with("[[") || line.find(" = ") != std::string_view::npos;
    if (is_example) text.replace(at + 1, 2, "  ");
  }
  return text;
}

TEST_CASE("what shirube.toml has in comments loads too") {
  const Settings settings = loaded(with_examples(kRoot / "conf/shirube.toml"));
  CHECK(settings.upstream.forwards.size() == 2);
  CHECK(settings.upstream.stubs.size() == 1);
  CHECK(settings.policy.clients.size() == 1);
  CHECK(settings.policy.profiles.back().name == "my-relay");
}

TEST_CASE("the presets iterate, and need nobody who does it for them") {
  for (const auto& entry : std::filesystem::directory_iterator{kRoot / "conf/presets"}) {
    CAPTURE(entry.path());
    const Settings settings = shipped(std::filesystem::path{"presets"} / entry.path().filename());
    CHECK(settings.upstream.mode == upstream::Mode::Iterate);
    CHECK(settings.upstream.forwards.empty());
    CHECK_FALSE(settings.upstream.root_hints.empty());
  }
}

TEST_CASE("the qmail preset fits answers for clients without EDNS") {
  const Settings settings = shipped("presets/qmail.toml");
  CHECK(default_profile(settings) == "standard");
  REQUIRE(settings.policy.clients.size() == 1);
  const policy::ClientRule& rule = settings.policy.clients.front();
  CHECK(rule.from.empty());
  CHECK(rule.edns == false);
  CHECK(settings.policy.profiles.at(rule.profile).name == "legacy-512");
}

TEST_CASE("the squid preset listens on both loopback addresses") {
  const Settings settings = shipped("presets/squid.toml");
  CHECK(default_profile(settings) == "squid");
  CHECK(settings.server.listen == std::vector{endpoint("127.0.0.1:53"), endpoint("[::1]:53")});
}

TEST_CASE("the ipv4-only preset leaves IPv6 out towards both sides") {
  const Settings settings = shipped("presets/ipv4-only.toml");
  CHECK(default_profile(settings) == "ipv4-only");
  CHECK(settings.policy.ipv4_only == policy::Ipv4Only::On);
  CHECK(settings.upstream.ipv4);
  CHECK(settings.upstream.ipv6 == upstream::Ipv6Transport::No);
}

TEST_CASE("every preset loads, and so does what it has in comments") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator{kRoot / "conf/presets"}) {
    const auto settings = load_file(entry.path());
    if (!settings) FAIL_CHECK(settings.error().line());
    CHECK(refusal(with_examples(entry.path())).empty());
    ++count;
  }
  CHECK(count == 3);
}

}  // namespace
}  // namespace shirube::conf
