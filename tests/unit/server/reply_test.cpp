#include "server/reply.hpp"

#include <catch2/catch.hpp>

#include "tests/support/query_maker.hpp"

using namespace shirube;
using wire::Section;

namespace {

struct Rendered {
  wire::Bytes bytes;
  [[nodiscard]] wire::MessageView view() const { return *wire::MessageView::parse(bytes); }
  [[nodiscard]] std::size_t count(Section section) const {
    std::size_t found = 0;
    const auto message = view();
    for (const auto& record : message)
      found += record.section == section && record.type != wire::Type::OPT ? 1U : 0U;
    return found;
  }
};

[[nodiscard]] Rendered render(const wire::Answer& answer, const wire::Bytes& query, bool tcp = false) {
  const auto view = test::view_of(query);
  Rendered rendered{wire::Bytes(65535)};
  rendered.bytes.resize(
      server::write_reply(answer, view.question, server::reply_form(view, tcp), rendered.bytes));
  return rendered;
}

[[nodiscard]] wire::Answer many_addresses(int count) {
  wire::Answer answer;
  auto rrset = test::record("www.example. 300 IN A 192.0.2.0");
  for (int i = 1; i < count; ++i) rrset.rdatas.add(wire::Bytes{192, 0, 2, static_cast<std::uint8_t>(i)});
  answer.answer.push_back(rrset);
  return answer;
}

}  // namespace

TEST_CASE("what was asked for and does not fit sets TC; TCP has room for it") {
  const auto answer = many_addresses(60);
  const auto plain = render(answer, test::query("www.example."));
  CHECK(plain.view().header().tc);
  CHECK(plain.bytes.size() <= 512);
  CHECK_FALSE(render(answer, test::query("www.example.", {.edns_size = 1232})).view().header().tc);
  CHECK(render(answer, test::query("www.example."), true).count(Section::Answer) == 60);
}

TEST_CASE("an answer larger than any message is SERVFAIL over TCP and says so; over UDP it is cut") {
  // 6,000 addresses of one name need 96,000 octets.
  const auto answer = many_addresses(6'000);
  const auto over_tcp = render(answer, test::query("www.example.", {.edns_size = 1232}), true);
  const auto message = over_tcp.view();
  CHECK(message.rcode() == wire::Rcode::ServFail);
  CHECK_FALSE(message.header().tc);
  CHECK(over_tcp.count(Section::Answer) == 0);
  REQUIRE(message.has_opt());
  const auto errors = wire::read_extended_errors(*message.opt());
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].text == "the answer is larger than a DNS message (65,535 octets)");
  const auto plain = render(answer, test::query("www.example."), true);
  CHECK(plain.view().rcode() == wire::Rcode::ServFail);
  CHECK(render(answer, test::query("www.example.", {.edns_size = 1232})).view().header().tc);
  CHECK(render(many_addresses(4'000), test::query("www.example."), true).count(Section::Answer) == 4'000);
}

TEST_CASE("no UDP reply is larger than 1232 octets, and none needs less than 512") {
  CHECK(render(many_addresses(90), test::query("www.example.", {.edns_size = 65535})).bytes.size() <= 1232);
  CHECK_FALSE(render(many_addresses(25), test::query("www.example.", {.edns_size = 0})).view().header().tc);
}

TEST_CASE("additional data that does not fit is left out without TC") {
  auto answer = many_addresses(25);
  answer.additional.push_back(test::record("mail.example. 300 IN A 192.0.2.9"));
  answer.additional.back().rdatas = many_addresses(20).answer[0].rdatas;
  const auto reply = render(answer, test::query("www.example."));
  CHECK_FALSE(reply.view().header().tc);
  CHECK(reply.count(Section::Answer) == 25);
  CHECK(reply.count(Section::Additional) == 0);
}

TEST_CASE("OPT and its errors go to clients with EDNS only") {
  wire::Answer failed;
  failed.rcode = wire::Rcode::ServFail;
  failed.errors.push_back({wire::Ede::NoReachableAuthority, "nobody home"});
  CHECK_FALSE(render(failed, test::query("www.example.")).view().has_opt());
  const auto reply = render(failed, test::query("www.example.", {.edns_size = 1232}));
  const auto message = reply.view();
  REQUIRE(message.has_opt());
  const auto errors = wire::read_extended_errors(*message.opt());
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].text == "nobody home");
  CHECK(message.rcode() == wire::Rcode::ServFail);
}

TEST_CASE("errors take only the room that data leaves, and never silence a reply") {
  auto answer = many_addresses(29);
  answer.errors.assign(3, {wire::Ede::StaleAnswer, std::string(wire::kMaxEdeText, 'x')});
  const auto stale = render(answer, test::query("www.example.", {.edns_size = 512}));
  CHECK_FALSE(stale.view().header().tc);
  CHECK(stale.count(Section::Answer) == 29);
  CHECK(stale.view().has_opt());
  wire::Answer failed;
  failed.rcode = wire::Rcode::ServFail;
  failed.errors.assign(4, {wire::Ede::Other, std::string(wire::kMaxEdeText, 'x')});
  const auto label = std::string(60, 'a');
  const auto reply = render(failed, test::query(label + '.' + label + '.' + label + '.', {.edns_size = 512}));
  CHECK(reply.view().rcode() == wire::Rcode::ServFail);
  CHECK(reply.bytes.size() <= 512);
}

TEST_CASE("RA is always set, RD and CD as asked, AD only for authentic answers to who asked") {
  auto answer = many_addresses(1);
  const auto plain = render(answer, test::query("www.example."));
  CHECK(plain.view().header().ra);
  CHECK(plain.view().header().rd);
  CHECK_FALSE(
      render(answer, test::query("www.example.", {.edns_size = 1232, .dnssec_ok = true})).view().header().ad);
  answer.authentic = true;
  CHECK(
      render(answer, test::query("www.example.", {.edns_size = 1232, .dnssec_ok = true})).view().header().ad);
  CHECK_FALSE(render(answer, test::query("www.example.")).view().header().ad);
}

TEST_CASE("signatures and denial proofs go to DO clients only") {
  auto answer = many_addresses(1);
  // A covers, algorithm 13, two labels, three times, a key tag, signer ".", and a signature of one octet.
  answer.answer[0].signatures.add(wire::Bytes{0, 1, 13, 2, 0, 0, 1, 44, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 7});
  answer.authority.push_back(test::record("example. 300 IN NSEC www.example. A RRSIG NSEC"));
  CHECK(render(answer, test::query("www.example.")).count(Section::Answer) == 1);
  CHECK(render(answer, test::query("www.example.")).count(Section::Authority) == 0);
  const auto secure = render(answer, test::query("www.example.", {.edns_size = 1232, .dnssec_ok = true}));
  CHECK(secure.count(Section::Answer) == 2);
  CHECK(secure.count(Section::Authority) == 1);
}

TEST_CASE("AD goes to who set AD or DO, with CD and without, and never without a judgement") {
  auto answer = many_addresses(1);
  for (const bool authentic : {false, true}) {
    answer.authentic = authentic;
    const auto ad = [&](const test::Ask& options) {
      return render(answer, test::query("www.example.", options)).view().header().ad;
    };
    CHECK(ad({.wants_ad = true}) == authentic);
    CHECK(ad({.wants_ad = true, .checking_disabled = true}) == authentic);
    CHECK(ad({.edns_size = 1232, .dnssec_ok = true}) == authentic);
    CHECK(ad({.edns_size = 1232, .dnssec_ok = true, .checking_disabled = true}) == authentic);
    CHECK_FALSE(ad({.edns_size = 1232}));
    CHECK_FALSE(ad({.checking_disabled = true}));
  }
}

TEST_CASE("who asks for signatures or proofs gets them without DO; who asks for addresses does not") {
  wire::Answer answer = many_addresses(1);
  answer.answer.push_back(test::record("www.example. 300 IN NSEC x.example. A RRSIG NSEC"));
  wire::RRset signatures{.owner = wire::Name::literal("www.example."), .type = wire::Type::RRSIG, .ttl = 300};
  signatures.rdatas.add(wire::Bytes{0, 1, 13, 2, 0, 0, 1, 44, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 7});
  answer.answer.push_back(signatures);
  const auto shown = [&](wire::Type type) {
    return render(answer, test::query("www.example.", {.type = type})).count(Section::Answer);
  };
  CHECK(shown(wire::Type::A) == 1);
  CHECK(shown(wire::Type::NSEC) == 2);
  CHECK(shown(wire::Type::RRSIG) == 2);
  CHECK(shown(wire::Type::ANY) == 3);
  CHECK(render(answer, test::query("www.example.", {.edns_size = 1232, .dnssec_ok = true}))
            .count(Section::Answer) == 3);
}

TEST_CASE("the question comes back in the case in which it was asked") {
  const auto reply = render(many_addresses(1), test::query("wWw.eXample."));
  CHECK(reply.view().question()->name.same_case_as(wire::Name::literal("wWw.eXample.")));
}
