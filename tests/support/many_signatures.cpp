#include "tests/support/many_signatures.hpp"

#include <utility>

namespace shirube::test {

// A tag is a sum of 16-bit words, so that it stays when two of them change places.
sim::Defect with_keys_of_one_tag(std::size_t count) {
  return [count](wire::RRset& keys, const sim::Signer& signer) {
    constexpr std::size_t kModulus = 8;  // behind flags, protocol, algorithm and a short exponent
    const auto first = *keys.rdatas.begin();
    wire::Bytes key(first.begin(), first.end());
    for (std::size_t i = 0; i < count; ++i) {
      const auto a = kModulus + 2 + 2 * (i % 40);
      const auto b = a + 2 + 2 * (i / 40);
      std::swap(key[a], key[b]);
      std::swap(key[a + 1], key[b + 1]);
      keys.rdatas.add_unless_present(key);
    }
    keys.signatures = signer.sign(keys);
  };
}

sim::Defect with_bad_signatures_first(std::size_t count) {
  return [count](wire::RRset& rrset, const sim::Signer&) {
    const auto good = std::exchange(rrset.signatures, {});
    for (const auto signature : good) {
      wire::Bytes bad(signature.begin(), signature.end());
      for (std::size_t i = 0; i < count; ++i) {
        ++bad[bad.size() - 1 - i % 32];
        rrset.signatures.add(bad);
      }
      rrset.signatures.add(signature);
    }
  };
}

}  // namespace shirube::test
