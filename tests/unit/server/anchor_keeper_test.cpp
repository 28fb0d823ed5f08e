#include "server/anchor_keeper.hpp"

#include <sstream>

#include <catch2/catch.hpp>

#include "conf/read_file.hpp"
#include "server/anchor_state.hpp"
#include "state_fixture.hpp"
#include "tests/support/signing.hpp"

namespace shirube::server {
namespace {

using dnssec::Algorithm;
using dnssec::KeyState;
using test::SigningKey;

constexpr std::int64_t kNow = test::kSigningTime;
constexpr std::int64_t kDay = 86'400;
constexpr wire::Instant kStart{std::chrono::hours{1}};

// A root with its keys, and somebody who keeps them.
class Kept {
 public:
  [[nodiscard]] static const SigningKey& old_key() {
    static const SigningKey kKey(".", Algorithm::EcdsaP256);
    return kKey;
  }
  [[nodiscard]] static const SigningKey& new_key() {
    static const SigningKey kKey(".", Algorithm::EcdsaP256);
    return kKey;
  }

  // As if the old key had been trusted for long.
  void trust_old_key() const {
    directory.write(anchor_state_text({{.rdata = old_key().dnskey(), .since = kNow - kDay}}));
  }
  [[nodiscard]] AnchorKeeper start(std::int64_t now = kNow) {
    return AnchorKeeper(log, calls, directory.file(), now);
  }
  [[nodiscard]] std::string file() const { return conf::read_file(directory.file(), 1 << 20).value(); }
  [[nodiscard]] std::string said() const { return out.str(); }

  StateDirectory directory;
  FileCalls calls;
  std::ostringstream out;
  Log log{conf::LogSettings{}, out};
};

cache::CachedAnswer answer_with(const wire::RRset& keys) {
  cache::CachedAnswer found;
  found.answer.authentic = true;
  found.answer.answer.push_back(keys);
  return found;
}

// Signed by all of them, for a week.
wire::RRset signed_keys(std::initializer_list<const SigningKey*> keys, std::int64_t now = kNow) {
  auto rrset = test::dnskeys_of(keys);
  rrset.ttl = 172'800;
  const auto since = static_cast<std::uint32_t>(now);
  for (const auto* key : keys)
    rrset.signatures.add(key->sign(rrset, {.expiration = since + 7 * 86'400, .inception = since - 3'600}));
  return rrset;
}

bool trusts(const AnchorKeeper& keeper, const SigningKey& key) {
  return keeper.anchor().dnskeys.contains(key.dnskey());
}

TEST_CASE("on the first start the built-in keys are trusted, and written down") {
  Kept kept;
  const auto keeper = kept.start();
  CHECK(keeper.anchor() == dnssec::built_in_root_anchor());
  CHECK(kept.said().empty());
  const auto keys = parse_anchor_state(kept.file());
  REQUIRE(keys);
  CHECK(keys->size() == 2);
  CHECK(keeper.is_due(kStart));
}

TEST_CASE("a file that is there counts, and is not written again for nothing") {
  Kept kept;
  static_cast<void>(kept.start());
  const auto text = kept.file();
  const auto keeper = kept.start(kNow + kDay);
  CHECK(kept.file() == text);
  CHECK(keeper.anchor() == dnssec::built_in_root_anchor());
}

TEST_CASE("a new key is trusted after thirty days, over restarts") {
  Kept kept;
  kept.trust_old_key();
  {
    auto keeper = kept.start();
    CHECK(trusts(keeper, Kept::old_key()));
    CHECK_FALSE(keeper.learn(answer_with(signed_keys({&Kept::old_key(), &Kept::new_key()})), kStart, kNow));
    CHECK_FALSE(trusts(keeper, Kept::new_key()));
    CHECK_THAT(kept.said(), Catch::Contains("a new root key was seen"));
  }
  const auto later = kNow + 31 * kDay;
  auto keeper = kept.start(later);
  CHECK(keeper.learn(answer_with(signed_keys({&Kept::old_key(), &Kept::new_key()}, later)), kStart, later));
  CHECK(trusts(keeper, Kept::new_key()));
  CHECK_THAT(kept.said(), Catch::Contains("a new root key is trusted from now on"));
  CHECK(trusts(kept.start(later), Kept::new_key()));
}

TEST_CASE("a key that revokes itself is no longer trusted, now and after a restart") {
  Kept kept;
  const SigningKey revoked(".", Algorithm::EcdsaP256, test::kRevokedKey);
  auto plain = revoked.dnskey();
  plain[1] = static_cast<std::uint8_t>(plain[1] & 0x7F);
  kept.directory.write(anchor_state_text(
      {{.rdata = Kept::old_key().dnskey(), .since = kNow}, {.rdata = plain, .since = kNow}}));
  auto keeper = kept.start();
  REQUIRE(keeper.anchor().dnskeys.contains(plain));
  CHECK(keeper.learn(answer_with(signed_keys({&Kept::old_key(), &revoked})), kStart, kNow));
  CHECK_FALSE(keeper.anchor().dnskeys.contains(plain));
  CHECK_FALSE(kept.start().anchor().dnskeys.contains(plain));
}

TEST_CASE("an answer that is not authentic, stale or about something else teaches nothing") {
  Kept kept;
  kept.trust_old_key();
  auto keeper = kept.start();
  const auto text = kept.file();
  const auto good = answer_with(signed_keys({&Kept::old_key(), &Kept::new_key()}));
  auto unproven = good;
  unproven.answer.authentic = false;
  auto stale = good;
  stale.freshness = cache::Freshness::Stale;
  auto failed = good;
  failed.answer.rcode = wire::Rcode::ServFail;
  auto elsewhere = good;
  elsewhere.answer.answer[0].owner = wire::Name::literal("example.");
  for (const auto& answer : {unproven, stale, failed, elsewhere, cache::CachedAnswer{}}) {
    CHECK_FALSE(keeper.learn(answer, kStart, kNow));
    CHECK(kept.file() == text);
    CHECK_FALSE(keeper.is_due(kStart + std::chrono::minutes{59}));
    CHECK(keeper.is_due(kStart + std::chrono::hours{1}));
  }
}

TEST_CASE("the next look is after half the TTL") {
  Kept kept;
  kept.trust_old_key();
  auto keeper = kept.start();
  auto keys = signed_keys({&Kept::old_key()});
  keys.ttl = 60;  // what is left of it in the cache
  CHECK_FALSE(keeper.learn(answer_with(keys), kStart, kNow));
  CHECK_FALSE(keeper.is_due(kStart + std::chrono::hours{24} - std::chrono::seconds{1}));
  CHECK(keeper.is_due(kStart + std::chrono::hours{24}));
}

TEST_CASE("a damaged file is kept aside, and the built-in keys count") {
  Kept kept;
  kept.directory.write("shirube-anchors 1\nrubbish\n");
  const auto keeper = kept.start();
  CHECK(keeper.anchor() == dnssec::built_in_root_anchor());
  CHECK(kept.directory.names() == std::vector<std::string>{"root.anchors", "root.anchors.bad"});
  CHECK(parse_anchor_state(kept.file()));
  const auto path = kept.directory.file().string();
  CHECK_THAT(kept.said(),
             Catch::EndsWith(" warning root_keys: " + path +
                             ": line 2: this is no key; starting with the built-in root keys, the "
                             "file is kept as " +
                             path + ".bad\n"));
}

TEST_CASE("a file that cannot be written costs one warning") {
  Kept kept;
  const auto path = kept.directory.path() / "absent" / "root.anchors";
  AnchorKeeper keeper(kept.log, kept.calls, path, kNow);
  CHECK(keeper.anchor() == dnssec::built_in_root_anchor());
  CHECK_THAT(kept.said(),
             Catch::EndsWith(" warning root_keys: " + path.string() +
                             ".new cannot be made: No such file or directory; going on without it: "
                             "after a restart the built-in root keys will be used again\n"));
  const auto said = kept.said();
  for (const int day : {1, 2, 3}) {
    const auto now = kNow + day * kDay;
    static_cast<void>(
        keeper.learn(answer_with(signed_keys({&Kept::old_key(), &Kept::new_key()}, now)), kStart, now));
  }
  const auto more = kept.said().substr(said.size());
  CHECK(more.find("cannot be made") == std::string::npos);
}

}  // namespace
}  // namespace shirube::server
