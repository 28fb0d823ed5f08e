#include "dnssec/algorithms.hpp"

namespace shirube::dnssec {

bool is_supported(Algorithm algorithm, AlgorithmPolicy policy) {
  switch (algorithm) {
    case Algorithm::RsaSha1:
    case Algorithm::RsaSha1Nsec3:
      return policy.sha1_signatures;
    case Algorithm::RsaSha256:
    case Algorithm::RsaSha512:
    case Algorithm::EcdsaP256:
    case Algorithm::EcdsaP384:
    case Algorithm::Ed25519:
    case Algorithm::Ed448:
      return true;
  }
  return false;
}

bool is_supported(DigestType type) {
  switch (type) {
    case DigestType::Sha1:
    case DigestType::Sha256:
    case DigestType::Sha384:
      return true;
  }
  return false;
}

unsigned verification_cost(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::RsaSha1:
    case Algorithm::RsaSha1Nsec3:
    case Algorithm::RsaSha256:
    case Algorithm::RsaSha512:  // with the longest modulus; 2048 bits take a third of it
    case Algorithm::EcdsaP256:
      return 70;
    case Algorithm::EcdsaP384:
      return 700;
    case Algorithm::Ed25519:
      return 110;
    case Algorithm::Ed448:
      return 230;
  }
  return 0;
}

}  // namespace shirube::dnssec
