#include "dnssec/signature.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <new>
#include <optional>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace shirube::dnssec {
namespace {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;
using Digest = Owned<EVP_MD, EVP_MD_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using Number = Owned<BIGNUM, BN_free>;
using ParamBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Params = Owned<OSSL_PARAM, OSSL_PARAM_free>;

enum class Family : std::uint8_t { Rsa, Ecdsa, Eddsa };

struct Scheme {
  Algorithm algorithm;
  Family family;
  const char* digest;    // nullptr: the algorithm has its own
  std::size_t key_size;  // 0: varies
  std::size_t signature_size;
};

constexpr std::array kSchemes = std::to_array<Scheme>({
    {Algorithm::RsaSha1, Family::Rsa, "SHA1", 0, 0},
    {Algorithm::RsaSha1Nsec3, Family::Rsa, "SHA1", 0, 0},
    {Algorithm::RsaSha256, Family::Rsa, "SHA256", 0, 0},
    {Algorithm::RsaSha512, Family::Rsa, "SHA512", 0, 0},
    {Algorithm::EcdsaP256, Family::Ecdsa, "SHA256", 64, 64},
    {Algorithm::EcdsaP384, Family::Ecdsa, "SHA384", 96, 96},
    {Algorithm::Ed25519, Family::Eddsa, nullptr, 32, 64},
    {Algorithm::Ed448, Family::Eddsa, nullptr, 57, 114},
});

const Scheme* scheme_of(Algorithm algorithm) {
  const auto* const found = std::ranges::find(kSchemes, algorithm, &Scheme::algorithm);
  return found == kSchemes.end() ? nullptr : found;
}

// What OpenSSL has to say about a fault is of no use here, and a full queue would slow all others down.
struct ErrorsCleared {
  ErrorsCleared() = default;
  ErrorsCleared(const ErrorsCleared&) = delete;
  ErrorsCleared& operator=(const ErrorsCleared&) = delete;
  ~ErrorsCleared() { ERR_clear_error(); }
};

// RFC 3110 §2: the exponent's length in one octet, or 0 and two octets; exponent; modulus. Zeros in front are
// not allowed there, and harmless.
struct RsaNumbers {
  wire::BytesView exponent;
  wire::BytesView modulus;
};

wire::BytesView without_zeros(wire::BytesView number) {
  const auto first = std::ranges::find_if(number, [](std::uint8_t octet) { return octet != 0; });
  return number.subspan(static_cast<std::size_t>(first - number.begin()));
}

std::optional<RsaNumbers> read_rsa(wire::BytesView key) {
  std::size_t at = 1;
  if (key.size() < at) return std::nullopt;
  std::size_t length = key[0];
  if (length == 0) {
    at = 3;
    if (key.size() < at) return std::nullopt;
    length = wire::read_u16(&key[1]);
  }
  if (length > key.size() - at) return std::nullopt;
  return RsaNumbers{without_zeros(key.subspan(at, length)), without_zeros(key.subspan(at + length))};
}

// REQUIRES: no zeros in front.
std::size_t bit_count(wire::BytesView number) {
  return number.empty() ? 0 : number.size() * 8 - static_cast<std::size_t>(std::countl_zero(number[0]));
}

std::optional<KeyFault> fault_of(const RsaNumbers& numbers) {
  const std::size_t modulus_bits = bit_count(numbers.modulus);
  const std::size_t exponent_bits = bit_count(numbers.exponent);
  // Under an exponent of 1 everything is signed. Even ones, and even moduli, are none of RSA's.
  if (modulus_bits == 0 || exponent_bits < 2) return KeyFault::Malformed;
  if ((numbers.exponent.back() & 1U) == 0 || (numbers.modulus.back() & 1U) == 0) return KeyFault::Malformed;
  if (modulus_bits < kMinRsaModulusBits || modulus_bits > kMaxRsaModulusBits) return KeyFault::Unsupported;
  if (exponent_bits > kMaxRsaExponentBits) return KeyFault::Unsupported;
  return std::nullopt;
}

Number number_of(wire::BytesView octets) {
  return Number(BN_bin2bn(octets.data(), static_cast<int>(octets.size()), nullptr));
}

// nullptr, here and below: OpenSSL does not take it.
EVP_PKEY* rsa_key(const RsaNumbers& numbers) {
  const Number n = number_of(numbers.modulus);
  const Number e = number_of(numbers.exponent);
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1) return nullptr;
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) return nullptr;
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
  return key;
}

EVP_PKEY* eddsa_key(Algorithm algorithm, wire::BytesView key) {
  const int type = algorithm == Algorithm::Ed25519 ? EVP_PKEY_ED25519 : EVP_PKEY_ED448;
  return EVP_PKEY_new_raw_public_key(type, nullptr, key.data(), key.size());
}

// A key of the curve without a point. nullptr: this libcrypto does not know the curve.
Key curve_parameters(const char* curve) {
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  if (!context || EVP_PKEY_paramgen_init(context.get()) != 1) return nullptr;
  if (EVP_PKEY_CTX_set_group_name(context.get(), curve) != 1) return nullptr;
  EVP_PKEY* parameters = nullptr;
  if (EVP_PKEY_paramgen(context.get(), &parameters) != 1) return nullptr;
  return Key(parameters);
}

// To look a curve up by its name takes three times as long as all the rest: each thread does it once.
const EVP_PKEY* known_parameters(Algorithm algorithm) {
  thread_local const Key kP256 = curve_parameters("P-256");
  thread_local const Key kP384 = curve_parameters("P-384");
  return algorithm == Algorithm::EcdsaP256 ? kP256.get() : kP384.get();
}

// RFC 6605 §4: x and y, which OpenSSL takes behind a mark for "uncompressed". It checks that they are on the
// curve.
EVP_PKEY* ecdsa_key(Algorithm algorithm, wire::BytesView key) {
  constexpr std::uint8_t kUncompressed = 4;
  wire::Bytes point{kUncompressed};
  point.insert(point.end(), key.begin(), key.end());
  const EVP_PKEY* const parameters = known_parameters(algorithm);
  Key result(EVP_PKEY_new());
  if (!result || parameters == nullptr) return nullptr;
  if (EVP_PKEY_copy_parameters(result.get(), parameters) != 1) return nullptr;
  if (EVP_PKEY_set1_encoded_public_key(result.get(), point.data(), point.size()) != 1) return nullptr;
  return result.release();
}

std::expected<EVP_PKEY*, KeyFault> make_key(const Scheme& scheme, wire::BytesView key) {
  if (scheme.key_size != 0 && key.size() != scheme.key_size) return std::unexpected(KeyFault::Malformed);
  EVP_PKEY* made = nullptr;
  if (scheme.family == Family::Rsa) {
    const auto numbers = read_rsa(key);
    if (!numbers) return std::unexpected(KeyFault::Malformed);
    if (const auto fault = fault_of(*numbers)) return std::unexpected(*fault);
    made = rsa_key(*numbers);
  } else {
    made =
        scheme.family == Family::Ecdsa ? ecdsa_key(scheme.algorithm, key) : eddsa_key(scheme.algorithm, key);
  }
  if (made == nullptr) return std::unexpected(KeyFault::Malformed);
  return made;
}

// SEQUENCE of two INTEGERs: what OpenSSL takes for r and s (RFC 6605 §4 has them side by side).
class DerSignature {
 public:
  explicit DerSignature(wire::BytesView r_and_s) {
    const std::size_t half = r_and_s.size() / 2;
    put(0x30);
    put(0);  // the length, when it is known
    put_integer(without_zeros(r_and_s.first(half)));
    put_integer(without_zeros(r_and_s.subspan(half)));
    octets_[1] = static_cast<std::uint8_t>(size_ - 2);
  }
  [[nodiscard]] wire::BytesView octets() const { return {octets_.data(), size_}; }

 private:
  static constexpr std::size_t kMaxHalf = 48;  // P-384: and so all lengths fit into one octet
  static constexpr std::size_t kMaxInteger = 2 + 1 + kMaxHalf;

  void put(std::uint8_t octet) { octets_[size_++] = octet; }
  void put_integer(wire::BytesView number) {
    const bool needs_zero = number.empty() || (number[0] & 0x80U) != 0;  // else it would be negative
    put(0x02);
    put(static_cast<std::uint8_t>(number.size() + (needs_zero ? 1 : 0)));
    if (needs_zero) put(0);
    std::ranges::for_each(number, [this](std::uint8_t octet) { put(octet); });
  }

  std::array<std::uint8_t, 2 + 2 * kMaxInteger> octets_{};
  std::size_t size_ = 0;
};

// What a thread keeps for all its verifications: fetching a digest costs more than using it.
class Verifier {
 public:
  Verifier() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    for (std::size_t i = 0; i < kSchemes.size(); ++i) {
      if (kSchemes[i].digest != nullptr)
        digests_[i].reset(EVP_MD_fetch(nullptr, kSchemes[i].digest, nullptr));
    }
  }
  // REQUIRES: `scheme` is one of kSchemes.
  [[nodiscard]] bool verify(const Scheme& scheme, EVP_PKEY* key, wire::BytesView data,
                            wire::BytesView signature) {
    const auto* const digest = digests_[static_cast<std::size_t>(&scheme - kSchemes.data())].get();
    const bool good =
        EVP_DigestVerifyInit(context_.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(context_.get(), signature.data(), signature.size(), data.data(), data.size()) == 1;
    EVP_MD_CTX_reset(context_.get());  // it would keep the key alive
    return good;
  }

 private:
  DigestContext context_;
  std::array<Digest, kSchemes.size()> digests_;
};

}  // namespace

void PublicKey::Free::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

std::expected<PublicKey, KeyFault> PublicKey::parse(Algorithm algorithm, wire::BytesView key) {
  const ErrorsCleared cleared;
  const Scheme* const scheme = scheme_of(algorithm);
  if (scheme == nullptr) return std::unexpected(KeyFault::Unsupported);
  const auto made = make_key(*scheme, key);
  if (!made) return std::unexpected(made.error());
  return PublicKey(algorithm, Handle(*made));
}

bool PublicKey::verifies(wire::BytesView data, wire::BytesView signature) const {
  thread_local Verifier verifier;
  const ErrorsCleared cleared;
  const Scheme& scheme = *scheme_of(algorithm_);
  if (scheme.signature_size != 0 && signature.size() != scheme.signature_size) return false;
  if (scheme.family != Family::Ecdsa) return verifier.verify(scheme, key_.get(), data, signature);
  return verifier.verify(scheme, key_.get(), data, DerSignature(signature).octets());
}

}  // namespace shirube::dnssec
