#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Name;
using wire::Type;

namespace {

constexpr std::size_t kSigner = 18;  // where its name begins

// Each signature names another signer.
[[nodiscard]] sim::Defect with_signer(std::string_view signer) {
  return [name = Name::literal(signer)](wire::RRset& rrset, const sim::Signer& own) {
    const auto good = std::exchange(rrset.signatures, {});
    const auto old = own.dnskeys(0).owner.size();
    for (const auto signature : good) {
      wire::Bytes bytes(signature.begin(), signature.begin() + kSigner);
      bytes.insert(bytes.end(), name.wire().begin(), name.wire().end());
      bytes.insert(bytes.end(), signature.begin() + static_cast<std::ptrdiff_t>(kSigner + old),
                   signature.end());
      rrset.signatures.add(bytes);
    }
  };
}

void check_bogus(sim::Defect defect) {
  SignedTree home;
  home.spoil(home.example, "www.example.test", Type::A, std::move(defect));
  CHECK(home.ask_and_wait("www.example.test").servfail());
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets);
  CHECK(test::secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.quiet());
}

}  // namespace

TEST_CASE("a signature whose signer is another zone, above, below, beside or nobody's, vouches for nothing") {
  for (const auto* signer : {".", "test", "hashed.test", "www.example.test", "a.b.c.www.example.test", "net"})
    check_bogus(with_signer(signer));
}
