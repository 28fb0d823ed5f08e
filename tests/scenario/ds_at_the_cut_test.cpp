#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using wire::Rcode;
using wire::Type;

TEST_CASE("DS are the parent's, secure when there, and denied by the parent when not") {
  test::SignedTree home;
  CHECK(test::secure(home.ask_and_wait("example.test", Type::DS)));
  CHECK(test::secure(home.ask_and_wait("test", Type::DS)));
  const auto& none = home.ask_and_wait("unsigned.test", Type::DS);
  CHECK(none.noerror());
  CHECK(none.records() == 0);
  CHECK(none.got->answer.authentic);
  const auto& gap = home.ask_and_wait("plain.gaps.test", Type::DS);
  CHECK(gap.noerror());
  CHECK_FALSE(gap.got->answer.authentic);
  const auto& root = home.ask_and_wait(".", Type::DS);
  CHECK(root.noerror());
  CHECK(root.records() == 0);
}

TEST_CASE("a child that denies its own DS is not believed") {
  const auto denial = GENERATE(sim::DenialForm::Nsec, sim::DenialForm::Nsec3);
  CAPTURE(static_cast<int>(denial));
  test::SignedHost home;
  // One server for both: it may take the question for the child's.
  home.serve_signed("test", "", {"192.0.2.1"}, {.denial = denial});
  const auto child =
      home.serve_signed("example.test", "www 300 A 192.0.2.80\n", {"192.0.2.1"}, {.denial = denial});
  home.host("192.0.2.1").script = [&home,
                                   child](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != Type::DS || !(question.name == wire::Name::literal("example.test")))
      return std::nullopt;
    auto said = home.world.zone(child).lookup({question.name, Type::TXT});
    return said;
  };
  const auto& ds = home.ask_and_wait("example.test", Type::DS);
  CAPTURE(test::reason(ds));
  CHECK(ds.servfail());
  CHECK(ds.got->answer.authority.empty());
  // Neither does it make the child insecure.
  CHECK_FALSE(test::insecure(home.ask_and_wait("www.example.test")));
}
