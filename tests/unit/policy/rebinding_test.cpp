#include "policy/rebinding.hpp"

#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

const RebindingRule kOn{.is_on = true, .exempt = {wire::Name::literal("corp.example.")}};

wire::Address address(std::string_view text) { return *wire::Address::parse(text); }

const wire::Bytes kPrivateHint{0, 4, 0, 4, 10, 0, 0, 1};

// An HTTPS RRset: priority 1, target ".", and these octets as its parameters.
wire::RRset https(std::initializer_list<wire::Bytes> params) {
  auto rrset = record("www.example. 300 IN HTTPS 1 .");
  wire::Bytes rdata{0, 1, 0};
  for (const auto& param : params) rdata.insert(rdata.end(), param.begin(), param.end());
  rrset.rdatas = {};
  rrset.rdatas.add(rdata);
  return rrset;
}

wire::Answer guarded(wire::Answer answer, Type type, Applied& applied, const RebindingRule& rule = kOn) {
  withhold_private(rule, ask("www.example.", type), answer, validating_client({}), applied);
  return answer;
}

}  // namespace

TEST_CASE("addresses that lead into a private network or to this host are private") {
  for (const auto* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "10.255.255.255",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1",
                           "::10.0.0.1",
                           "::ffff:0:192.168.1.1",
                           "64:ff9b::a00:1",
                           "64:ff9b:1::a00:1",
                           "64:ff9b:1:7::c0a8:1",
                           "2002:c0a8:101::1",
                           "fc00::1",
                           "fdff::1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1"}) {
    CAPTURE(text);
    CHECK(is_private(address(text)));
  }
}

TEST_CASE("their neighbours are not") {
  for (const auto* text : {"1.0.0.0",
                           "9.255.255.255",
                           "11.0.0.0",
                           "100.63.255.255",
                           "100.128.0.0",
                           "126.255.255.255",
                           "128.0.0.1",
                           "169.253.255.255",
                           "169.255.0.0",
                           "172.15.255.255",
                           "172.32.0.0",
                           "192.167.255.255",
                           "192.169.0.0",
                           "192.0.2.1",
                           "255.255.255.254",
                           "::ffff:192.0.2.1",
                           "64:ff9b::c000:201",
                           "2002:c000:201::1",
                           "64:ff9b:1::c000:201",
                           "64:ff9b:2::a00:1",
                           "2001:db8::1",
                           "fbff::1",
                           "fe00::1",
                           "fe7f::1",
                           "ff02::1"}) {
    CAPTURE(text);
    CHECK_FALSE(is_private(address(text)));
  }
}

TEST_CASE("a private address is withheld: no such record, blocked, without AD, whatever DO says") {
  Applied applied;
  const auto answer =
      guarded(positive({with_signature(record("www.example. 300 IN A 10.0.0.1"), 64)}), Type::A, applied);
  CHECK(answer.rcode == wire::Rcode::NoError);
  CHECK(answer.answer.empty());
  CHECK(types(answer.authority) == std::vector{Type::SOA});
  CHECK_FALSE(answer.authentic);
  REQUIRE(answer.errors.size() == 1);
  CHECK(answer.errors[0].code == wire::Ede::Blocked);
  CHECK(applied.has(Rewriter::Rebinding));
}

TEST_CASE("the public addresses beside it stay, without the signature of the whole") {
  Applied applied;
  const auto mixed = records({"www.example. 300 IN A 192.0.2.1", "www.example. 300 IN A 192.168.1.1"});
  const auto answer = guarded(positive({with_signature(mixed, 64)}), Type::A, applied);
  REQUIRE(answer.answer.size() == 1);
  CHECK(texts(answer.answer[0]) == std::vector<std::string>{"192.0.2.1"});
  CHECK(answer.answer[0].signatures.empty());
  CHECK(answer.authority.empty());
}

TEST_CASE("the owner of the address decides, not the name that was asked for") {
  Applied applied;
  const auto inwards = positive(
      {record("www.example. 300 IN CNAME www.corp.example."), record("www.corp.example. 300 IN A 10.0.0.1")});
  CHECK(guarded(inwards, Type::A, applied).answer == inwards.answer);
  CHECK(guarded(inwards, Type::A, applied).authentic);
  CHECK_FALSE(applied.any());
  const auto outwards = positive(
      {record("www.corp.example. 300 IN CNAME evil.example."), record("evil.example. 300 IN AAAA fd00::1")});
  const auto answer = guarded(outwards, Type::AAAA, applied);
  CHECK(types(answer.answer) == std::vector{Type::CNAME});
  CHECK(answer.authority.at(0).owner.text() == "evil.example.");
}

TEST_CASE("hints of HTTPS and SVCB go, and with them their place among the mandatory keys") {
  Applied applied;
  const auto https =
      record("www.example. 300 IN HTTPS 1 . mandatory=alpn,ipv4hint alpn=h2 ipv4hint=10.0.0.1");
  auto answer = guarded(positive({https}), Type::HTTPS, applied);
  CHECK(texts(answer.answer.at(0)) == texts(record("www.example. 300 IN HTTPS 1 . mandatory=alpn alpn=h2")));
  answer = guarded(positive({record("_dns.example. 300 IN SVCB 1 x. ipv6hint=2001:db8::1,::1")}), Type::SVCB,
                   applied);
  CHECK(texts(answer.answer.at(0)) == texts(record("_dns.example. 300 IN SVCB 1 x.")));
  CHECK(answer.errors.at(0).code == wire::Ede::Blocked);
  const auto fine = record("www.example. 300 IN HTTPS 1 . ipv4hint=192.0.2.1");
  CHECK(guarded(positive({fine}), Type::HTTPS, applied).answer == std::vector{fine});
}

TEST_CASE("a service record that cannot be read is withheld, and the records beside it stay") {
  for (const auto& broken : {
           https({kPrivateHint, {0}}),                        // half a parameter behind the hint
           https({kPrivateHint, {0, 1, 0, 9, 2, 'h', '2'}}),  // a length beyond the end
           https({{0, 0, 0, 1, 4}, kPrivateHint}),            // half a mandatory key
           https({{0, 4, 0, 5, 10, 0, 0, 1}}),                // a hint that is cut off
       }) {
    Applied applied;
    auto answer = guarded(positive({with_signature(broken, 64)}), Type::HTTPS, applied);
    CHECK(answer.answer.empty());
    CHECK(types(answer.authority) == std::vector{Type::SOA});
    CHECK(answer.errors.at(0).code == wire::Ede::Blocked);
    auto both = broken;
    both.rdatas.add(*record("www.example. 300 IN HTTPS 2 x.").rdatas.begin());
    answer = guarded(positive({with_signature(both, 64)}), Type::HTTPS, applied);
    CHECK(texts(answer.answer.at(0)) == texts(record("www.example. 300 IN HTTPS 2 x.")));
    CHECK(answer.answer.at(0).signatures.empty());
    CHECK(guarded(positive({broken}), Type::HTTPS, applied, {}).answer == std::vector{broken});
    auto exempt = broken;
    exempt.owner = wire::Name::literal("www.corp.example.");
    CHECK(guarded(positive({exempt}), Type::HTTPS, applied).answer == std::vector{exempt});
  }
}

TEST_CASE("a hint of half an address is removed, and the rest of its record stays") {
  for (const wire::Bytes& hint : {wire::Bytes{0, 4, 0, 3, 10, 0, 0}, wire::Bytes{0, 6, 0, 4, 0xfd, 0, 0, 1},
                                  wire::Bytes{0, 4, 0, 5, 192, 0, 2, 1, 10}}) {
    Applied applied;
    const auto answer = guarded(positive({https({{0, 1, 0, 3, 2, 'h', '2'}, hint})}), Type::HTTPS, applied);
    CHECK(texts(answer.answer.at(0)) == texts(record("www.example. 300 IN HTTPS 1 . alpn=h2")));
    CHECK(applied.has(Rewriter::Rebinding));
  }
}

TEST_CASE("additional addresses go silently: AD does not speak of them") {
  Applied applied;
  auto mx = positive({record("www.example. 300 IN MX 1 mail.example.")});
  mx.additional = {record("mail.example. 300 IN A 127.0.0.1"),
                   record("mail.example. 300 IN AAAA 2001:db8::1")};
  const auto answer = guarded(mx, Type::MX, applied);
  CHECK(types(answer.additional) == std::vector{Type::AAAA});
  CHECK(answer.authentic);
  CHECK(answer.errors.empty());
  CHECK(applied.has(Rewriter::Rebinding));
}

TEST_CASE("switched off, and for failures, nothing is touched") {
  Applied applied;
  const auto answer = positive({record("www.example. 300 IN A 10.0.0.1")});
  CHECK(guarded(answer, Type::A, applied, {}).answer == answer.answer);
  CHECK(guarded(failure(), Type::A, applied).rcode == wire::Rcode::ServFail);
  CHECK_FALSE(applied.any());
}
