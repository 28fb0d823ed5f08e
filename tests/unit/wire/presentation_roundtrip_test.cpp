#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/presentation.hpp"

namespace shirube::wire {

TEST_CASE("a record's text comes back as it was read") {
  for (const char* text : {"A 192.0.2.1", "AAAA 2001:db8::1", "MX 10 mail.example.", "CNAME a\\.b.example.",
                           "SOA ns.example. host.example. 1 2 3 4 5", "TXT \"a b\" \"c;d\\\"\"",
                           "SRV 1 2 3 h.example.", "CAA 0 issue \"ca.example\"", "TYPE65280 \\# 4 c0000201",
                           "TYPE65280 \\# 0", "HTTPS 1 . alpn=h2 ipv6hint=2001:db8::1", "DS 1 13 2 aabbccdd",
                           "NAPTR 10 20 \"S\" \"x\" \"\" _sip.example."}) {
    INFO(text);
    const std::string_view line = text;
    const std::size_t space = line.find(' ');
    const auto rrset = parse_record("example. 300 IN " + std::string(line));
    REQUIRE(rrset);
    CHECK(rrset->type == parse_type(line.substr(0, space)));
    REQUIRE(rrset->rdatas.count() == 1);
    CHECK(rdata_text(rrset->type, *rrset->rdatas.begin()) == line.substr(space + 1));
  }
}

TEST_CASE("a line gives owner, TTL and class") {
  const auto rrset = parse_record("Example.ORG. 77 IN MX 10 mail.example.");
  REQUIRE(rrset);
  CHECK(rrset->owner.same_case_as(Name::literal("Example.ORG")));
  CHECK(rrset->ttl == 77);
  CHECK(rrset->klass == Class::IN);
  CHECK(tests::copy_of(*rrset->rdatas.begin()) ==
        tests::copy_of(tests::RawMessage().u16(10).name("mail.example").view()));
}

TEST_CASE("text that is no record of its type is refused") {
  for (const char* line : {"", "$TTL 3", "example.", "e. 1 IN A", "e. 1 IN A 192.0.2",
                           "e. 1 IN MX mail.example.", "e. 1 IN CNAME a. b.", "e. 1 IN ANY",
                           "e. 1 IN TYPE1 \\# 3 c00002", "e. 1 IN A 192.0.2.1\nf. 1 IN A 192.0.2.2"}) {
    INFO(line);
    CHECK_FALSE(parse_record(line));
  }
  CHECK_FALSE(parse_rdata(Type::A, "192.0.2.1 ; and\nmore"));
  CHECK_FALSE(parse_rdata(Type::OPT, "\\# 0"));
}

TEST_CASE("RDATA that is not what its type says is written in the general form") {
  CHECK(rdata_text(Type::A, Bytes{1, 2}) == "\\# 2 0102");
  CHECK(rdata_text(Type::TXT, Bytes{5, 'a'}) == "\\# 2 0561");
  CHECK(rdata_text(Type::CNAME, Bytes{0xC0, 12}) == "\\# 2 c00c");
  CHECK(rdata_text(Type::TXT, Bytes{}) == "\\# 0");
}

}  // namespace shirube::wire
