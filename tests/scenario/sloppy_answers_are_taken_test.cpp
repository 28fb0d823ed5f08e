#include <catch2/catch.hpp>

#include "tests/support/iterating_host.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::IteratingHost;
using wire::Type;

namespace {

constexpr auto kNames =
    "www 300 A 192.0.2.80\n@ 300 MX 10 mx\nmx 300 A 192.0.2.25\nto 300 CNAME www\naway 300 CNAME www.test.\n"
    "lost 300 CNAME gone\n";

void serve_sloppily(IteratingHost& home) {
  home.serve("example.", kNames, {"192.0.2.1"});
  home.serve("test.", "www 300 A 192.0.2.81\n", {"192.0.2.9"});
  home.host("192.0.2.1").faults.not_authoritative = true;
}

}  // namespace

TEST_CASE("the only server of a zone may clear AA: its data, aliases and denials are taken") {
  IteratingHost home;
  serve_sloppily(home);
  const auto& www = home.ask_and_wait("www.example.");
  CHECK(www.records() == 1);
  CHECK(www.waited < 100ms);
  CHECK(home.ask_and_wait("example.", Type::MX).records() == 1);
  const auto& none = home.ask_and_wait("www.example.", Type::AAAA);
  CHECK(none.noerror());
  CHECK(none.records() == 0);
  CHECK(home.ask_and_wait("gone.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.ask_and_wait("to.example.").records() == 2);
  CHECK(home.ask_and_wait("away.example.").records() == 2);
  CHECK(home.ask_and_wait("lost.example.").got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}

TEST_CASE("each question to the only server costs one packet, though it clears AA") {
  IteratingHost home;
  home.serve("example.", "* 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.not_authoritative = true;
  for (int i = 0; i < 10; ++i) {
    const auto& client = home.ask_and_wait("n" + std::to_string(i) + ".example.");
    CHECK(client.records() == 1);
    CHECK(client.waited < 100ms);
  }
  CHECK(home.sent_to("192.0.2.1") == 10);
  CHECK(home.quiet());
}

TEST_CASE("shortened questions are answered without AA as well") {
  IteratingHost home;
  home.serve("example.", "www.a.b.c 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").faults.not_authoritative = true;
  CHECK(home.ask_and_wait("www.a.b.c.example.").records() == 1);
  CHECK(home.sent_to("192.0.2.1") <= 4);
  CHECK(home.failures.seen.empty());
  CHECK(home.quiet());
}
