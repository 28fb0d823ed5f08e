#include <array>
#include <utility>

#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::array kDenied{std::pair{"none.test", Type::A}, std::pair{"www.test", Type::MX}};

// The server leaves out the SOA. Its denials have AA and the proof or lack them.
void deny_without_soa(test::IteratingHost& home, std::string_view server, bool with_proof, bool with_aa) {
  auto& host = home.host(server);
  host.faults.not_authoritative = !with_aa;
  host.script = [&home, &host, with_proof](const wire::Question& question) {
    auto answer = home.world.honest(host, question);
    std::erase_if(answer.authority, [with_proof](const wire::RRset& rrset) {
      return rrset.type == Type::SOA || (!with_proof && wire::is_denial(rrset.type));
    });
    return answer;
  };
}

}  // namespace

TEST_CASE("a denial that is proven needs no SOA, and one that is not proven does not become true without") {
  const bool proven = GENERATE(true, false);
  const bool with_aa = GENERATE(true, false);
  test::SignedHost home;
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  deny_without_soa(home, "192.0.2.1", proven, with_aa);
  for (const auto& [name, type] : kDenied) {
    const auto& client = home.ask_and_wait(name, type);
    CAPTURE(name, proven, with_aa, test::reason(client));
    if (proven) {
      CHECK(client.got->answer.rcode == (type == Type::A ? Rcode::NxDomain : Rcode::NoError));
      CHECK(client.got->answer.authentic);
      const auto sent = home.sent();
      CHECK(home.ask_and_wait(name, type).got->answer.authentic);
      CHECK(home.sent() == sent);
    } else {
      CHECK(client.servfail());
      if (with_aa) CHECK(test::fails_with(client, wire::Ede::NsecMissing));
    }
  }
  CHECK(home.quiet());
}

TEST_CASE("a denial without AA and SOA is refused where no trust anchor leads to its signatures") {
  const bool validates = GENERATE(true, false);
  test::SignedHost signed_home;
  test::IteratingHost plain_home;
  test::IteratingHost& home = validates ? signed_home : plain_home;
  const auto zone = home.serve("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  // Signed, but the zone above has no DS.
  home.world.zone(zone).sign({});
  deny_without_soa(home, "192.0.2.1", true, false);
  for (const auto& [name, type] : kDenied) CHECK(home.ask_and_wait(name, type).servfail());
  CHECK(home.ask_and_wait("www.test").records() == 1);
  CHECK(home.quiet());
}

TEST_CASE("a denial with SOA of another server is preferred to one that counts by its proof alone") {
  test::SignedHost home;
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1", "192.0.2.2"});
  deny_without_soa(home, "192.0.2.1", true, false);
  home.host("192.0.2.2").link.delay = std::chrono::milliseconds{200};
  for (const auto& [name, type] : kDenied) {
    const auto& client = home.ask_and_wait(name, type);
    CHECK(client.got->answer.authentic);
    CHECK(client.got->answer.authority.front().type == Type::SOA);
  }
  CHECK(home.quiet());
}
