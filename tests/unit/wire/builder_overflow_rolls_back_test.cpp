#include <array>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/builder.hpp"
#include "wire/presentation.hpp"

namespace shirube::wire {
namespace {

RRset two_addresses() {
  RRset rrset = parse_record("www.example.org. 300 IN A 192.0.2.1").value();
  rrset.rdatas.add(Bytes{192, 0, 2, 2});
  return rrset;
}

}  // namespace

TEST_CASE("an RRset that does not fit whole leaves no trace, whatever the limit") {
  // "www.example.org" takes 17 octets, then 14 and a pointer of 2 with 14 more.
  constexpr std::size_t kWhole = kHeaderSize + 17 + 14 + 2 + 14;
  for (std::size_t limit = kHeaderSize; limit <= kWhole; ++limit) {
    std::array<std::uint8_t, 128> buffer{};
    MessageBuilder builder(buffer, limit);
    const bool fits = builder.add(Section::Answer, two_addresses(), 300, false);
    INFO(limit);
    CHECK(fits == (limit == kWhole));
    CHECK(builder.finish().size() == (fits ? kWhole : kHeaderSize));
    CHECK(read_header(builder.finish()).answer_count == (fits ? 2 : 0));
    CHECK(MessageView::parse(builder.finish()));
    if (!fits) CHECK(buffer[limit] == 0);
  }
}

TEST_CASE("names of a rolled back RRset are no pointer targets") {
  std::array<std::uint8_t, 64> buffer{};
  MessageBuilder builder(buffer, buffer.size());
  RRset too_long{.owner = Name::literal("gone.test"), .type = Type::TXT};
  too_long.rdatas.add(Bytes(60));
  REQUIRE_FALSE(builder.add(Section::Answer, too_long, 1, false));
  REQUIRE(builder.add(Section::Answer, parse_record("gone.test. 1 IN A 192.0.2.1").value(), 1, false));
  const auto message = MessageView::parse(builder.finish());
  REQUIRE(message);
  CHECK(message->owner(*message->begin()) == Name::literal("gone.test"));
  CHECK(message->trailing() == 0);
}

TEST_CASE("signatures that do not fit take their records with them") {
  std::array<std::uint8_t, 80> buffer{};
  RRset rrset = two_addresses();
  rrset.signatures.add(Bytes(40));
  MessageBuilder builder(buffer, buffer.size());
  CHECK_FALSE(builder.add(Section::Answer, rrset, 300, true));
  CHECK(builder.size() == kHeaderSize);
  CHECK(builder.add(Section::Answer, rrset, 300, false));
}

TEST_CASE("the reserve is kept free until the OPT is added") {
  const ExtendedError blocked{Ede::Blocked, "listed"};
  const OptToWrite opt{.udp_size = 1400, .dnssec_ok = true, .errors = {&blocked, 1}};
  CHECK(encoded_size(opt) == 11 + 4 + 2 + 6);
  std::array<std::uint8_t, 80> buffer{};
  MessageBuilder builder(buffer, buffer.size());
  builder.reserve(encoded_size(opt));
  REQUIRE_FALSE(builder.add(Section::Answer, two_addresses(), 300, false));  // 59 and 23 octets
  REQUIRE(builder.add_opt(opt, Rcode::BadVers));
  CHECK(builder.size() == kHeaderSize + encoded_size(opt));
  const auto message = MessageView::parse(builder.finish());
  REQUIRE(message);
  CHECK(message->rcode() == Rcode::BadVers);
  CHECK(read_extended_errors(*message->opt()) == std::vector{blocked});
}

TEST_CASE("a question that does not fit or is none is refused") {
  std::array<std::uint8_t, 20> buffer{};
  MessageBuilder builder(buffer, buffer.size());
  CHECK_FALSE(builder.add_question({Name::literal("example.org"), Type::A, Class::IN}));
  CHECK_FALSE(builder.add_question_bytes(Bytes{0, 0, 1}));
  CHECK_FALSE(builder.add_question_bytes(Bytes{0xC0, 12, 0, 1, 0, 1}));
  CHECK(builder.add_question_bytes(Bytes{0, 0, 1, 0, 1}));
  CHECK(read_header(builder.finish()).question_count == 1);
}

}  // namespace shirube::wire
