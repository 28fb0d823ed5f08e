// RFC 9824: a name that a zone denies compactly does not exist, and each client hears it in its own way.
#include <algorithm>

#include <catch2/catch.hpp>

#include "dnssec/records.hpp"
#include "tests/support/judged.hpp"
#include "tests/support/signed_tree_service.hpp"

using namespace shirube;
using test::SignedTreeService;
using wire::Rcode;
using wire::Type;

namespace {

struct Reply {
  explicit Reply(const wire::Bytes& packet)
      : header(wire::read_header(packet)), answer(*wire::read_answer(*wire::MessageView::parse(packet))) {
    wire::MessageView const message = *wire::MessageView::parse(packet);
    for (const auto& record : message) {
      if (record.type != Type::OPT) continue;
      opt = wire::read_edns(record);
      errors = wire::read_extended_errors(record);
    }
  }
  [[nodiscard]] Rcode rcode() const { return Rcode{header.rcode_low}; }
  // Does an NSEC say that its owner does not exist?
  [[nodiscard]] bool has_nxname() const {
    return std::ranges::any_of(answer.authority, [](const wire::RRset& rrset) {
      if (rrset.type != Type::NSEC) return false;
      const auto nsec = dnssec::read_nsec(*rrset.rdatas.begin());
      return nsec && nsec->types.has(Type::NXNAME);
    });
  }

  wire::Header header;
  wire::Answer answer;
  std::optional<wire::Edns> opt;
  std::vector<wire::ExtendedError> errors;
};

constexpr test::Ask kPlain{.type = Type::MX};
constexpr test::Ask kWantsAd{.type = Type::MX, .wants_ad = true};
constexpr test::Ask kDnssec{.type = Type::MX, .edns_size = 1232, .dnssec_ok = true};
constexpr test::Ask kCompact{.type = Type::MX, .edns_size = 1232, .dnssec_ok = true, .compact_ok = true};
// CO means something only beside DO.
constexpr test::Ask kCompactAlone{.type = Type::MX, .edns_size = 1232, .compact_ok = true};

void check_all(SignedTreeService& home, std::string_view name) {
  CAPTURE(name);
  for (const auto& as : {kPlain, kCompactAlone}) {
    const Reply reply(home.ask(name, as));
    CHECK(reply.rcode() == Rcode::NxDomain);
    CHECK_FALSE(reply.header.ad);
    CHECK_FALSE(reply.has_nxname());
    if (reply.opt) CHECK_FALSE(reply.opt->compact_ok);
  }
  const Reply wants_ad(home.ask(name, kWantsAd));
  CHECK(wants_ad.rcode() == Rcode::NxDomain);
  CHECK(wants_ad.header.ad);
  const Reply dnssec(home.ask(name, kDnssec));
  CHECK(dnssec.rcode() == Rcode::NoError);
  CHECK(dnssec.header.ad);
  CHECK(dnssec.has_nxname());
  REQUIRE(dnssec.opt);
  CHECK_FALSE(dnssec.opt->compact_ok);
  const Reply compact(home.ask(name, kCompact));
  CHECK(compact.rcode() == Rcode::NxDomain);
  CHECK(compact.header.ad);
  CHECK(compact.has_nxname());
  REQUIRE(compact.opt);
  CHECK(compact.opt->compact_ok);
}

}  // namespace

TEST_CASE("compact denial: NXDOMAIN without DO and with CO, the compact form with DO alone") {
  SignedTreeService home;
  // The second round comes from finished packets.
  for (int round = 0; round < 2; ++round) check_all(home, "none.compact.test.");
}

TEST_CASE("compact denial: the client that asks first does not decide for the next") {
  SignedTreeService home;
  CHECK(Reply(home.ask("none.compact.test.", kDnssec)).rcode() == Rcode::NoError);
  CHECK(Reply(home.ask("none.compact.test.", kPlain)).rcode() == Rcode::NxDomain);
  CHECK(Reply(home.ask("gone.compact.test.", kPlain)).rcode() == Rcode::NxDomain);
  CHECK(Reply(home.ask("gone.compact.test.", kDnssec)).rcode() == Rcode::NoError);
}

TEST_CASE("compact denial: aliases that end in it") {
  SignedTreeService home;
  home.tree.serve_signed("alias.test", "gone 300 CNAME none.compact.test.\n",
                         {test::SignedTree::kTreeServer});
  check_all(home, "gone.alias.test.");
  check_all(home, "none.compact.test.");
}

TEST_CASE("compact denial: a missing name is missing for every type, and says nothing about names below it") {
  SignedTreeService home;
  CHECK(Reply(home.ask("none.compact.test.", kPlain)).rcode() == Rcode::NxDomain);
  const auto before = home.tree.sent();
  CHECK(Reply(home.ask("none.compact.test.", {.type = Type::A})).rcode() == Rcode::NxDomain);
  CHECK(home.tree.sent() == before);
  CHECK(Reply(home.ask("below.none.compact.test.", kPlain)).rcode() == Rcode::NxDomain);
  CHECK(home.tree.sent() > before);
}

TEST_CASE("compact denial: an empty non-terminal and a missing type stay NOERROR") {
  SignedTreeService home;
  for (const auto* name : {"ent.compact.test.", "www.compact.test.", "x.wild.compact.test."}) {
    for (const auto& as : {kPlain, kDnssec, kCompact}) {
      const Reply reply(home.ask(name, as));
      CHECK(reply.rcode() == Rcode::NoError);
      CHECK_FALSE(reply.has_nxname());
    }
  }
}

TEST_CASE("compact denial: an ordinary denial stays NXDOMAIN for all") {
  SignedTreeService home;
  for (const auto* name : {"none.example.test.", "none.hashed.test."}) {
    for (const auto& as : {kPlain, kDnssec, kCompact})
      CHECK(Reply(home.ask(name, as)).rcode() == Rcode::NxDomain);
  }
}

TEST_CASE("compact denial: an NXNAME with a broken signature is believed by no client") {
  SignedTreeService home;
  home.tree.spoil(home.tree.compact, "none.compact.test", Type::NSEC, sim::bad_signature());
  for (const auto& as : {kPlain, kDnssec, kCompact})
    CHECK(Reply(home.ask("none.compact.test.", as)).rcode() == Rcode::ServFail);
}

TEST_CASE("compact denial: where nothing is validated the name is missing too, and nothing is authentic") {
  test::SignedSetup setup;
  setup.iterating.settings.trust.unsigned_zones.push_back({wire::Name::literal("compact.test"), {}});
  SignedTreeService home(setup);
  const Reply plain(home.ask("none.compact.test.", kWantsAd));
  CHECK(plain.rcode() == Rcode::NxDomain);
  CHECK_FALSE(plain.header.ad);
  const Reply dnssec(home.ask("none.compact.test.", kDnssec));
  CHECK(dnssec.rcode() == Rcode::NoError);
  CHECK_FALSE(dnssec.header.ad);
}

TEST_CASE("compact denial: NXNAME itself is never asked for") {
  SignedTreeService home;
  const Reply reply(home.ask("none.compact.test.", {.type = Type::NXNAME, .edns_size = 1232}));
  CHECK(reply.rcode() == Rcode::FormErr);
  REQUIRE(reply.errors.size() == 1);
  CHECK(reply.errors[0].code == wire::Ede::InvalidQueryType);
  CHECK(home.tree.sent() == 0);
}
