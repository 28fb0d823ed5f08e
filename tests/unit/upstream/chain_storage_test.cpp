// What of an answer goes into the cache, and how far it is trusted there.
#include "upstream/chain_storage.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using namespace shirube::upstream::samples;
using cache::Kind;
using cache::Rank;
using cache::View;
using upstream::AnswerChain;
using upstream::ChainEnd;
using upstream::Vouching;
using wire::Type;

namespace {

constexpr wire::Instant kNow{1000s};
constexpr auto kSoa = "example. 60 IN SOA a. b. 1 1 1 1 60";
constexpr auto kNsec = "example. 60 IN NSEC z.example. NS SOA";
const Vouching kSecure{.secure = true};

using Records = std::vector<wire::RRset>;

[[nodiscard]] AnswerChain data_chain(const std::string& line) {
  AnswerChain chain;
  chain.kind = ChainEnd::Data;
  chain.data = {record(line)};
  chain.end = chain.data.front().owner;
  return chain;
}

[[nodiscard]] AnswerChain ending(ChainEnd kind, std::string_view end, const Lines& proof = {}) {
  AnswerChain chain;
  chain.kind = kind;
  chain.end = name(end);
  chain.proof = rrsets(proof);
  return chain;
}

struct Stored {
  void store(const AnswerChain& chain, Type type = Type::A, upstream::Provenance provenance = {}) {
    upstream::store_chain(cache, chain, type, provenance, kNow);
  }
  [[nodiscard]] cache::EntryPtr find(std::string_view text, Type type = Type::A,
                                     View view = View::Checked) const {
    const auto found = cache.find({name(text), type, view}, kNow);
    return found ? found->entry : nullptr;
  }
  cache::AnswerCache cache{{}, std::size_t{16} << 20, 1};
};

}  // namespace

TEST_CASE("data that nobody vouches for has the rank of who sent it, and is not authentic") {
  Stored stored;
  stored.store(data_chain("www.example. 60 IN A 192.0.2.1"), Type::A, {Rank::AuthoritativeAnswer});
  const auto entry = stored.find("www.example.");
  REQUIRE(entry);
  CHECK(entry->kind == Kind::Data);
  CHECK(entry->rank == Rank::AuthoritativeAnswer);
  CHECK_FALSE(entry->authentic);
  CHECK(entry->rrset == record("www.example. 60 IN A 192.0.2.1"));
}

TEST_CASE("what is secure is validated, each part for itself") {
  Stored stored;
  auto chain = data_chain("host.example. 60 IN A 192.0.2.1");
  chain.aliases = rrsets({"a.example. 60 IN CNAME b.example.", "b.example. 60 IN CNAME host.example."});
  chain.alias_vouching = {kSecure, Vouching{}};
  chain.vouching = kSecure;
  stored.store(chain);
  CHECK(stored.find("a.example.", Type::CNAME)->rank == Rank::Validated);
  CHECK(stored.find("a.example.", Type::CNAME)->authentic);
  CHECK(stored.find("b.example.", Type::CNAME)->rank == Rank::Answer);
  CHECK_FALSE(stored.find("b.example.", Type::CNAME)->authentic);
  CHECK(stored.find("host.example.")->rank == Rank::Validated);
}

TEST_CASE("aliases that were never judged are not authentic, whatever the end is") {
  Stored stored;
  auto chain = data_chain("host.example. 60 IN A 192.0.2.1");
  chain.aliases = rrsets({"a.example. 60 IN CNAME host.example."});
  chain.vouching = kSecure;
  stored.store(chain);
  CHECK(stored.find("a.example.", Type::CNAME)->rank == Rank::Answer);
}

TEST_CASE("the proof of a wildcard lies beside what was made from it") {
  Stored stored;
  const auto proof = Records{signed_record(kNsec)};
  auto chain = data_chain("host.example. 60 IN A 192.0.2.1");
  chain.aliases = rrsets({"a.example. 60 IN CNAME host.example."});
  chain.alias_vouching = {{.secure = true, .proof = proof}};
  chain.vouching = kSecure;
  chain.denials = rrsets({"other.example. 60 IN NSEC z.example. A"});
  chain.judged = true;
  stored.store(chain);
  CHECK(stored.find("a.example.", Type::CNAME)->proof == proof);
  // Judged, and without need of a proof: what came along is dropped.
  CHECK(stored.find("host.example.")->proof.empty());
}

TEST_CASE("beside data that nobody has judged stands what came along, for clients that judge themselves") {
  Stored stored;
  auto chain = data_chain("host.example. 60 IN A 192.0.2.1");
  chain.denials = {signed_record(kNsec)};
  stored.store(chain);
  CHECK(stored.find("host.example.")->proof == chain.denials);
}

TEST_CASE("a DNAME is stored, and beside the CNAME that it makes") {
  Stored stored;
  const auto dname = record("old.example. 60 IN DNAME new.example.");
  auto chain = data_chain("www.new.example. 60 IN A 192.0.2.1");
  chain.aliases = {dname, record("www.old.example. 60 IN CNAME www.new.example.")};
  stored.store(chain);
  CHECK(stored.find("old.example.", Type::DNAME)->rrset == dname);
  CHECK(stored.find("old.example.", Type::DNAME)->proof.empty());
  CHECK(stored.find("www.old.example.", Type::CNAME)->proof == Records{dname});
  CHECK(stored.find("www.new.example.")->proof.empty());
}

TEST_CASE("a CNAME that was asked for is stored with the DNAME that made it") {
  Stored stored;
  const auto dname = record("old.example. 60 IN DNAME new.example.");
  auto chain = data_chain("www.old.example. 60 IN CNAME www.new.example.");
  chain.aliases = {dname};
  stored.store(chain, Type::CNAME);
  CHECK(stored.find("www.old.example.", Type::CNAME)->proof == Records{dname});
}

TEST_CASE("denials are stored under the end of the chain with their proof") {
  Stored stored;
  auto no_data = ending(ChainEnd::NoData, "www.example.", {kSoa, kNsec});
  no_data.vouching = kSecure;
  stored.store(no_data, Type::MX);
  REQUIRE(stored.find("www.example.", Type::MX));
  CHECK(stored.find("www.example.", Type::MX)->kind == Kind::NoData);
  CHECK(stored.find("www.example.", Type::MX)->authentic);
  CHECK(stored.find("www.example.", Type::MX)->proof == rrsets({kSoa, kNsec}));
  CHECK_FALSE(stored.find("www.example.", Type::A));
  auto gone = ending(ChainEnd::NxDomain, "gone.example.", {kSoa});
  gone.aliases = rrsets({"a.example. 60 IN CNAME gone.example."});
  stored.store(gone);
  CHECK(stored.find("gone.example.", Type::MX)->kind == Kind::NxDomain);
  CHECK(stored.find("gone.example.")->rank == Rank::Answer);
  CHECK_FALSE(stored.find("a.example."));
  CHECK(stored.find("a.example.", Type::CNAME)->kind == Kind::Data);
}

TEST_CASE("a denial without an SOA is not remembered") {
  Stored stored;
  stored.store(ending(ChainEnd::NxDomain, "gone.example."));
  stored.store(ending(ChainEnd::NoData, "www.example."));
  CHECK(stored.cache.statistics().entries == 0);
}

TEST_CASE("an answer to ANY is not stored") {
  Stored stored;
  auto chain = data_chain("www.example. 60 IN A 192.0.2.1");
  chain.data.push_back(record("www.example. 60 IN TXT \"x\""));
  stored.store(chain, Type::ANY);
  CHECK(stored.cache.statistics().entries == 0);
}

TEST_CASE("of a chain that ends elsewhere, or too late, only its aliases are stored") {
  for (const auto kind : {ChainEnd::Elsewhere, ChainEnd::TooLong, ChainEnd::NameTooLong}) {
    Stored stored;
    auto chain = ending(kind, "other.test.", {kSoa});
    chain.aliases = rrsets({"a.example. 60 IN CNAME other.test."});
    stored.store(chain);
    CHECK(stored.cache.statistics().entries == 1);
    CHECK(stored.find("a.example.", Type::CNAME));
  }
}

TEST_CASE("what nobody judged stays out of sight of those who want it judged") {
  Stored stored;
  auto chain = data_chain("host.example. 60 IN A 192.0.2.1");
  chain.aliases = rrsets({"a.example. 60 IN CNAME host.example."});
  stored.store(chain, Type::A, {Rank::Answer, View::Unchecked});
  stored.store(ending(ChainEnd::NxDomain, "gone.example.", {kSoa}), Type::A, {Rank::Answer, View::Unchecked});
  for (const auto* text : {"host.example.", "gone.example."}) {
    CHECK(stored.find(text, Type::A, View::Unchecked));
    CHECK_FALSE(stored.find(text));
  }
  CHECK(stored.find("a.example.", Type::CNAME, View::Unchecked));
  CHECK_FALSE(stored.find("a.example.", Type::CNAME));
}

TEST_CASE("where nothing is validated, what nobody judged is for everybody") {
  upstream::UpstreamSettings settings;
  CHECK(upstream::unjudged_view(settings) == View::Checked);
  settings.trust.anchors.add(dnssec::built_in_root_anchor());
  CHECK(upstream::unjudged_view(settings) == View::Unchecked);
}

TEST_CASE("a denial in doubt lives for seconds, and takes the place of no fresh record of its name") {
  Stored stored;
  stored.store(data_chain("www.example. 60 IN MX 10 mail.example."), Type::MX, {Rank::AuthoritativeAnswer});
  auto denial = ending(ChainEnd::NxDomain, "www.example.", {kSoa});
  denial.in_doubt = true;
  upstream::limit_doubtful(denial);
  CHECK(denial.proof.front().ttl == upstream::kDoubtfulLifetime.count());
  stored.store(denial, Type::A, {Rank::AuthoritativeAnswer});
  CHECK(stored.find("www.example.", Type::MX)->kind == Kind::Data);
  denial.end = name("other.example.");
  stored.store(denial, Type::A, {Rank::AuthoritativeAnswer});
  REQUIRE(stored.find("other.example."));
  CHECK(stored.find("other.example.")->lifetime == upstream::kDoubtfulLifetime);
}

TEST_CASE("a denial without SOA is kept only if it is a bare one of a stub's server") {
  Stored stored;
  for (const auto kind : {ChainEnd::NoData, ChainEnd::NxDomain}) {
    auto denial = ending(kind, "www.example.");
    stored.store(denial);
    CHECK_FALSE(stored.find("www.example."));
    denial.is_bare = true;
    stored.store(denial);
    REQUIRE(stored.find("www.example."));
    CHECK(stored.find("www.example.")->lifetime == upstream::kBareDenialLifetime);
    stored.cache.clear();
  }
}
