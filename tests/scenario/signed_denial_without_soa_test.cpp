#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

TEST_CASE("a denial that is proven needs no SOA, and one that is not proven does not become true without") {
  const bool proven = GENERATE(true, false);
  test::SignedHost home;
  home.serve_signed("test", "www 300 A 192.0.2.80\n", {"192.0.2.1"});
  home.host("192.0.2.1").script = [&home, proven](const wire::Question& question) {
    auto answer = home.world.honest(home.host("192.0.2.1"), question);
    std::erase_if(answer.authority,
                  [proven](const wire::RRset& rrset) { return rrset.type == Type::SOA || !proven; });
    return answer;
  };
  for (const auto& [name, type] : {std::pair{"none.test", Type::A}, std::pair{"www.test", Type::MX}}) {
    const auto& client = home.ask_and_wait(name, type);
    CAPTURE(name, proven, test::reason(client));
    if (proven) {
      CHECK(client.got->answer.rcode == (type == Type::A ? Rcode::NxDomain : Rcode::NoError));
      CHECK(client.got->answer.authentic);
    } else {
      CHECK(test::fails_with(client, wire::Ede::NsecMissing));
    }
  }
  CHECK(home.quiet());
}
