#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

constexpr std::string_view kHonest = "192.0.2.2";
constexpr std::string_view kLiar = "192.0.2.3";

// What the liar says of `type` has its data changed; or it leaves out all that proves anything.
void let_lie(test::SignedHost& home, Type type, bool strips) {
  home.host(kLiar).script = [&home, type, strips](const wire::Question& question) {
    auto answer =
        home.world.honest(home.host(kLiar), question, strips ? sim::Proofs::LeftOut : sim::Proofs::Included);
    for (auto& rrset : answer.answer) {
      if (rrset.type != type) continue;
      wire::Bytes forged((*rrset.rdatas.begin()).begin(), (*rrset.rdatas.begin()).end());
      forged.back() ^= 1;
      rrset.rdatas = {};
      rrset.rdatas.add(forged);
    }
    return std::optional(answer);
  };
}

}  // namespace

TEST_CASE("of two servers one lies: the other is asked, and clients get the truth") {
  const auto type = GENERATE(Type::A, Type::DNSKEY, Type::DS, Type::MX);
  const bool strips = GENERATE(false, true);
  CAPTURE(wire::to_text(type), strips);
  std::size_t lies = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    test::SignedHost home({.iterating = {.seed = seed}});
    home.serve_signed("test", "www 300 A 192.0.2.80\n", {kHonest, kLiar});
    home.serve_signed("example.test", "www 300 A 192.0.2.81\n", {kHonest, kLiar});
    let_lie(home, type, strips);
    const auto& client = home.ask_and_wait("www.example.test");
    CAPTURE(seed, test::reason(client));
    CHECK(test::secure(client));
    CHECK(test::has(client, Type::A, "192.0.2.81"));
    const auto& none = home.ask_and_wait("none.example.test");
    CHECK(none.got->answer.rcode == wire::Rcode::NxDomain);
    CHECK(none.got->answer.authentic);
    CHECK(home.quiet());
    lies += home.sent_to(kLiar);
  }
  CHECK(lies > 0);
}
