#include "dnssec/digest.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <openssl/evp.h>

#include "wire/ascii_case.hpp"

namespace shirube::dnssec {
namespace {

struct Free {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// One hash function, fetched once and run again and again: a fetch costs more than the hash of a short text.
class Hasher {
 public:
  explicit Hasher(const char* name)
      : digest_(EVP_MD_fetch(nullptr, name, nullptr)), context_(EVP_MD_CTX_new()) {
    // Any libcrypto has these three: without memory this is, and like it treated.
    if (!digest_ || !context_ || EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) != 1) {
      throw std::bad_alloc();
    }
  }

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(EVP_MD_get_size(digest_.get())); }
  // REQUIRES: size() octets at `to`. They may be a part of the input.
  void hash(wire::BytesView first, wire::BytesView second, std::uint8_t* to) {
    EVP_DigestInit_ex2(context_.get(), nullptr, nullptr);
    EVP_DigestUpdate(context_.get(), first.data(), first.size());
    EVP_DigestUpdate(context_.get(), second.data(), second.size());
    EVP_DigestFinal_ex(context_.get(), to, nullptr);
  }

 private:
  std::unique_ptr<EVP_MD, Free> digest_;
  std::unique_ptr<EVP_MD_CTX, Free> context_;
};

Hasher& sha1() {
  thread_local Hasher hasher("SHA1");
  return hasher;
}

Hasher* hasher_for(DigestType type) {
  thread_local Hasher sha256("SHA256");
  thread_local Hasher sha384("SHA384");
  switch (type) {
    case DigestType::Sha1:
      return &sha1();
    case DigestType::Sha256:
      return &sha256;
    case DigestType::Sha384:
      return &sha384;
  }
  return nullptr;
}

}  // namespace

bool is_digest_of(DigestType type, wire::BytesView digest, const wire::Name& zone,
                  wire::BytesView dnskey_rdata) {
  const auto expected = ds_digest(type, zone, dnskey_rdata);
  return !expected.empty() && std::ranges::equal(digest, expected);
}

wire::Bytes ds_digest(DigestType type, const wire::Name& zone, wire::BytesView dnskey_rdata) {
  Hasher* const hasher = hasher_for(type);
  if (hasher == nullptr) return {};
  wire::Bytes digest(hasher->size());
  hasher->hash(zone.lowered().wire(), dnskey_rdata, digest.data());
  return digest;
}

Nsec3Hash nsec3_hash(const wire::Name& name, wire::BytesView salt, std::uint16_t iterations) {
  Nsec3Hash hash{};
  Hasher& hasher = sha1();
  hasher.hash(name.lowered().wire(), salt, hash.data());
  for (unsigned i = 0; i < iterations; ++i) hasher.hash(hash, salt, hash.data());
  return hash;
}

unsigned nsec3_hash_cost(std::uint16_t iterations) { return 1 + iterations / 8U; }

}  // namespace shirube::dnssec
