#include "tests/support/altered_signature.hpp"

#include <utility>

#include <catch2/catch.hpp>

#include "tests/support/judged.hpp"

namespace shirube::test {

void check_vouches_for_nothing(const std::function<void(wire::Bytes& signature)>& change) {
  SignedTree home;
  home.spoil(home.example, "www.example.test", wire::Type::A, [&](wire::RRset& rrset, const sim::Signer&) {
    const auto good = std::exchange(rrset.signatures, {});
    for (const auto signature : good) {
      wire::Bytes bytes(signature.begin(), signature.end());
      change(bytes);
      rrset.signatures.add(bytes);
    }
  });
  CHECK(home.ask_and_wait("www.example.test").servfail());
  CHECK(home.sent() <= upstream::kMaxUpstreamPackets);
  CHECK(secure(home.ask_and_wait("ns1.example.test")));
  CHECK(home.quiet());
}

}  // namespace shirube::test
