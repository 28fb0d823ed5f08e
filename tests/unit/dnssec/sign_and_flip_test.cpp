// Whatever is signed is secure, and whichever one bit of it is turned over, it is not.
#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "dnssec/rrset_check.hpp"
#include "tests/support/signing.hpp"
#include "wire/rdata_layout.hpp"

namespace shirube::dnssec {
namespace {

using wire::Type;

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  [[nodiscard]] std::size_t below(std::size_t limit) { return engine_() % limit; }
  [[nodiscard]] wire::Bytes octets(std::size_t count) {
    wire::Bytes bytes(count);
    for (auto& octet : bytes) octet = static_cast<std::uint8_t>(below(256));
    return bytes;
  }
  [[nodiscard]] wire::Name name() {
    auto name = wire::Name::literal(below(2) == 0 ? "Example." : "example.");
    for (std::size_t labels = below(4); labels > 0; --labels)
      name = name.child(octets(1 + below(12))).value();
    return name;
  }

 private:
  std::mt19937 engine_;
};

wire::Bytes random_rdata(Type type, Dice& dice) {
  wire::Bytes rdata;
  const auto append = [&rdata](wire::BytesView octets) {
    rdata.insert(rdata.end(), octets.begin(), octets.end());
  };
  for (const wire::Field field : wire::rdata_layout(type).fields) {
    switch (field.kind) {
      case wire::FieldKind::Fixed:
        append(dice.octets(field.size));
        break;
      case wire::FieldKind::Name:
        append(dice.name().wire());
        break;
      case wire::FieldKind::CharString: {
        const auto text = dice.octets(dice.below(20));
        rdata.push_back(static_cast<std::uint8_t>(text.size()));
        append(text);
        break;
      }
      case wire::FieldKind::Rest:
        append(dice.octets(4 + dice.below(40)));
        break;
    }
  }
  return rdata;
}

// Is it the same record for DNS, though not octet for octet?
bool is_same_record(Type type, wire::BytesView a, wire::BytesView b) {
  wire::RRset one{.owner = {}, .type = type};
  wire::RRset other = one;
  one.rdatas.add(a);
  other.rdatas.add(b);
  const Rrsig nothing{.signer = {}};
  wire::Bytes data_of_one;
  wire::Bytes data_of_other;
  CanonicalRRset(one).signed_data(nothing, data_of_one);
  CanonicalRRset(other).signed_data(nothing, data_of_other);
  return data_of_one == data_of_other;
}

wire::RRset random_rrset(Dice& dice) {
  constexpr std::array kTypes = {Type::A,     Type::NS,    Type::SOA, Type::PTR,  Type::HINFO,
                                 Type::MX,    Type::TXT,   Type::RP,  Type::AAAA, Type::SRV,
                                 Type::NAPTR, Type::DNAME, Type::DS,  Type::TLSA, Type::CAA,
                                 Type::HTTPS, Type::CNAME, Type::KX,  Type{65280}};
  wire::RRset rrset{.owner = dice.name(), .type = kTypes[dice.below(kTypes.size())], .ttl = 300};
  while (rrset.type == Type::DS && rrset.owner == wire::Name::literal("example.")) rrset.owner = dice.name();
  for (std::size_t count = 1 + dice.below(4); count > 0; --count) {
    const auto rdata = random_rdata(rrset.type, dice);
    // ldns would sign both.
    const bool is_there = std::ranges::any_of(
        rrset.rdatas, [&](wire::BytesView other) { return is_same_record(rrset.type, rdata, other); });
    if (!is_there) rrset.rdatas.add(rdata);
  }
  return rrset;
}

// ldns looks into all the rest, where there is nothing but dice.
bool is_for_ldns(Type type) {
  return std::ranges::none_of(wire::rdata_layout(type).fields,
                              [](wire::Field field) { return field.kind == wire::FieldKind::Rest; });
}

Status status_of(const wire::RRset& rrset, const KeySet& keys) {
  Effort effort;
  return check_rrset(rrset, keys, test::kSigningTime, effort).verdict.status;
}

void flip(wire::Bytes& octets, std::size_t bit) {
  octets[bit / 8] ^= static_cast<std::uint8_t>(0x80U >> (bit % 8));
}

wire::RdataList with(const wire::RdataList& list, std::size_t index, const wire::Bytes& replacement) {
  wire::RdataList result;
  std::size_t at = 0;
  for (const auto rdata : list) result.add(at++ == index ? replacement : test::owned(rdata));
  return result;
}

struct Sample {
  wire::RRset rrset;  // signed
  KeySet keys;
};

void flip_rdata(const Sample& sample, Dice& dice) {
  const std::size_t index = dice.below(sample.rrset.rdatas.count());
  const auto original = test::owned(*std::next(sample.rrset.rdatas.begin(), static_cast<int>(index)));
  auto changed = original;
  flip(changed, dice.below(changed.size() * 8));
  auto forged = sample.rrset;
  forged.rdatas = with(forged.rdatas, index, changed);
  const bool is_same = is_same_record(forged.type, original, changed);
  CHECK((status_of(forged, sample.keys) == Status::Secure) == is_same);
}

void flip_owner(const Sample& sample, Dice& dice) {
  auto octets = test::owned(sample.rrset.owner.wire());
  flip(octets, dice.below(octets.size() * 8));
  const auto size = wire::measure_name(octets);
  if (!size || *size != octets.size()) return;  // no name
  auto forged = sample.rrset;
  forged.owner = wire::Name::from_checked_wire(octets);
  CHECK((status_of(forged, sample.keys) == Status::Secure) == (forged.owner == sample.rrset.owner));
}

// All of the RRSIG: its fields, the signer's name and the signature.
void flip_signature(const Sample& sample, Dice& dice) {
  auto changed = test::owned(*sample.rrset.signatures.begin());
  const auto before = read_rrsig(*sample.rrset.signatures.begin()).value();
  flip(changed, dice.below(changed.size() * 8));
  auto forged = sample.rrset;
  forged.signatures = with(forged.signatures, 0, changed);
  const auto after = read_rrsig(changed);
  const bool differs_in_case_of_signer =
      after && after->signer == before.signer && !after->signer.same_case_as(before.signer);
  CHECK((status_of(forged, sample.keys) == Status::Secure) == differs_in_case_of_signer);
}

void flip_key(const wire::RRset& rrset, const test::SigningKey& key, Dice& dice) {
  auto changed = key.dnskey();
  flip(changed, dice.below(changed.size() * 8));
  wire::RRset dnskeys{.owner = key.zone(), .type = Type::DNSKEY, .ttl = 300};
  dnskeys.rdatas.add(changed);
  CHECK(status_of(rrset, KeySet(dnskeys, test::kWithSha1)) != Status::Secure);
}

void sign_and_flip(Algorithm algorithm, int rrsets, int flips) {
  const auto& key = test::key_of_example(algorithm);
  Dice dice(static_cast<std::uint32_t>(algorithm));
  for (int i = 0; i < rrsets; ++i) {
    auto rrset = random_rrset(dice);
    rrset.signatures.add(is_for_ldns(rrset.type) ? key.sign_by_ldns(rrset) : key.sign(rrset));
    INFO("algorithm " << static_cast<int>(algorithm) << ", " << rrset.owner.text() << ' '
                      << to_text(rrset.type));
    const Sample sample{rrset, test::key_set_of({&key})};
    REQUIRE(status_of(sample.rrset, sample.keys) == Status::Secure);
    for (int j = 0; j < flips; ++j) {
      flip_rdata(sample, dice);
      flip_owner(sample, dice);
      flip_signature(sample, dice);
      flip_key(rrset, key, dice);
    }
  }
}

TEST_CASE("what is signed is secure, and with one bit turned over it is not") {
  for (const auto algorithm : {Algorithm::RsaSha1, Algorithm::RsaSha1Nsec3, Algorithm::RsaSha256,
                               Algorithm::RsaSha512, Algorithm::EcdsaP256, Algorithm::Ed25519}) {
    sign_and_flip(algorithm, 60, 10);
  }
}

TEST_CASE("and so it is with the algorithms that cost more") {
  sign_and_flip(Algorithm::EcdsaP384, 20, 5);
  sign_and_flip(Algorithm::Ed448, 30, 10);
}

TEST_CASE("each single bit of one signature and of one key counts") {
  const auto& key = test::key_of_example(Algorithm::Ed25519);
  const auto keys = test::key_set_of({&key});
  auto rrset = test::rrset_of({"www.example. 300 IN A 192.0.2.1"});
  const auto signature = key.sign(rrset);
  rrset.signatures.add(signature);
  const std::size_t signer_at = 18;
  const std::size_t signer_end = signer_at + key.zone().size();
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    if (bit / 8 >= signer_at && bit / 8 < signer_end) continue;  // its case does not count
    auto changed = signature;
    flip(changed, bit);
    auto forged = rrset;
    forged.signatures = with(rrset.signatures, 0, changed);
    INFO("bit " << bit);
    CHECK(status_of(forged, keys) != Status::Secure);
  }
  for (std::size_t bit = 0; bit < key.dnskey().size() * 8; ++bit) {
    auto changed = key.dnskey();
    flip(changed, bit);
    wire::RRset dnskeys{.owner = key.zone(), .type = Type::DNSKEY, .ttl = 300};
    dnskeys.rdatas.add(changed);
    INFO("bit " << bit);
    CHECK(status_of(rrset, KeySet(dnskeys, {})) != Status::Secure);
  }
}

}  // namespace
}  // namespace shirube::dnssec
