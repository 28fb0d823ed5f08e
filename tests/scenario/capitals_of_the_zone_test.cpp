// A server that compares names with case also fails on names whose only capital letters stand in the labels
// of its own zone.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"

using namespace shirube;
using sim::CaseSaid;
using test::IteratingHost;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
// Long, so that it goes out with capital letters.
constexpr std::string_view kZone = "some-quite-long-zone-with-letters.example.";
constexpr auto kWrong = {CaseSaid::NxDomain, CaseSaid::NoData, CaseSaid::Refused};

// The zone and its parent, of different servers.
struct World {
  explicit World(std::string_view records) {
    home.serve("example.", "", {"192.0.2.9"});
    home.serve(kZone, records, {kServer});
  }
  [[nodiscard]] std::size_t sent() const { return home.sent_to(kServer); }
  IteratingHost home;
};

[[nodiscard]] std::string below(int number) { return fmt::format("{}.{}", number, kZone); }

[[nodiscard]] bool has_capital(const wire::Name& name) {
  return std::ranges::any_of(name.wire(), [](std::uint8_t c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

TEST_CASE("a server that compares with case is heard for the name of its zone, and remembered") {
  for (const auto said : kWrong) {
    INFO("says " << static_cast<int>(said));
    World world("@ 300 A 192.0.2.80\n@ 300 MX 10 mail\n");
    auto& home = world.home;
    home.host(kServer).faults.compares_case = said;
    CHECK(test::got_address(home.ask_and_wait(kZone), "192.0.2.80"));
    CHECK(world.sent() <= 3);  // random case, plain case, and plain case over TCP
    CHECK(home.ask_and_wait(kZone, Type::MX).records() == 1);
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE("so it is for names that have no letter below the zone's own name") {
  for (const auto said : kWrong) {
    INFO("says " << static_cast<int>(said));
    World world("* 300 A 192.0.2.80\n");
    auto& home = world.home;
    home.host(kServer).faults.compares_case = said;
    for (int i = 0; i < 4; ++i) CHECK(test::got_address(home.ask_and_wait(below(i)), "192.0.2.80"));
    CHECK(world.sent() <= 4 + 3);
    CHECK(home.quiet());
  }
}

TEST_CASE("the same holds for a name with one letter below the zone: it is sent as a capital") {
  for (std::uint64_t seed = 1; seed <= 16; ++seed) {
    IteratingHost home({.seed = seed});
    home.serve("example.", "", {"192.0.2.9"});
    home.serve(kZone, "a 300 A 192.0.2.80\n", {kServer});
    home.host(kServer).faults.compares_case = CaseSaid::NxDomain;
    CHECK(test::got_address(home.ask_and_wait(fmt::format("a.{}", kZone)), "192.0.2.80"));
    CHECK(home.sent_to(kServer) == 3);
    CHECK(home.quiet());
  }
}

TEST_CASE("data of the zone's own name proves that its labels are compared without case") {
  World world("@ 300 A 192.0.2.80\n");
  auto& home = world.home;
  CHECK(home.ask_and_wait(kZone).records() == 1);
  for (int i = 0; i < 4; ++i) {
    const auto before = world.sent();
    CHECK(home.ask_and_wait(below(i)).got->answer.rcode == Rcode::NxDomain);
    CHECK(home.ask_and_wait(kZone, i == 0 ? Type::MX : Type::TXT).noerror());
    CHECK(world.sent() == before + (i < 2 ? 2 : 1));
  }
  CHECK(home.host(kServer).tcp_queries == 0);
  CHECK(home.quiet());
}

TEST_CASE("such data proves nothing about the labels below") {
  World world("@ 300 A 192.0.2.80\nquite-a-long-name-with-letters 300 A 192.0.2.81\n");
  auto& home = world.home;
  home.host(kServer).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    const auto zone = wire::Name::literal(kZone);
    if (question.name == zone || !has_capital(question.name)) return std::nullopt;
    return test::denying(kZone);
  };
  CHECK(home.ask_and_wait(kZone).records() == 1);
  CHECK(test::got_address(home.ask_and_wait(fmt::format("quite-a-long-name-with-letters.{}", kZone)),
                          "192.0.2.81"));
  CHECK(home.quiet());
}

TEST_CASE("each denial of a name without letters is checked with one packet") {
  World world("");
  auto& home = world.home;
  constexpr int kMany = 40;
  for (int i = 0; i < kMany; ++i) CHECK(home.ask_and_wait(below(i)).got->answer.rcode == Rcode::NxDomain);
  CHECK(world.sent() == 2 * kMany);
  CHECK(home.quiet());
}

TEST_CASE("denials by the root's servers are not checked") {
  IteratingHost home;
  CHECK(home.ask_and_wait("some-quite-long-name-with-letters.").got->answer.rcode == Rcode::NxDomain);
  CHECK(home.host(test::kRoot).tcp_queries == 0);
  CHECK(home.quiet());
}
