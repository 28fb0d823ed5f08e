#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/support/sim_client.hpp"
#include "wire/edns.hpp"

using namespace shirube;
using test::query;
using wire::Rcode;
using wire::Type;

namespace {

struct Authority {
  sim::World world;
  sim::Host* host;

  Authority() {
    const auto zone = world.add_zone("a.example", R"(@ SOA ns h 1 2 3 4 60
@ NS ns
www 300 A 192.0.2.1
www 300 RRSIG A 8 3 300 20380101000000 20250101000000 1 a.example. AAAA
)");
    host = &world.add_host("192.0.2.53", sim::Role::Authority, {zone});
  }
  [[nodiscard]] wire::Bytes respond(wire::BytesView bytes) const {
    return world.respond(*host, bytes, false, 1);
  }
};

[[nodiscard]] wire::MessageView parse(const wire::Bytes& bytes) {
  const auto message = wire::MessageView::parse(bytes);
  REQUIRE(message);
  return *message;
}

[[nodiscard]] std::size_t signatures_in(const wire::MessageView& message) {
  std::size_t count = 0;
  for (const auto& record : message) count += record.type == Type::RRSIG ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("an authority answers with AA, without RA, and gives ID, RD and the question's case back") {
  const Authority authority;
  const auto reply = authority.respond(query("wWw.a.example"));
  const auto message = parse(reply);
  CHECK(message.header().id == 4711);
  CHECK(message.header().qr);
  CHECK(message.header().aa);
  CHECK(message.header().rd);
  CHECK_FALSE(message.header().ra);
  CHECK_FALSE(message.header().tc);
  CHECK(message.header().answer_count == 1);
  CHECK(message.question()->name.same_case_as(wire::Name::literal("wWw.a.example")));
}

TEST_CASE("OPT comes only to who sent one, with DO echoed; signatures only with DO or for ANY") {
  const Authority authority;
  const auto plain_reply = authority.respond(query("www.a.example"));
  const auto plain = parse(plain_reply);
  CHECK_FALSE(plain.has_opt());
  CHECK(signatures_in(plain) == 0);

  const auto edns_reply = authority.respond(query("www.a.example", {.edns_size = 1232}));
  const auto edns = parse(edns_reply);
  REQUIRE(edns.has_opt());
  CHECK_FALSE(wire::read_edns(*edns.opt())->dnssec_ok);
  CHECK(signatures_in(edns) == 0);

  const auto secure_reply = authority.respond(query("www.a.example", {.edns_size = 1232, .dnssec_ok = true}));
  const auto secure = parse(secure_reply);
  REQUIRE(secure.has_opt());
  CHECK(wire::read_edns(*secure.opt())->dnssec_ok);
  CHECK(signatures_in(secure) == 1);

  const auto any_reply = authority.respond(query("www.a.example", {.type = Type::ANY}));
  CHECK(signatures_in(parse(any_reply)) == 1);
}

TEST_CASE("broken and foreign queries get their response code, or silence") {
  const Authority authority;
  const auto rcode = [&](wire::Bytes bytes) {
    const auto reply = authority.respond(bytes);
    return parse(reply).rcode();
  };
  CHECK(rcode(query("other.example")) == Rcode::Refused);
  CHECK(rcode(query("a.example", {.type = Type::AXFR})) == Rcode::Refused);
  CHECK(rcode(query("nope.a.example")) == Rcode::NxDomain);

  auto two_questions = query("www.a.example");
  wire::write_u16(&two_questions[4], 2);
  CHECK(rcode(two_questions) == Rcode::FormErr);
  auto no_question = query("www.a.example");
  no_question.resize(wire::kHeaderSize);
  wire::write_u16(&no_question[4], 0);
  CHECK(rcode(no_question) == Rcode::FormErr);
  auto status = query("www.a.example");
  status[2] = 2 << 3;
  CHECK(rcode(status) == Rcode::NotImp);
  auto version_1 = query("www.a.example", {.edns_size = 1232});
  version_1[version_1.size() - 5] = 1;
  CHECK(rcode(version_1) == Rcode::BadVers);

  CHECK(authority.respond(wire::Bytes(5)).empty());
  auto a_reply = query("www.a.example");
  a_reply[2] |= 0x80;
  CHECK(authority.respond(a_reply).empty());
}

TEST_CASE("a recursor sets RA and never AA, and knows all zones") {
  Authority authority;
  const auto& recursor = authority.world.add_host("192.0.2.54", sim::Role::Recursor);
  const auto reply = authority.world.respond(recursor, query("www.a.example"), false, 1);
  const auto message = parse(reply);
  CHECK(message.header().ra);
  CHECK_FALSE(message.header().aa);
  CHECK(message.header().answer_count == 1);
}
