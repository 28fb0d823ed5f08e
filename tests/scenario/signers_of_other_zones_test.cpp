#include <catch2/catch.hpp>

#include "tests/support/altered_signature.hpp"

using namespace shirube;
using test::rrsig::kSigner;

namespace {

void check_signer(const wire::Name& signer) {
  test::check_vouches_for_nothing([&](wire::Bytes& signature) {
    const auto own_end = static_cast<std::ptrdiff_t>(*wire::skip_name(signature, kSigner));
    wire::Bytes changed(signature.begin(), signature.begin() + kSigner);
    changed.insert(changed.end(), signer.wire().begin(), signer.wire().end());
    changed.insert(changed.end(), signature.begin() + own_end, signature.end());
    signature = changed;
  });
}

}  // namespace

TEST_CASE("a signature whose signer is another zone, above, below, beside or nobody's, vouches for nothing") {
  for (const auto* signer : {".", "test", "hashed.test", "www.example.test", "a.b.c.www.example.test", "net"})
    check_signer(wire::Name::literal(signer));
}
