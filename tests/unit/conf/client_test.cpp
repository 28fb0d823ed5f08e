#include "loading.hpp"

namespace shirube::conf {
namespace {

std::string profile_of(const Settings& settings, std::size_t client) {
  return settings.policy.profiles.at(settings.policy.clients.at(client).profile).name;
}

TEST_CASE("client rules are read in file order") {
  const Settings settings = loaded(R"(
[[client]]
match = { from = ["10.0.0.0/8", "::1"], edns = false }
profile = "legacy-512"
[[client]]
match.edns = true
profile = "squid"
[[client]]
profile = "ipv4-only"
)");
  const auto& clients = settings.policy.clients;
  REQUIRE(clients.size() == 3);
  CHECK(clients[0].from == std::vector{prefix("10.0.0.0/8"), prefix("::1/128")});
  CHECK(clients[0].edns == false);
  CHECK(profile_of(settings, 0) == "legacy-512");
  CHECK(clients[1].from.empty());
  CHECK(clients[1].edns == true);
  CHECK(profile_of(settings, 1) == "squid");
  CHECK(clients[2].edns == std::nullopt);
  CHECK(profile_of(settings, 2) == "ipv4-only");
}

TEST_CASE("matching by user is told to come later") {
  CHECK(refusal("[[client]]\nmatch = { user = [\"qmailr\"] }\nprofile = \"legacy-512\"\n") ==
        "f.toml:2:18: client.match.user: matching by local user is not available in this version");
}

TEST_CASE("a client rule needs a profile") {
  CHECK(refusal("[[client]]\nmatch = { edns = true }\n") ==
        "f.toml:1:1: client.profile is missing in this [[client]], expected a name of 1 to 32 letters, "
        "digits, '-' "
        "and '_'");
}

TEST_CASE("an empty list of prefixes matches nobody and is refused") {
  CHECK_THAT(
      refusal("[[client]]\nmatch = { from = [] }\nprofile = \"squid\"\n"),
      Catch::StartsWith("f.toml:2:18: client.match.from: found an empty list, expected a list of 1 to"));
}

TEST_CASE("match is a table") {
  CHECK(refusal("[[client]]\nmatch = \"10.0.0.0/8\"\nprofile = \"squid\"\n") ==
        "f.toml:2:9: client.match: found \"10.0.0.0/8\", expected a table");
}

}  // namespace
}  // namespace shirube::conf
