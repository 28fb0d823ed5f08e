#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

namespace {

// The denial of `told` is what the server of the tree says when asked for `asked`.
const test::Client& ask_and_replay(test::SignedTree& home, std::string_view asked, Type type,
                                   wire::Question told, std::string_view teller, Rcode rcode) {
  home.host(test::SignedTree::kTreeServer).script =
      [&home, name = wire::Name::literal(asked), type, told, teller,
       rcode](const wire::Question& question) -> std::optional<wire::Answer> {
    if (!(question.name == name) || question.type != type) return std::nullopt;
    auto answer = home.world.honest(home.host(teller), told);
    answer.rcode = rcode;
    answer.authoritative = true;
    answer.answer.clear();
    std::erase_if(answer.authority, [](const wire::RRset& rrset) { return rrset.type == Type::NS; });
    return answer;
  };
  return home.ask_and_wait(asked, type);
}

}  // namespace

TEST_CASE("the denials of another zone prove nothing") {
  test::SignedTree home;
  const wire::Question other{wire::Name::literal("none.hashed.test"), Type::A};
  for (const auto rcode : {Rcode::NxDomain, Rcode::NoError}) {
    const auto* name = rcode == Rcode::NoError ? "www.example.test" : "to.example.test";
    const auto& client = ask_and_replay(home, name, Type::A, other, test::SignedTree::kTreeServer, rcode);
    CAPTURE(test::reason(client));
    CHECK(client.servfail());
    CHECK(client.got->answer.authority.empty());
  }
}

TEST_CASE("what the parent says of the cut denies nothing below it") {
  test::SignedTree home;
  const wire::Question at_cut{wire::Name::literal("unsigned.test"), Type::DS};
  const wire::Question beside{wire::Name::literal("zzz.test"), Type::A};
  for (const auto& told : {at_cut, beside}) {
    const auto* name = told.type == Type::DS ? "www.example.test" : "to.example.test";
    const auto& client =
        ask_and_replay(home, name, Type::A, told, test::SignedTree::kTldServer, Rcode::NxDomain);
    CAPTURE(test::reason(client));
    CHECK(client.servfail());
  }
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
}
