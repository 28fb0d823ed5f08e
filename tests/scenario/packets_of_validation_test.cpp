#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Type;

namespace {

std::size_t sent_for(const test::AskingHost& home, Type type) {
  return static_cast<std::size_t>(std::ranges::count_if(home.network.sent(), [type](const auto& sent) {
    const auto name = wire::read_name(sent.query, wire::kHeaderSize);
    return name && wire::read_u16(sent.query.data() + name->next) == static_cast<std::uint16_t>(type);
  }));
}

}  // namespace

TEST_CASE("validation asks for the keys of each zone once, and never for DS that referrals bring") {
  test::SignedTree home;
  for (const auto* name : {"www.example.test", "to.example.test", "ns1.example.test", "www.unsigned.test"})
    CHECK(home.ask_and_wait(name).records() > 0);
  CHECK(home.quiet());
  CHECK(sent_for(home, Type::DNSKEY) == 3);
  CHECK(sent_for(home, Type::DS) == 0);
}

TEST_CASE("another name of a zone whose keys are known costs one packet, and none when asked again") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.quiet());
  auto before = home.sent();
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.sent() == before + 1);
  before = home.sent();
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DNSKEY)));
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DS)));
  CHECK(home.sent() == before);
}
