#include <array>

#include <catch2/catch.hpp>

#include "dnssec/canonical.hpp"
#include "tests/support/signing.hpp"
#include "wire/presentation.hpp"

namespace shirube::dnssec {
namespace {

// What a signature without further fields is made over, by our own canonical form.
wire::Bytes our_data(const wire::RRset& rrset, std::uint8_t labels, std::uint32_t ttl) {
  const Rrsig rrsig{.labels = labels, .original_ttl = ttl, .signer = {}};
  wire::Bytes data;
  CanonicalRRset(rrset).signed_data(rrsig, data);
  return {data.begin() + 1, data.end()};  // without the signer, the root
}

// The same by ldns.
wire::Bytes ldns_data(const wire::RRset& rrset, std::uint32_t ttl) {
  const auto records = test::ldns_records(rrset);
  for (std::size_t i = 0; i < ldns_rr_list_rr_count(records.get()); ++i) {
    ldns_rr* const record = ldns_rr_list_rr(records.get(), i);
    ldns_rr2canonical(record);
    ldns_rr_set_ttl(record, ttl);
  }
  ldns_rr_list_sort(records.get());
  const test::LdnsBuffer buffer(ldns_buffer_new(65536));
  REQUIRE(ldns_rr_list2buffer_wire(buffer.get(), records.get()) == LDNS_STATUS_OK);
  return {ldns_buffer_begin(buffer.get()),
          ldns_buffer_begin(buffer.get()) + ldns_buffer_position(buffer.get())};
}

void check_same(const wire::RRset& rrset) {
  INFO(wire::to_text(rrset.type));
  const auto labels = static_cast<std::uint8_t>(rrset.owner.label_count());
  CHECK(our_data(rrset, labels, 7) == ldns_data(rrset, 7));
}

TEST_CASE("names are lowered in the RDATA of the types of RFC 4034, as ldns does") {
  for (const std::string_view line : {
           "WWW.Example. 300 IN NS NS.Example.",
           "WWW.Example. 300 IN TYPE3 \\# 5 03414243 00",
           "WWW.Example. 300 IN CNAME CName.Example.",
           "WWW.Example. 300 IN SOA NS.Example. Host.Example. 1 2 3 4 5",
           "WWW.Example. 300 IN PTR PTR.Example.",
           "WWW.Example. 300 IN MINFO One.Example. Two.Example.",
           "WWW.Example. 300 IN MX 10 MAIL.Example.",
           "WWW.Example. 300 IN RP Mbox.Example. Text.Example.",
           "WWW.Example. 300 IN AFSDB 1 Cell.Example.",
           "WWW.Example. 300 IN RT 1 Relay.Example.",
           "WWW.Example. 300 IN PX 1 Map822.Example. MapX400.Example.",
           "WWW.Example. 300 IN NAPTR 1 2 \"S\" \"SIP+D2U\" \"!^.*$!A!\" Replace.Example.",
           "WWW.Example. 300 IN KX 1 KX.Example.",
           "WWW.Example. 300 IN SRV 1 2 3 Target.Example.",
           "WWW.Example. 300 IN DNAME DName.Example.",
       }) {
    const auto rrset = test::rrset_of({line});
    check_same(rrset);
    const auto data = our_data(rrset, 2, 7);
    const std::size_t head = 13 + 10;  // owner, then the fixed fields
    CHECK(std::equal(data.begin() + head, data.end(), (*rrset.rdatas.begin()).begin()) == false);
  }
}

TEST_CASE("all other RDATA is signed as it stands, as ldns does") {
  for (const std::string_view line : {
           "WWW.Example. 300 IN A 192.0.2.1",
           "WWW.Example. 300 IN TXT \"Some Text\" \"AND MORE\"",
           "WWW.Example. 300 IN HINFO \"PDP-11\" \"UNIX\"",
           "WWW.Example. 300 IN NSEC Next.Example. A RRSIG NSEC",
           "WWW.Example. 300 IN HTTPS 1 Target.Example. alpn=h2",
           "WWW.Example. 300 IN CAA 0 issue \"CA.Example\"",
           "WWW.Example. 300 IN TYPE65280 \\# 5 03414243 00",
       }) {
    const auto rrset = test::rrset_of({line});
    check_same(rrset);
    const auto data = our_data(rrset, 2, 7);
    CHECK(wire::Bytes(data.begin() + 13 + 10, data.end()) == test::owned(*rrset.rdatas.begin()));
  }
}

TEST_CASE("the signer in the RDATA of an RRSIG is lowered") {
  const auto rrset =
      test::rrset_of({"example. 300 IN RRSIG A 13 1 300 20300101000000 20290101000000 1 Example. qrs="});
  check_same(rrset);
}

TEST_CASE("records are in order of their RDATA, a shorter one first, each once") {
  auto rrset = test::rrset_of({"a.example. 300 IN MX 10 Z.Example.", "a.example. 300 IN MX 10 b.example.",
                               "a.example. 300 IN MX 5 y.example.", "a.example. 300 IN MX 10 b."});
  check_same(rrset);
  auto twice = rrset;
  twice.rdatas.add(*rrset.rdatas.begin());
  twice.rdatas.add(wire::parse_rdata(wire::Type::MX, "10 z.EXAMPLE.").value());  // the same when lowered
  CHECK(our_data(twice, 2, 7) == our_data(rrset, 2, 7));

  wire::RRset texts{.owner = wire::Name::literal("t.example."), .type = wire::Type::TXT};
  for (const auto& text :
       {wire::Bytes{1, 0xff}, wire::Bytes{1, 0x7f}, wire::Bytes{1, 0, 0}, wire::Bytes{1, 0}}) {
    texts.rdatas.add(text);
  }
  const auto data = our_data(texts, 2, 7);
  const wire::Bytes lengths_in_order{2, 3, 2, 2};
  std::size_t at = 0;
  for (const auto length : lengths_in_order) {
    REQUIRE(at + 11 + 10 <= data.size());
    CHECK(data[at + 11 + 9] == length);
    at += 11 + 10 + length;
  }
  CHECK(at == data.size());
}

TEST_CASE("names are in the order of RFC 4034 §6.1") {
  const std::array names = {"example.",         "a.example.",      "yljkjljk.a.example.",
                            "Z.a.example.",     "zABC.a.EXAMPLE.", "z.example.",
                            "\\001.z.example.", "*.z.example.",    "\\200.z.example."};
  for (std::size_t i = 1; i < names.size(); ++i) {
    INFO(names[i]);
    const auto before = wire::Name::literal(names[i - 1]);
    const auto after = wire::Name::literal(names[i]);
    CHECK(before.compare_canonical(after) < 0);
    CHECK(after.compare_canonical(before) > 0);
  }
}

TEST_CASE("the owner is lowered, and cut behind an asterisk to the labels that are signed") {
  const auto rrset = test::rrset_of({"A.B.Example. 300 IN A 192.0.2.1"});
  const auto signed_as = [&](std::uint8_t labels) {
    const auto data = our_data(rrset, labels, 7);
    return wire::Name::from_checked_wire(wire::BytesView(data).first(wire::measure_name(data).value()));
  };
  CHECK(signed_as(3).same_case_as(wire::Name::literal("a.b.example.")));
  CHECK(signed_as(2).same_case_as(wire::Name::literal("*.b.example.")));
  CHECK(signed_as(1).same_case_as(wire::Name::literal("*.example.")));
  CHECK(signed_as(0).same_case_as(wire::Name::literal("*.")));
}

TEST_CASE("a leading asterisk and the root are no labels of a signature") {
  CHECK(signed_labels(wire::Name::literal(".")) == 0);
  CHECK(signed_labels(wire::Name::literal("*.")) == 0);
  CHECK(signed_labels(wire::Name::literal("*.example.")) == 1);
  CHECK(signed_labels(wire::Name::literal("a.*.example.")) == 3);
  CHECK(signed_labels(wire::Name::literal("www.example.")) == 2);
}

TEST_CASE("RDATA that does not hold what its type needs is signed as it stands") {
  wire::RRset rrset{.owner = wire::Name::literal("example."), .type = wire::Type::MX};
  const wire::Bytes cut{0, 10, 5, 'A', 'B'};
  rrset.rdatas.add(cut);
  const auto data = our_data(rrset, 1, 7);
  CHECK(wire::Bytes(data.begin() + 9 + 10, data.end()) == cut);
}

}  // namespace
}  // namespace shirube::dnssec
