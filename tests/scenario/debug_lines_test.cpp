// What log.level = "debug" adds for an administrator who looks for the fault of a domain.
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "tests/support/serving_host.hpp"
#include "tests/support/signed_world.hpp"
#include "tests/support/text_log.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using conf::LogLevel;
using test::IteratingHost;
using test::TextLog;

namespace {

constexpr std::string_view kServer = "192.0.2.1";
constexpr auto kNames = "* 300 A 192.0.2.80\n";

[[nodiscard]] std::string name(int number) {
  return fmt::format("some-quite-long-name-with-letters-{}.example.", number);
}

struct Home : IteratingHost {
  Home() { serve("example.", kNames, {kServer}); }
  void ask_some(int first, int count) {
    for (int i = first; i < first + count; ++i) static_cast<void>(ask_and_wait(name(i)));
  }
};

}  // namespace

TEST_CASE("each failed lookup is a line of its own, with all its causes") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.servfail = true;
  home.ask_some(0, 5);
  CHECK(log.count("lookup_failed") == 1);
  CHECK(log.count("lookup_causes") == 5);
  CHECK_THAT(log.text(),
             Catch::Contains("debug lookup_causes: all causes of one failed lookup question=\"" + name(3) +
                             " A\" causes=\"192.0.2.1:53 of zone example. answered "
                             "SERVFAIL; "));
}

TEST_CASE("with level info none of this is written, and a change of the level counts at once") {
  Home home;
  TextLog log(home, LogLevel::Info);
  home.host(kServer).faults.lame = true;
  home.ask_some(0, 5);
  CHECK(log.lines() == 1);
  CHECK_THAT(log.text(), !Catch::Contains(" debug "));
  CHECK_FALSE(home.failures.wants_details());
  log.set_level(LogLevel::Debug);
  home.ask_some(5, 2);
  CHECK(log.count("lookup_causes") == 2);
  log.set_level(LogLevel::Info);
  const auto before = log.lines();
  home.ask_some(7, 2);
  CHECK(log.lines() == before);
}

TEST_CASE("a server that turns lame is told once, and once that it is not any more") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.lame = true;
  home.ask_some(0, 3);
  home.host(kServer).faults.lame = false;
  home.network.advance(10s);
  home.ask_some(3, 3);
  CHECK(log.count("server_lame") == 1);
  CHECK(log.count("server_not_lame") == 1);
  CHECK_THAT(log.text(), Catch::Contains("server_not_lame: this server serves the zone again "
                                         "server=192.0.2.1:53 zone=example.\n"));
}

TEST_CASE("a server that goes silent and comes back is two lines") {
  Home home;
  home.ask_some(0, 1);
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.silent = true;
  home.ask_some(1, 2);
  home.network.run();
  CHECK(log.count("server_down") == 1);
  CHECK(log.count("server_up") == 0);
  home.host(kServer).faults.silent = false;
  home.network.advance(60s);
  home.ask_some(3, 2);
  CHECK(log.count("server_down") == 1);
  CHECK(log.count("server_up") == 1);
}

TEST_CASE("a server that becomes slow and quick again is two lines, with its usual time") {
  Home home;
  home.ask_some(0, 2);
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).link.delay = 450ms;
  home.ask_some(2, 12);
  CHECK(log.count("server_slow") == 1);
  CHECK_THAT(log.text(), Catch::Contains("zone=example. usual_time="));
  home.host(kServer).link.delay = 5ms;
  home.ask_some(14, 20);
  CHECK(log.count("server_slow") == 1);
  CHECK(log.count("server_not_slow") == 1);
}

TEST_CASE("a server without AA is told, and that it has AA again") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.not_authoritative = true;
  home.ask_some(0, 3);
  CHECK(log.count("server_sloppy") == 1);
  home.host(kServer).faults.not_authoritative = false;
  home.network.advance(upstream::kSloppyMemory + 1s);
  home.ask_some(3, 3);
  CHECK(log.count("server_sloppy") == 1);
  CHECK(log.count("server_not_sloppy") == 1);
}

TEST_CASE("a stub's server that wants RD=1 is told once, and that it answers without RD again") {
  IteratingHost home({.settings = {.stubs = {{wire::Name::literal("corp.example."),
                                              {*wire::Endpoint::parse("10.0.0.1:53")}}}}});
  home.serve("corp.example.", kNames, {"10.0.0.2"});
  home.world.add_host("10.0.0.1", sim::Role::Recursor).faults.without_rd = sim::WithoutRd::Refused;
  TextLog log(home, LogLevel::Debug);
  for (const auto* name : {"a.corp.example.", "b.corp.example."})
    CHECK(home.ask_and_wait(name).records() == 1);
  home.network.advance(upstream::kRecursionMemory + 1s);
  CHECK(home.ask_and_wait("c.corp.example.").records() == 1);
  CHECK(log.count("server_recursive") == 1);
  CHECK(log.count("server_not_recursive") == 0);
  CHECK_THAT(log.text(),
             Catch::Contains("server_recursive: this server of a [[stub]] declines queries without "
                             "RD; it gets RD=1 first for a while server=10.0.0.1:53 "
                             "zone=corp.example.\n"));
  home.host("10.0.0.1").faults.without_rd = sim::WithoutRd::TheSame;
  home.network.advance(upstream::kRecursionMemory + 1s);
  CHECK(home.ask_and_wait("d.corp.example.").records() == 1);
  CHECK(log.count("server_recursive") == 1);
  CHECK(log.count("server_not_recursive") == 1);
}

TEST_CASE("a server that compares names with case is told, and the question over TCP that proved it") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.compares_case = sim::CaseSaid::NxDomain;
  home.ask_some(0, 3);
  CHECK(log.count("server_case_sensitive") == 1);
  CHECK_THAT(log.text(), Catch::Contains("tcp_retry: the server may have denied the name because of its"));
  home.host(kServer).faults.compares_case = sim::CaseSaid::Nothing;
  home.network.advance(upstream::kCaseSensitiveMemory + 1s);
  home.ask_some(3, 3);
  CHECK(log.count("server_case_sensitive") == 1);
  CHECK(log.count("server_not_case_sensitive") == 1);
}

TEST_CASE("a question that goes on over TCP is told with its name") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.truncates = true;
  home.ask_some(0, 1);
  CHECK(log.count("tcp_retry") >= 1);
  CHECK_THAT(log.text(), Catch::Contains("tcp_retry: the reply over UDP was truncated: asked again over TCP "
                                         "server=192.0.2.1:53 zone=example. question=\"" +
                                         name(0) + " A\""));
}

TEST_CASE("a server without EDNS is told, and that it has EDNS again") {
  Home home;
  TextLog log(home, LogLevel::Debug);
  home.host(kServer).faults.no_edns = true;
  home.ask_some(0, 2);
  CHECK(log.count("server_without_edns") == 1);
  CHECK_THAT(log.text(), Catch::Contains("tcp_retry: the reply over UDP denied EDNS"));
  home.host(kServer).faults.no_edns = false;
  home.network.advance(upstream::kPlainDnsMemory + 1s);
  home.ask_some(2, 2);
  CHECK(log.count("server_with_edns") == 1);
}

TEST_CASE("verdicts on zones are told when they change, not when they are used") {
  test::SignedTree home;
  TextLog log(home, LogLevel::Debug);
  const auto fail_for_keys = [](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != wire::Type::DNSKEY) return std::nullopt;
    wire::Answer failed;
    failed.rcode = wire::Rcode::ServFail;
    return failed;
  };
  home.host(test::SignedTree::kTreeServer).script = fail_for_keys;
  CHECK(home.ask_and_wait("www.example.test").servfail());
  home.host(test::SignedTree::kTreeServer).script = {};
  home.network.advance(2s);
  CHECK(home.ask_and_wait("www.example.test").noerror());
  CHECK_THAT(log.text(),
             Catch::Contains("zone_verdict: validation has a new verdict on this zone "
                             "zone=example.test. verdict=\"indeterminate: keys unreachable\" "
                             "before=unknown reason=\"keys of example.test. could not be fetched\""));
  CHECK_THAT(
      log.text(),
      Catch::Contains("zone=example.test. verdict=secure before=\"indeterminate: keys unreachable\"\n"));
  CHECK(home.ask_and_wait("www.unsigned.test").noerror());
  CHECK_THAT(log.text(), Catch::Contains("zone=unsigned.test. verdict=\"insecure: unsigned delegation\""));
  const auto verdicts = log.count("zone_verdict");
  CHECK(home.ask_and_wait("to.example.test").noerror());
  CHECK(home.ask_and_wait("to.unsigned.test").noerror());
  CHECK(log.count("zone_verdict") == verdicts);
}

TEST_CASE("an answer that is rewritten for a client is a line, and only with level debug") {
  policy::PolicySettings policy;
  policy.default_profile = 3;  // ipv4-only
  policy.ipv4_only = policy::Ipv4Only::On;
  const auto level = GENERATE(LogLevel::Info, LogLevel::Debug);
  test::ServingHost home(policy);
  home.log.configure({level, conf::LogFormat::Text});
  home.world.add_zone("example.", test::kExampleZone);
  CHECK(home.answer("www.example.", {.type = wire::Type::AAAA}).rcode == wire::Rcode::NoError);
  const auto written = home.log_text.str();
  CHECK((written.find("answer_rewritten") != std::string::npos) == (level == LogLevel::Debug));
  if (level == LogLevel::Debug) {
    CHECK_THAT(written, Catch::Contains("question=\"www.example. AAAA\" client=127.0.0.1 rewriting="));
  }
}

TEST_CASE("a flood of failing names stays within the limit of debug lines") {
  Home home;
  home.host(kServer).faults.servfail = true;
  TextLog log(home, LogLevel::Debug);
  const auto began = home.network.now();
  constexpr int kFlood = 3'000;
  home.ask_some(0, kFlood);
  const auto seconds =
      static_cast<std::size_t>(std::chrono::ceil<std::chrono::seconds>(home.network.now() - began).count());
  const auto bound = server::kDetailBurst + server::kDetailsPerSecond * seconds;
  CHECK(bound < kFlood);
  CHECK(log.count("lookup_causes") <= bound);
  CHECK(log.count("lookup_causes") >= server::kDetailBurst / 2);
  home.network.advance(1s);
  home.ask_some(kFlood, 1);
  CHECK(log.count("details_dropped") >= 1);
  CHECK_THAT(log.text(), Catch::Contains(name(kFlood)));
}
