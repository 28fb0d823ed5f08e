#include "loading.hpp"

namespace shirube::conf {
namespace {

policy::Profile built_in(std::string_view name) {
  for (const policy::Profile& profile : policy::built_in_profiles()) {
    if (profile.name == name) return profile;
  }
  FAIL("no built-in profile " << name);
  return {};
}

TEST_CASE("a profile takes from its base what it does not say") {
  const Settings settings = loaded(R"(
[[profile]]
name = "my-relay"
base = "legacy-512"
mx-additional = true
[[profile]]
name = "plain"
any-fit = false
[[profile]]
name = "nested"
base = "my-relay"
fit-512 = false
ipv4-only = "off"
)");
  const std::size_t count = policy::built_in_profiles().size();
  REQUIRE(settings.policy.profiles.size() == count + 3);

  policy::Profile relay = built_in("legacy-512");
  relay.name = "my-relay";
  relay.mx_additional = true;
  CHECK(settings.policy.profiles[count] == relay);

  policy::Profile plain = built_in("standard");
  plain.name = "plain";
  plain.any_fit = false;
  CHECK(settings.policy.profiles[count + 1] == plain);

  relay.name = "nested";
  relay.fit_512 = false;
  relay.ipv4_only = policy::Ipv4Only::Off;
  CHECK(settings.policy.profiles[count + 2] == relay);
}

TEST_CASE("policy.profile may name a profile from further down") {
  const Settings settings = loaded("[policy]\nprofile = \"mine\"\n[[profile]]\nname = \"mine\"\n");
  CHECK(settings.policy.profiles[settings.policy.default_profile].name == "mine");
}

TEST_CASE("an unknown profile is an error with the nearest name") {
  CHECK(refusal("policy.profile = \"squit\"") ==
        "f.toml:1:18: unknown profile \"squit\"; did you mean \"squid\"?");
  CHECK(refusal("policy.profile = \"recursion\"") ==
        "f.toml:1:18: unknown profile \"recursion\"; expected one of standard, legacy-512, squid, ipv4-only");
  CHECK(refusal("[[client]]\nprofile = \"legacy512\"\n") ==
        "f.toml:2:11: unknown profile \"legacy512\"; did you mean \"legacy-512\"?");
}

TEST_CASE("a base stands further up") {
  CHECK(refusal("[[profile]]\nname = \"a\"\nbase = \"lower\"\n[[profile]]\nname = \"lower\"\n") ==
        "f.toml:3:8: unknown profile \"lower\"; expected one of standard, legacy-512, squid, ipv4-only");
  CHECK_THAT(refusal("[[profile]]\nname = \"circle\"\nbase = \"circle\"\n"),
             Catch::StartsWith("f.toml:3:8: unknown profile \"circle\""));
}

TEST_CASE("profile names are unique") {
  CHECK(refusal("[[profile]]\nname = \"a\"\n[[profile]]\nname = \"a\"\n") ==
        "f.toml:4:8: profile \"a\" is already defined, on line 2");
  CHECK(refusal("[[profile]]\nname = \"squid\"\n") ==
        "f.toml:2:8: profile \"squid\" is built in; give yours another name");
}

TEST_CASE("a profile name is a word") {
  const auto* name = GENERATE("", "two words", "a\\\"b", "a.b", "ü", "a234567890123456789012345678901234");
  CAPTURE(name);
  CHECK_THAT(refusal(std::string{"[[profile]]\nname = \""} + name + "\"\n"),
             Catch::StartsWith("f.toml:2:8: profile.name: found \""));
}

TEST_CASE("a profile needs a name") {
  CHECK_THAT(refusal("[[profile]]\nfit-512 = true\n"),
             Catch::StartsWith("f.toml:1:1: profile.name is missing"));
}

}  // namespace
}  // namespace shirube::conf
