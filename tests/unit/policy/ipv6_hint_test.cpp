#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Bytes;
using wire::Type;

namespace {

const wire::Question kAsked = ask("www.example.", Type::HTTPS);
const Bytes kAlpn{0, 1, 0, 3, 2, 'h', '2'};
const Bytes kIpv4Hint{0, 4, 0, 4, 192, 0, 2, 1};
const Bytes kIpv6Hint{0, 6, 0, 16, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

Bytes join(std::initializer_list<Bytes> pieces) {
  Bytes out;
  for (const Bytes& piece : pieces) out.insert(out.end(), piece.begin(), piece.end());
  return out;
}

// Priority 1, target "svc.".
Bytes service(std::initializer_list<Bytes> params) {
  return join({{0, 1, 3, 's', 'v', 'c', 0}, join(params)});
}

wire::Answer https(const Bytes& rdata) {
  wire::RRset rrset{.owner = kAsked.name,
                    .type = Type::HTTPS,
                    .klass = wire::Class::IN,
                    .ttl = 60,
                    .rdatas = {},
                    .signatures = {}};
  rrset.rdatas.add(rdata);
  return positive({with_signature(rrset, 64)});
}

Bytes after_rewrite(const Bytes& rdata, bool expect_change) {
  auto answer = https(rdata);
  Applied applied;
  rewrite(kAsked, answer, {}, edns_client({.ipv4_only = true}), applied);
  CHECK(applied.has(Rewriter::Ipv4OnlyHint) == expect_change);
  CHECK(answer.authentic == !expect_change);
  CHECK(answer.errors.size() == (expect_change ? 1 : 0));
  CHECK(answer.answer[0].signatures.empty() == expect_change);
  const wire::BytesView left = *answer.answer[0].rdatas.begin();
  return {left.begin(), left.end()};
}

}  // namespace

TEST_CASE("ipv6hint is taken out, all else stays") {
  CHECK(after_rewrite(service({kAlpn, kIpv4Hint, kIpv6Hint}), true) == service({kAlpn, kIpv4Hint}));
  CHECK(after_rewrite(service({kIpv6Hint, {0, 7, 0, 1, 'x'}}), true) == service({{0, 7, 0, 1, 'x'}}));
  CHECK(after_rewrite(service({kIpv6Hint}), true) == service({}));
}

TEST_CASE("ipv6hint leaves the list of mandatory keys, an empty list leaves the record") {
  const Bytes both{0, 0, 0, 4, 0, 4, 0, 6};
  const Bytes only_v4{0, 0, 0, 2, 0, 4};
  const Bytes only_v6{0, 0, 0, 2, 0, 6};
  CHECK(after_rewrite(service({both, kIpv4Hint, kIpv6Hint}), true) == service({only_v4, kIpv4Hint}));
  CHECK(after_rewrite(service({only_v6, kAlpn, kIpv6Hint}), true) == service({kAlpn}));
}

TEST_CASE("a record without the hint is not touched") {
  for (const Bytes& rdata : {service({kAlpn, kIpv4Hint}), service({}), Bytes{0, 0, 0}}) {
    CHECK(after_rewrite(rdata, false) == rdata);
  }
}

TEST_CASE("a record that is not well-formed is not touched") {
  const Bytes whole = service({kAlpn, kIpv6Hint});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK(after_rewrite(cut, false) == cut);
  }
  const Bytes odd_mandatory = service({{0, 0, 0, 1, 6}, kIpv6Hint});
  CHECK(after_rewrite(odd_mandatory, false) == odd_mandatory);
}

TEST_CASE("records that become the same are sent once") {
  auto answer = https(service({kAlpn, kIpv6Hint}));
  answer.answer[0].rdatas.add(service({kAlpn}));
  Applied applied;
  rewrite(kAsked, answer, {}, edns_client({.ipv4_only = true}), applied);
  CHECK(answer.answer[0].rdatas.count() == 1);
}

TEST_CASE("a client that set DO keeps the hint") {
  auto answer = https(service({kIpv6Hint}));
  Applied applied;
  rewrite(kAsked, answer, {}, validating_client({.ipv4_only = true}), applied);
  CHECK_FALSE(applied.any());
  CHECK(answer.authentic);
}
