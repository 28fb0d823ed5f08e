// A client without IPv6 asks for AAAA: the answer comes out of the A lookup, whatever servers do about AAAA.
#include <catch2/catch.hpp>

#include "policy/settings.hpp"
#include "tests/support/serving_host.hpp"

using namespace shirube;
using test::ServingHost;
using wire::Rcode;
using wire::Type;

namespace {

constexpr std::string_view kText =
    "@ 300 SOA ns1 h 1 7200 900 1209600 60\nwww 300 A 192.0.2.80\nwww 300 AAAA 2001:db8::80\n"
    "to 300 CNAME www\nsix 300 AAAA 2001:db8::6\n@ 300 MX 10 www\n@ 300 MX 20 six\n";

struct WithoutIpv6 : ServingHost {
  WithoutIpv6()
      : ServingHost([] {
          policy::PolicySettings policy;
          policy.default_profile = 3;  // "ipv4-only"
          return policy;
        }()) {
    world.add_zone("example.", kText);
  }
  sim::Host& server() { return *world.host(*wire::Endpoint::parse(test::kFirst)); }
};

// The reactions of servers to questions for AAAA.
void misbehave(WithoutIpv6& home, int kind) {
  if (kind == 0) {
    home.server().faults.silent_on = {Type::AAAA};
    return;
  }
  constexpr std::array kRcodes{Rcode::ServFail, Rcode::Refused, Rcode::NxDomain, Rcode::NotImp};
  home.server().script = [rcode =
                              kRcodes.at(static_cast<std::size_t>(kind - 1))](const wire::Question& asked) {
    std::optional<wire::Answer> answer;
    if (asked.type == Type::AAAA) answer.emplace().rcode = rcode;
    return answer;
  };
}

}  // namespace

TEST_CASE("AAAA without IPv6 is no such record, at once, whatever the server does about AAAA") {
  const int kind = GENERATE(0, 1, 2, 3, 4);
  WithoutIpv6 home;
  misbehave(home, kind);
  const auto began = home.network.now();
  const auto aaaa = home.answer("www.example.", {.type = Type::AAAA, .edns_size = 1232, .wants_ad = true});
  CHECK(home.network.now() - began < std::chrono::milliseconds{100});
  CHECK(aaaa.rcode == Rcode::NoError);
  CHECK(aaaa.answer.empty());
  CHECK(aaaa.authority.at(0).type == Type::SOA);
  CHECK_FALSE(aaaa.authentic);
  CHECK(aaaa.errors.at(0).code == wire::Ede::Filtered);
  CHECK(home.asked("www.example.", Type::AAAA) == 0);
  CHECK(home.answer("www.example.", {}).answer.size() == 1);
}

TEST_CASE("its aliases come along, and an unknown name stays unknown") {
  WithoutIpv6 home;
  const auto alias = home.answer("to.example.", {.type = Type::AAAA});
  REQUIRE(alias.answer.size() == 1);
  CHECK(alias.answer[0].type == Type::CNAME);
  CHECK(home.answer("none.example.", {.type = Type::AAAA}).rcode == Rcode::NxDomain);
  CHECK(home.answer("six.example.", {.type = Type::AAAA}).rcode == Rcode::NoError);
  CHECK(home.asked("none.example.", Type::AAAA) == 0);
}

TEST_CASE("where A fails AAAA fails") {
  WithoutIpv6 home;
  home.server().faults.servfail = true;
  const auto aaaa = home.answer("www.example.", {.type = Type::AAAA, .edns_size = 1232});
  CHECK(aaaa.rcode == Rcode::ServFail);
  CHECK_FALSE(aaaa.errors.empty());
}

TEST_CASE("a client that sets DO gets the truth about AAAA") {
  WithoutIpv6 home;
  const Type aaaa = Type::AAAA;
  CHECK(home.answer("www.example.", {.type = aaaa, .edns_size = 1232, .dnssec_ok = true}).answer.size() == 1);
  CHECK(home.asked("www.example.", aaaa) == 1);
}

TEST_CASE("an MX answer does not wait for AAAA of its hosts") {
  WithoutIpv6 home;
  home.server().faults.silent_on = {Type::AAAA};
  const auto began = home.network.now();
  const auto mx = home.answer("example.", {.type = Type::MX});
  CHECK(home.network.now() - began < std::chrono::milliseconds{100});
  REQUIRE(mx.answer.size() == 1);
  CHECK(mx.answer[0].rdatas.count() == 1);
  CHECK(home.asked("www.example.", Type::AAAA) == 0);
  CHECK(home.asked("six.example.", Type::AAAA) == 0);
}
