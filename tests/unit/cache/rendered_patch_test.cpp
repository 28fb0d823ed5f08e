// A reply from the rendered cache differs from the kept packet in ID, RD, CD, the letters' case and the TTLs
// alone.
#include <catch2/catch.hpp>

#include "tests/unit/cache/samples.hpp"

using namespace shirube::cache;
using namespace shirube::cache::samples;
namespace wire = shirube::wire;

namespace {
const wire::Name kName = wire::Name::literal("www.example.");

wire::Bytes sample_packet() {
  return reply(question("www.example."),
               {cname("www.example.", "host.example.", 300), a_record("host.example.", 60)});
}
struct Kept {
  RenderedCache cache{kPlenty, kSeed};
  Kept() { cache.insert(rendered_key(kName), sample_packet(), at(0), at(60), at(54)); }
  wire::Bytes answer(const wire::Bytes& asked, double seconds, std::size_t room = 4096) {
    const Rendered* found = cache.find(rendered_key(kName), at(seconds));
    REQUIRE(found != nullptr);
    wire::Bytes out(room, 0xee);
    out.resize(RenderedCache::write_reply(*found, asked, at(seconds), out));
    return out;
  }
};
std::vector<std::uint32_t> ttls(const wire::Bytes& packet) {
  std::vector<std::uint32_t> result;
  const auto message = wire::MessageView::parse(packet);
  REQUIRE(message);
  for (const auto& record : *message) result.push_back(wire::read_u32(&packet[record.ttl_offset]));
  return result;
}
}  // namespace

TEST_CASE("ID, RD, CD and case are the client's, all else is as it was rendered") {
  Kept kept;
  const auto asked = query("wWw.eXAMPLE.", 0xbeef, true, true);
  const auto answer = kept.answer(asked, 0.5);
  auto expected = sample_packet();
  expected[0] = 0xbe;
  expected[1] = 0xef;
  expected[2] |= 0x01;
  expected[3] |= 0x10;
  std::copy(asked.begin() + 12, asked.end(), expected.begin() + 12);
  CHECK(answer == expected);
  CHECK(wire::MessageView::parse(answer)->question()->name.same_case_as(wire::Name::literal("wWw.eXAMPLE.")));
}

TEST_CASE("RD and CD are off when the client left them off") {
  Kept kept;
  const auto answer = kept.answer(query("www.example.", 1, false, false), 0);
  const auto header = wire::read_header(answer);
  CHECK_FALSE(header.rd);
  CHECK_FALSE(header.cd);
  CHECK(header.ra);
  CHECK(header.qr);
}

TEST_CASE("TTLs are lowered by the age, but not the flags in OPT") {
  Kept kept;
  const auto asked = query("www.example.", 1, true, false);
  const std::uint32_t dnssec_ok = 0x8000;
  CHECK(ttls(kept.answer(asked, 0.999)) == std::vector<std::uint32_t>{300, 60, dnssec_ok});
  CHECK(ttls(kept.answer(asked, 1)) == std::vector<std::uint32_t>{299, 59, dnssec_ok});
  CHECK(ttls(kept.answer(asked, 59.9)) == std::vector<std::uint32_t>{241, 1, dnssec_ok});
}

TEST_CASE("a TTL never falls under 1, even when the clock has moved on since the hit") {
  Kept kept;
  const Rendered* found = kept.cache.find(rendered_key(kName), at(59));
  REQUIRE(found != nullptr);
  wire::Bytes out(512);
  const auto size = RenderedCache::write_reply(*found, query("www.example.", 1, true, false), at(1000), out);
  out.resize(size);
  CHECK(ttls(out) == std::vector<std::uint32_t>{1, 1, 0x8000});
}

TEST_CASE("nothing is written when the reply does not fit") {
  Kept kept;
  const auto asked = query("www.example.", 1, true, false);
  const auto size = sample_packet().size();
  CHECK(kept.answer(asked, 0, size).size() == size);
  CHECK(kept.answer(asked, 0, size - 1).empty());
}

TEST_CASE("a query whose name has another length gets nothing") {
  Kept kept;
  CHECK(kept.answer(query("w.example.", 1, true, false), 0).empty());
  CHECK(kept.answer(query("wwwww.example.", 1, true, false), 0).empty());
  auto shorter = query("www.example.", 1, true, false);
  shorter.pop_back();
  CHECK(kept.answer(shorter, 0).empty());
  CHECK(kept.answer({}, 0).empty());
  auto runs_past_the_end = query("www.example.", 1, true, false);
  runs_past_the_end[12] = 63;
  CHECK(kept.answer(runs_past_the_end, 0).empty());
}

TEST_CASE("replies are written to any address") {
  Kept kept;
  const auto asked = query("www.example.", 1, true, false);
  const auto expected = kept.answer(asked, 7);
  wire::Bytes buffer(600);
  for (std::size_t shift = 0; shift < 9; ++shift) {
    const Rendered* found = kept.cache.find(rendered_key(kName), at(7));
    const auto out = wire::BytesSpan(buffer).subspan(shift);
    REQUIRE(RenderedCache::write_reply(*found, asked, at(7), out) == expected.size());
    CHECK(std::equal(expected.begin(), expected.end(), out.begin()));
  }
}

TEST_CASE("what is not a reply to the key is not kept") {
  RenderedCache cache(kPlenty, kSeed);
  const auto packet = sample_packet();
  const auto other = wire::Name::literal("www.other.example.");
  cache.insert(rendered_key(other), packet, at(0), at(60), at(54));
  cache.insert(rendered_key(kName), wire::BytesView(packet).first(20), at(0), at(60), at(54));
  cache.insert(rendered_key(kName), packet, at(0), at(0), at(0));
  cache.insert(rendered_key(kName), wire::Bytes(kMaxRenderedBytes + 1), at(0), at(60), at(54));
  CHECK(cache.statistics().entries == 0);
  CHECK(cache.statistics().bytes == 0);
}
