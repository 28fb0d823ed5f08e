#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using test::SignedTree;
using wire::Name;
using wire::Type;

namespace {

// `count` DNSKEYs of noise with `size` octets each, in front of those of the zone if it is honest.
[[nodiscard]] wire::RRset noise(std::size_t count, std::size_t size) {
  wire::RRset keys{.owner = Name::literal("example.test"), .type = Type::DNSKEY, .ttl = 86'400};
  for (std::size_t i = 0; i < count; ++i) {
    wire::Bytes key(size, static_cast<std::uint8_t>(7 * i + 1));
    key[0] = 1, key[1] = 1, key[2] = 3, key[3] = 13;
    key[4] = static_cast<std::uint8_t>(i);
    keys.rdatas.add(key);
  }
  return keys;
}

}  // namespace

TEST_CASE("a liar that sends 64 kB of keys makes its zone bogus, and no longer than it lies") {
  for (const std::size_t size : {68, 640}) {
    SignedTree home;
    auto& host = home.host(SignedTree::kTreeServer);
    host.script = [&home, &host, size](const wire::Question& question) -> std::optional<wire::Answer> {
      if (question.type != Type::DNSKEY) return std::nullopt;
      auto lie = home.world.honest(host, question);
      auto keys = noise(100, size);
      keys.signatures = lie.answer.front().signatures;
      lie.answer.front() = std::move(keys);
      return lie;
    };
    CHECK(home.ask_and_wait("www.example.test").servfail());
    CHECK(home.resolver.statistics().signature_checks < 10);
    host.script = {};
    home.network.advance(2s);
    CHECK(test::secure(home.ask_and_wait("www.example.test")));
    CHECK(home.quiet());
  }
}

TEST_CASE("a zone that has a hundred keys itself is secure, and each costs the parsing alone") {
  SignedTree home;
  home.spoil(home.example, "example.test", Type::DNSKEY, [](wire::RRset& keys, const sim::Signer& signer) {
    for (const auto rdata : noise(98, 68).rdatas) keys.rdatas.add(rdata);
    keys.signatures = signer.sign(keys);
  });
  CHECK(test::secure(home.ask_and_wait("www.example.test")));
  CHECK(home.resolver.statistics().failed_checks == 0);
  CHECK(home.quiet());
}
