#include "policy/profile_choice.hpp"

#include <catch2/catch.hpp>

using namespace shirube;
using namespace shirube::policy;

namespace {

ClientTraits client(const char* address, bool edns) {
  return {.address = wire::Address::parse(address).value(), .edns = edns};
}

PolicySettings settings_with(std::vector<ClientRule> rules) {
  PolicySettings settings;
  settings.clients = std::move(rules);
  return settings;
}

const std::vector kLoopback{wire::Prefix::parse("127.0.0.0/8").value()};

}  // namespace

TEST_CASE("without rules everyone gets the default profile") {
  PolicySettings settings;
  settings.default_profile = 2;
  CHECK(choose_profile(settings, client("127.0.0.1", true)) == 2);
}

TEST_CASE("the first rule that matches decides") {
  const auto settings =
      settings_with({{.from = kLoopback, .edns = {}, .profile = 1}, {.from = {}, .edns = {}, .profile = 3}});
  CHECK(choose_profile(settings, client("127.0.0.1", true)) == 1);
  CHECK(choose_profile(settings, client("192.0.2.1", true)) == 3);
}

TEST_CASE("all conditions of a rule must hold") {
  const auto settings = settings_with({{.from = kLoopback, .edns = false, .profile = 1}});
  CHECK(choose_profile(settings, client("127.0.0.1", false)) == 1);
  CHECK(choose_profile(settings, client("127.0.0.1", true)) == 0);
  CHECK(choose_profile(settings, client("192.0.2.1", false)) == 0);
}

TEST_CASE("a rule can ask for EDNS") {
  const auto settings = settings_with({{.from = {}, .edns = true, .profile = 2}});
  CHECK(choose_profile(settings, client("192.0.2.1", true)) == 2);
  CHECK(choose_profile(settings, client("192.0.2.1", false)) == 0);
}
