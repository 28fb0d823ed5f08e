// One truth, several forms: what each kind of client gets for the same name.
#include <catch2/catch.hpp>

#include "policy/settings.hpp"
#include "sim/demo_world.hpp"
#include "tests/support/serving_host.hpp"

using namespace shirube;
using test::ServingHost;
using wire::Type;

namespace {

[[nodiscard]] policy::PolicySettings for_everybody(std::size_t profile) {
  policy::PolicySettings policy;
  policy.default_profile = profile;
  policy.ipv4_only = policy::Ipv4Only::On;
  return policy;
}
constexpr std::size_t kStandard = 0;
constexpr std::size_t kLegacy512 = 1;

[[nodiscard]] wire::Answer parsed(const wire::Bytes& reply) {
  return *wire::read_answer(*wire::MessageView::parse(reply));
}

[[nodiscard]] std::string many_mx() {
  std::string zone = "@ 300 IN SOA a b 1 1 1 1 60\n";
  for (int i = 0; i < 24; ++i) {
    zone += "@ 300 IN MX " + std::to_string(i) + " mail-exchanger-with-a-name-" + std::to_string(i) + "\n";
    zone += "mail-exchanger-with-a-name-" + std::to_string(i) + " 300 IN A 192.0.2.1\n";
  }
  return zone;
}

}  // namespace

TEST_CASE("ANY is put together from lookups, never asked for, and fits whatever the client reads") {
  ServingHost home(for_everybody(kStandard));
  home.world.add_zone("many.example.", many_mx());
  const auto reply = home.ask(test::query("many.example.", {.type = Type::ANY}));
  CHECK(reply.size() <= 512);
  CHECK_FALSE(wire::read_header(reply).tc);
  CHECK(parsed(reply).answer.size() == 1);
  for (const auto& sent : home.network.sent()) {
    CHECK(wire::MessageView::parse(sent.query)->question()->type != Type::ANY);
  }
}

TEST_CASE("a large MX set is cut to the best for a 512-octet client, and truncated for others without EDNS") {
  for (const auto profile : {kStandard, kLegacy512}) {
    ServingHost home(for_everybody(profile));
    home.world.add_zone("many.example.", many_mx());
    const auto reply = home.ask(test::query("many.example.", {.type = Type::MX}));
    CHECK(reply.size() <= 512);
    CHECK(wire::read_header(reply).tc == (profile == kStandard));
    if (profile == kLegacy512) CHECK(parsed(reply).answer[0].rdatas.count() > 5);
  }
}

TEST_CASE("the truth stays whole behind a form: the next client gets all of it") {
  ServingHost home(for_everybody(kLegacy512));
  home.world.add_zone("many.example.", many_mx());
  home.ask(test::query("many.example.", {.type = Type::MX}));
  const auto whole = parsed(home.ask(test::query("many.example.", {.type = Type::MX, .edns_size = 4096})));
  CHECK(whole.answer[0].rdatas.count() == 24);
}

TEST_CASE("local names never leave the host") {
  ServingHost home;
  CHECK(parsed(home.ask(test::query("localhost."))).answer.size() == 1);
  for (const auto* name :
       {"printer.home.arpa.", "1.0.168.192.in-addr.arpa.", "x.onion.", "y.invalid.", "z.test."}) {
    const auto reply = home.ask(test::query(name, {.type = Type::PTR}));
    CHECK(wire::read_header(reply).rcode_low == static_cast<std::uint8_t>(wire::Rcode::NxDomain));
  }
  CHECK(home.sent() == 0);
}
