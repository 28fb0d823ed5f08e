// A [[stub]] whose server is a resolver that does not answer queries without RD.
#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/iterating_host.hpp"
#include "upstream/server_memory.hpp"

using namespace shirube;
using sim::WithoutRd;
using test::IteratingHost;
using wire::Type;

namespace {

constexpr std::string_view kResolver = "10.0.0.1";
constexpr std::string_view kAuthority = "10.0.0.2";
constexpr auto kDeclines = {WithoutRd::Refused, WithoutRd::Empty, WithoutRd::Upward, WithoutRd::ServFail,
                            WithoutRd::NotImp};

[[nodiscard]] upstream::UpstreamSettings with_stub() {
  return {.stubs = {{wire::Name::literal("corp.example."), {*wire::Endpoint::parse("10.0.0.1:53")}}},
          .case_randomisation = false};
}

// Only the resolver reaches the zone's authority.
void serve_behind_resolver(IteratingHost& home, WithoutRd said) {
  home.serve("corp.example.",
             "www 300 A 10.0.0.80\n* 300 A 10.0.0.81\n@ 300 MX 10 www\na.b.c 300 A 10.0.0.82\n",
             {kAuthority});
  home.world.add_host(kResolver, sim::Role::Recursor);
  home.host(kResolver).faults.without_rd = said;
  home.host(kAuthority).faults.silent = true;
}

[[nodiscard]] bool asks_to_recurse(const sim::SimulatedNetwork::Sent& sent) {
  return wire::read_header(sent.query).rd;
}

[[nodiscard]] std::size_t sent_with_rd(const IteratingHost& home) {
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), asks_to_recurse));
}

}  // namespace

TEST_CASE("a stub's server that declines a query without RD is asked with RD=1, at once and from then on") {
  for (const auto said : kDeclines) {
    INFO("says " << static_cast<int>(said));
    IteratingHost home({.settings = with_stub()});
    serve_behind_resolver(home, said);
    CHECK(test::got_address(home.ask_and_wait("www.corp.example."), "10.0.0.80"));
    CHECK(home.sent() == 2);
    CHECK_FALSE(asks_to_recurse(home.network.sent().front()));
    CHECK(home.ask_and_wait("corp.example.", Type::MX).records() == 1);
    CHECK(home.ask_and_wait("www.corp.example.", Type::AAAA).noerror());
    CHECK(home.ask_and_wait("gone.b.c.corp.example.").got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(test::got_address(home.ask_and_wait("a.b.c.corp.example."), "10.0.0.82"));
    CHECK(sent_with_rd(home) == home.sent() - 1);
    CHECK(home.sent_to(kResolver) == home.sent());
    CHECK(home.failures.seen.empty());
    CHECK(home.quiet());
  }
}

TEST_CASE(
    "a stub's server that declines a query without RD is asked with RD=1 for names in random case, too") {
  for (const auto said : kDeclines) {
    for (const bool has_tcp : {true, false}) {
      INFO("says " << static_cast<int>(said) << ", TCP " << has_tcp);
      auto settings = with_stub();
      settings.case_randomisation = true;
      IteratingHost home({.settings = settings});
      serve_behind_resolver(home, said);
      home.host(kResolver).faults.no_tcp = !has_tcp;
      CHECK(home.ask_and_wait("some-quite-long-name-with-letters.corp.example.").records() == 1);
      const auto before = home.sent();
      CHECK(home.ask_and_wait("another-quite-long-name-with-letters.corp.example.").records() == 1);
      CHECK(home.sent() == before + 1);
      CHECK(home.quiet());
    }
  }
}

TEST_CASE("a slow resolver behind a stub is not asked again before its answer comes") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::Refused);
  CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
  home.host(kResolver).link.delay = std::chrono::milliseconds{350};
  const auto before = home.sent();
  CHECK(home.ask_and_wait("x.corp.example.").records() == 1);
  CHECK(home.sent() == before + 1);
  CHECK(home.quiet());
}

TEST_CASE("after some minutes the stub's server is asked without RD again") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::Refused);
  CHECK(home.ask_and_wait("a.corp.example.").records() == 1);
  home.network.advance(upstream::kRecursionMemory);
  home.host(kResolver).faults.without_rd = WithoutRd::TheSame;
  const auto before = home.sent();
  CHECK(home.ask_and_wait("b.corp.example.").records() == 1);
  CHECK(home.sent() == before + 1);
  CHECK_FALSE(asks_to_recurse(home.network.sent().back()));
  CHECK(home.quiet());
}

TEST_CASE("a stub's server that answers from its cache without RD is asked once more for other names only") {
  for (const auto said : {WithoutRd::Empty, WithoutRd::Upward}) {
    IteratingHost home({.settings = with_stub()});
    serve_behind_resolver(home, said);
    home.host(kResolver).faults.cached = {wire::Name::literal("www.corp.example.")};
    CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
    CHECK(sent_with_rd(home) == 0);
    CHECK(home.ask_and_wait("x.corp.example.").records() == 1);
    CHECK(sent_with_rd(home) == 1);
    CHECK(home.sent() == 3);
    CHECK(home.quiet());
  }
}

TEST_CASE("a healthy stub, and an authority found by iteration, get no RD=1") {
  IteratingHost home({.settings = with_stub()});
  home.serve("corp.example.", "www 300 A 10.0.0.80\nsub 300 NS ns.sub\nns.sub 300 A 10.0.0.3\n", {kResolver});
  home.serve("else.example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.world.add_host("10.0.0.3", sim::Role::Authority);
  home.host("192.0.2.1").faults.lame = true;
  CHECK(home.ask_and_wait("www.corp.example.").records() == 1);
  CHECK(home.ask_and_wait("www.corp.example.", Type::AAAA).noerror());
  CHECK(home.ask_and_wait("gone.corp.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.sent_to(kResolver) == 3);
  // The first is delegated by the stub, the second by the public tree. Both refuse.
  CHECK(home.ask_and_wait("x.sub.corp.example.").servfail());
  CHECK(home.ask_and_wait("www.else.example.").servfail());
  CHECK(home.sent_to("10.0.0.3") > 0);
  CHECK(home.sent_to("192.0.2.1") > 0);
  CHECK(sent_with_rd(home) == 0);
  CHECK(home.quiet());
}

TEST_CASE("a stub's server that refuses with and without RD is asked once each and fails") {
  IteratingHost home({.settings = with_stub()});
  home.world.add_host(kResolver, sim::Role::Recursor);
  home.host(kResolver).faults.lame = true;
  CHECK(home.ask_and_wait("www.corp.example.").servfail());
  CHECK(home.sent() == 2);
  CHECK(home.quiet());
}

TEST_CASE("a stub's server that fails with and without RD is asked once each and fails") {
  for (const bool not_implemented : {true, false}) {
    IteratingHost home({.settings = with_stub()});
    home.world.add_host(kResolver, sim::Role::Recursor);
    auto& faults = home.host(kResolver).faults;
    faults.notimp = not_implemented;
    faults.servfail = !not_implemented;
    CHECK(home.ask_and_wait("www.corp.example.").servfail());
    CHECK(home.sent() == 2);
    CHECK(home.quiet());
  }
}

TEST_CASE("SERVFAIL to a query with RD=1 is the failure of the name, and costs one packet") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::ServFail);
  CHECK(home.ask_and_wait("a.corp.example.").records() == 1);
  home.host(kResolver).faults.servfail = true;
  const auto before = home.sent();
  CHECK(home.ask_and_wait("b.corp.example.").servfail());
  CHECK(home.sent() == before + 1);
  CHECK(home.quiet());
}

TEST_CASE("a resolver that became an authority of the stub, and refuses RD=1 for it, is asked without RD") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::Refused);
  CHECK(home.ask_and_wait("a.corp.example.").records() == 1);
  auto& host = home.host(kResolver);
  host.faults.without_rd = WithoutRd::TheSame;
  host.faults.refuses_rd = true;
  const auto before = home.sent();
  CHECK(home.ask_and_wait("b.corp.example.").records() == 1);
  CHECK(home.sent() == before + 2);
  CHECK(home.ask_and_wait("d.corp.example.").records() == 1);
  CHECK(home.sent() == before + 3);
  CHECK(home.quiet());
}

TEST_CASE("an answer with RD=1 counts for names of the stub only") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::Refused);
  home.serve("else.example.", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host(kResolver).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == wire::Name::literal("to.corp.example."))) return std::nullopt;
    const auto target = wire::Name::literal("www.else.example.");
    wire::Answer answer;
    answer.answer.push_back({.owner = question.name, .type = Type::CNAME, .ttl = 300});
    answer.answer.back().rdatas.add(target.wire());
    answer.answer.push_back({.owner = target, .type = Type::A, .ttl = 300});
    answer.answer.back().rdatas.add(wire::Bytes{10, 6, 6, 6});
    return answer;
  };
  CHECK(test::got_address(home.ask_and_wait("to.corp.example."), "192.0.2.80"));
  CHECK(test::got_address(home.ask_and_wait("www.else.example."), "192.0.2.80"));
  CHECK(home.sent_to("192.0.2.1") > 0);
  CHECK(home.quiet());
}

TEST_CASE("a resolver that adds the servers of a child zone has answered with RD=1") {
  IteratingHost home({.settings = with_stub()});
  serve_behind_resolver(home, WithoutRd::Refused);
  home.host(kResolver).script = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == wire::Name::literal("x.sub.corp.example."))) return std::nullopt;
    wire::Answer answer;
    answer.answer.push_back({.owner = question.name, .type = Type::A, .ttl = 300});
    answer.answer.back().rdatas.add(wire::Bytes{10, 0, 0, 83});
    answer.authority.push_back({.owner = question.name.parent(), .type = Type::NS, .ttl = 300});
    answer.authority.back().rdatas.add(wire::Name::literal("ns.sub.corp.example.").wire());
    return answer;
  };
  CHECK(test::got_address(home.ask_and_wait("x.sub.corp.example."), "10.0.0.83"));
  CHECK(home.sent_to(kResolver) == home.sent());
  CHECK(home.quiet());
}
