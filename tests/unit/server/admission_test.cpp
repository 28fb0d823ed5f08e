#include "server/admission.hpp"

#include <catch2/catch.hpp>

#include "tests/support/query_maker.hpp"

using namespace shirube;
using server::Admission;
using wire::Rcode;

namespace {

[[nodiscard]] server::Admitted judge(const wire::Bytes& packet, bool allowed = true) {
  return server::admit(test::view_of(packet), allowed);
}

[[nodiscard]] wire::Bytes with_byte(wire::Bytes packet, std::size_t at, std::uint8_t value) {
  packet[at] = value;
  return packet;
}

}  // namespace

TEST_CASE("an ordinary question is resolved, with and without EDNS") {
  CHECK(judge(test::query("www.example.")).action == Admission::Resolve);
  CHECK(judge(test::query("www.example.", {.edns_size = 1232})).action == Admission::Resolve);
  CHECK(judge(test::query("www.example.", {.type = wire::Type::ANY})).action == Admission::Resolve);
}

TEST_CASE("silence is for what could be abused: no header, and answers") {
  CHECK(judge({}).action == Admission::Silent);
  CHECK(judge(wire::Bytes(11, 0)).action == Admission::Silent);
  CHECK(judge(with_byte(test::query("www.example."), 2, 0x81)).action == Admission::Silent);
  CHECK(judge(with_byte(test::query("www.example."), 2, 0x81), false).action == Admission::Silent);
}

TEST_CASE("a client that may not ask is refused, whatever it asks") {
  const auto refused = judge(test::query("www.example."), false);
  CHECK(refused.action == Admission::Reply);
  CHECK(refused.rcode == Rcode::Refused);
  CHECK(refused.error->code == wire::Ede::Prohibited);
}

TEST_CASE("unknown opcodes are not implemented") {
  for (const unsigned opcode : {1U, 2U, 3U, 4U, 5U, 6U, 15U}) {
    const auto packet =
        with_byte(test::query("www.example."), 2, static_cast<std::uint8_t>(opcode << 3U | 1U));
    CHECK(judge(packet).rcode == Rcode::NotImp);
  }
}

TEST_CASE("no question and two questions are format errors") {
  CHECK(judge(with_byte(test::query("www.example."), 5, 0)).rcode == Rcode::FormErr);
  CHECK(judge(with_byte(test::query("www.example."), 5, 2)).rcode == Rcode::FormErr);
  auto cut = test::query("www.example.");
  cut.resize(cut.size() - 3);
  CHECK(judge(cut).rcode == Rcode::FormErr);
}

TEST_CASE("EDNS version 1 is BADVERS") {
  auto packet = test::query("www.example.", {.edns_size = 1232});
  packet[packet.size() - 5] = 1;
  CHECK(judge(packet).rcode == Rcode::BadVers);
}

TEST_CASE("other classes, transfers and meta types have their own refusals") {
  const auto of_class = [](std::uint8_t klass) {
    auto packet = test::query("www.example.");
    packet.back() = klass;
    return judge(packet);
  };
  CHECK(of_class(3).action == Admission::Chaos);
  CHECK(of_class(4).rcode == Rcode::Refused);
  CHECK(of_class(254).rcode == Rcode::Refused);
  CHECK(judge(test::query("example.", {.type = wire::Type::AXFR})).rcode == Rcode::Refused);
  CHECK(judge(test::query("example.", {.type = wire::Type::MAILB})).rcode == Rcode::NotImp);
  CHECK(judge(test::query("example.", {.type = wire::Type::OPT})).rcode == Rcode::FormErr);
}

TEST_CASE("a question without RD is not ours to answer") {
  CHECK(judge(with_byte(test::query("www.example."), 2, 0)).rcode == Rcode::Refused);
}

TEST_CASE("version and identity are told only where configured") {
  const std::string text = "mx1 in Osaka";
  const std::string none;
  const auto ask = [&](std::string_view name, const server::Identity& identity) {
    return server::answer_chaos({wire::Name::literal(name), wire::Type::TXT, wire::Class::CH}, identity);
  };
  const auto told = ask("ID.server.", {text, none});
  REQUIRE(told.answer.size() == 1);
  CHECK((*told.answer[0].rdatas.begin()).size() == text.size() + 1);
  CHECK(ask("version.bind.", {text, none}).rcode == Rcode::Refused);
  CHECK(ask("version.bind.", {none, text}).rcode == Rcode::NoError);
  CHECK(ask("authors.bind.", {text, text}).rcode == Rcode::Refused);
}
