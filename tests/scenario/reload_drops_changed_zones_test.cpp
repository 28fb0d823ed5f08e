// A reload that adds or removes a forward drops what is cached under its zone, and nothing else.
#include <catch2/catch.hpp>

#include "tests/support/resolving_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;

namespace {

// "." at the first server; a forward for corp.example. at the second, whose data differ, comes and goes.
struct Office : test::ResolvingHost {
  Office() : ResolvingHost({test::kFirst}) {
    world.add_zone("example.", std::string(test::kExampleZone) + "www.corp 300 IN A 192.0.2.81\n");
    const auto inside =
        world.add_zone("corp.example.", "@ 300 IN SOA a b 1 1 1 1 60\nwww 300 IN A 10.0.0.1\n");
    world.add_host(test::kSecond, sim::Role::Authority, {inside});
    host(test::kFirst).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
      if (!question.name.is_within(wire::Name::literal("corp.example."))) return std::nullopt;
      wire::Answer answer;
      wire::RRset rrset;
      rrset.owner = question.name;
      rrset.type = wire::Type::A;
      rrset.ttl = 300;
      rrset.rdatas.add(std::array<std::uint8_t, 4>{192, 0, 2, 81});
      answer.answer.push_back(std::move(rrset));
      return answer;
    };
  }
  void reload(bool with_corp) {
    auto settings = std::make_shared<upstream::UpstreamSettings>(test::forwarding_to({test::kFirst}));
    if (with_corp)
      settings->forwards.push_back(
          {wire::Name::literal("corp.example."), {*wire::Endpoint::parse(test::kSecond)}});
    resolver.set_settings(settings);
  }
  [[nodiscard]] int last_octet(std::string_view name) {
    const auto& client = ask_and_wait(name);
    REQUIRE(client.records() == 1);
    return (*client.got->answer.answer[0].rdatas.begin())[3];
  }
};

}  // namespace

TEST_CASE("a forward that is added or removed is asked at once, and all else stays cached") {
  Office home;
  CHECK(home.last_octet("www.corp.example.") == 81);
  CHECK(home.last_octet("www.example.") == 80);
  home.reload(true);
  CHECK(home.last_octet("www.corp.example.") == 1);
  home.reload(false);
  CHECK(home.last_octet("www.corp.example.") == 81);
  const auto sent = home.sent();
  CHECK(home.last_octet("www.example.") == 80);
  CHECK(home.sent() == sent);
}

TEST_CASE("a reload without such a change keeps the cache and the lookups under way") {
  Office home;
  CHECK(home.last_octet("www.corp.example.") == 81);
  const auto& waiting = home.ask("mail.example.");
  home.reload(false);
  home.network.run();
  CHECK(waiting.records() == 1);
  const auto sent = home.sent();
  CHECK(home.last_octet("www.corp.example.") == 81);
  CHECK(home.sent() == sent);
}

TEST_CASE("a lookup that began before the change tells its client nothing of the old servers") {
  Office home;
  const auto& waiting = home.ask("www.corp.example.");
  home.reload(true);
  home.network.run();
  CHECK(waiting.servfail());
  CHECK(home.last_octet("www.corp.example.") == 1);
}
