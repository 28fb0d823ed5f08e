#include <array>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/builder.hpp"
#include "wire/presentation.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

struct Built {
  std::array<std::uint8_t, 2048> buffer{};
  MessageBuilder builder{buffer, 2048};

  [[nodiscard]] bool add(std::string_view line) {
    return builder.add(Section::Answer, parse_record(line).value(), 300, false);
  }
  // What is behind the question.
  [[nodiscard]] Bytes records(std::size_t question_size) {
    return tests::copy_of(builder.finish().subspan(kHeaderSize + question_size));
  }
};

}  // namespace

TEST_CASE("owners and old types' names are compressed onto what stands there already") {
  Built built;
  REQUIRE(built.builder.add_question({Name::literal("example.org"), Type::MX, Class::IN}));
  REQUIRE(built.add("example.org. 300 IN MX 10 mail.example.org."));
  REQUIRE(built.add("mail.example.org. 300 IN MX 20 a.mail.example.org."));
  const RawMessage expected = RawMessage()
                                  .pointer(12)
                                  .fixed(Type::MX, 9)
                                  .u16(10)
                                  .u8(4)
                                  .text("mail")
                                  .pointer(12)
                                  .pointer(43)
                                  .fixed(Type::MX, 6)
                                  .u16(20)
                                  .u8(1)
                                  .text("a")
                                  .pointer(43);
  CHECK(built.records(17) == tests::copy_of(expected.view()));
}

TEST_CASE("the client's spelling of the question is echoed, and owners that equal it show it too") {
  Built built;
  const RawMessage question = RawMessage().question("eXample.ORG", Type::A);
  REQUIRE(built.builder.add_question_bytes(question.view()));
  REQUIRE(built.add("example.org. 300 IN A 192.0.2.1"));
  const RawMessage expected = RawMessage().pointer(12).fixed(Type::A, 4).u8(192).u8(0).u8(2).u8(1);
  CHECK(built.records(17) == tests::copy_of(expected.view()));
  CHECK(tests::copy_of(built.builder.finish().subspan(12, 17)) == tests::copy_of(question.view()));
}

TEST_CASE("a name of other case is not compressed onto: a pointer would change it") {
  Built built;
  REQUIRE(built.builder.add_question({Name::literal("www.EXAMPLE.org"), Type::CNAME, Class::IN}));
  REQUIRE(built.add("www.example.org. 300 IN CNAME ftp.example.org."));
  // Only "org" is the same octet for octet.
  const RawMessage expected =
      RawMessage().pointer(12).fixed(Type::CNAME, 14).u8(3).text("ftp").u8(7).text("example").pointer(24);
  CHECK(built.records(21) == tests::copy_of(expected.view()));
}

TEST_CASE("names in newer types stay whole, and nothing points into opaque RDATA") {
  Built built;
  REQUIRE(built.builder.add_question({Name::literal("example.org"), Type::SRV, Class::IN}));
  REQUIRE(built.add("example.org. 300 IN SRV 1 2 3 host.example.org."));
  REQUIRE(built.add("host.example.org. 300 IN A 192.0.2.1"));
  const RawMessage expected = RawMessage()
                                  .pointer(12)
                                  .fixed(Type::SRV, 24)
                                  .u16(1)
                                  .u16(2)
                                  .u16(3)
                                  .name("host.example.org")
                                  .u8(4)
                                  .text("host")
                                  .pointer(12)
                                  .fixed(Type::A, 4)
                                  .u8(192)
                                  .u8(0)
                                  .u8(2)
                                  .u8(1);
  CHECK(built.records(17) == tests::copy_of(expected.view()));
}

TEST_CASE("no name points at an offset that 14 bits can not hold") {
  std::vector<std::uint8_t> buffer(40'000);
  MessageBuilder builder(buffer, buffer.size());
  RRset filler{.owner = Name::literal("a.test"), .type = Type{65280}};
  filler.rdatas.add(Bytes(17'000));
  REQUIRE(builder.add(Section::Answer, filler, 1, false));
  const auto late = parse_record("late.example. 1 IN A 192.0.2.1").value();
  REQUIRE(builder.add(Section::Answer, late, 1, false));
  REQUIRE(builder.add(Section::Answer, late, 1, false));
  const auto message = MessageView::parse(builder.finish());
  REQUIRE(message);
  for (auto record = ++message->begin(); record != message->end(); ++record) {
    CHECK(message->owner(*record) == late.owner);
  }
}

TEST_CASE("what is built reads back as it was") {
  Built built;
  const auto soa = parse_record("Zone.test. 60 IN SOA ns.zone.test. hostmaster.zone.test. 1 2 3 4 5").value();
  auto signed_mx = parse_record("zone.test. 60 IN MX 10 mx.zone.test.").value();
  signed_mx.signatures.add(
      *parse_rdata(Type::RRSIG, "MX 13 2 60 20300101000000 20200101000000 1 zone.test. aaaa"));
  built.builder.set_header({.id = 7, .qr = true, .tc = true, .rcode_low = 3});
  REQUIRE(built.builder.add_question({Name::literal("zone.test"), Type::MX, Class::IN}));
  REQUIRE(built.builder.add(Section::Answer, signed_mx, 60, true));
  REQUIRE(built.builder.add(Section::Authority, soa, 60, true));
  const auto message = MessageView::parse(built.builder.finish());
  REQUIRE(message);
  CHECK(message->header().tc);
  CHECK(message->header().answer_count == 2);
  CHECK(message->rcode() == Rcode::NxDomain);
  const auto answer = read_answer(*message);
  REQUIRE(answer);
  CHECK(answer->answer == std::vector{signed_mx});
  CHECK(answer->authority == std::vector{soa});
}

}  // namespace shirube::wire
