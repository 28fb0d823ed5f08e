#include "tests/simulation/world_signing.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sim/defects.hpp"
#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using dnssec::Algorithm;
using sim::DenialForm;
using wire::Type;

constexpr sim::Validity kLongAgo{.inception = sim::kSimulatedStart - 200'000,
                                 .expiration = sim::kSimulatedStart - 100'000};
constexpr sim::Validity kNotYet{.inception = sim::kSimulatedStart + 10 * 86'400,
                                .expiration = sim::kSimulatedStart + 20 * 86'400};
constexpr Algorithm kUnheardOf{200};
// RFC 9276 §3.2: beyond what is hashed.
constexpr std::uint16_t kFewIterations = 5;
constexpr std::uint16_t kManyIterations = 60;

// All of a zone is wrong: nothing of it can be trusted.
using Breakage = void (*)(sim::Zone&, const sim::Signing&);
constexpr Breakage kBreakages[]{
    [](sim::Zone& zone, const sim::Signing& as_announced) {
      auto signing = as_announced;
      signing.validity = kLongAgo;
      zone.sign(signing);
    },
    [](sim::Zone& zone, const sim::Signing& as_announced) {
      auto signing = as_announced;
      signing.validity = kNotYet;
      zone.sign(signing);
    },
    // Keys that the DS above does not know.
    [](sim::Zone& zone, const sim::Signing& as_announced) {
      auto signing = as_announced;
      signing.generation = 1;
      zone.sign(signing);
    },
    [](sim::Zone& zone, const sim::Signing&) {
      zone.spoil(zone.apex(), Type::DNSKEY, sim::unsigned_rrset());
    },
    [](sim::Zone& zone, const sim::Signing&) { zone.spoil(zone.apex(), Type::DNSKEY, sim::bad_signature()); },
};

class Signing {
 public:
  Signing(DrawnWorld& drawn, Dice dice) : drawn_(drawn), dice_(dice) {}

  void sign() {
    if (dice_.happens(0.5)) return;
    auto& trust = drawn_.settings.trust;
    trust.policy.sha1_signatures = dice_.happens(0.5);
    const std::size_t anchor = dice_.happens(0.8) ? 0 : 1;
    if (dice_.happens(0.1)) {
      distrusted_ = dice_.between(1, drawn_.zones.size() - 1);
      trust.unsigned_zones.push_back({.zone = drawn_.zones[*distrusted_].apex});
    }
    for (std::size_t i = 0; i < drawn_.zones.size(); ++i) {
      const bool is_anchor = i == anchor;
      if (is_anchor || dice_.happens(0.7)) {
        sign(i, is_anchor);
      } else if (drawn_.zones[i].parent && dice_.happens(0.1)) {
        announce_unsigned(i);
      }
      if (is_anchor) trust.anchors.add(zone(i).signer()->trust_anchor());
      judge(i, is_anchor);
    }
  }

 private:
  [[nodiscard]] sim::Zone& zone(std::size_t which) { return drawn_.world.zone(drawn_.zones[which].index); }

  [[nodiscard]] sim::Signing draw_signing() {
    sim::Signing signing;
    // Weighted by what it costs to sign and to verify.
    signing.algorithm =
        dice_.one_of({Algorithm::EcdsaP256, Algorithm::EcdsaP256, Algorithm::EcdsaP256, Algorithm::EcdsaP256,
                      Algorithm::EcdsaP256, Algorithm::EcdsaP256, Algorithm::EcdsaP256, Algorithm::Ed25519,
                      Algorithm::Ed25519, Algorithm::Ed25519, Algorithm::RsaSha256, Algorithm::RsaSha256,
                      Algorithm::RsaSha256, Algorithm::RsaSha512, Algorithm::RsaSha1, Algorithm::RsaSha1Nsec3,
                      kUnheardOf});
    if (dice_.happens(0.02)) signing.algorithm = dice_.one_of({Algorithm::EcdsaP384, Algorithm::Ed448});
    signing.denial = dice_.one_of({DenialForm::Nsec, DenialForm::Nsec, DenialForm::Nsec, DenialForm::Nsec3,
                                   DenialForm::Nsec3, DenialForm::Nsec3, DenialForm::Compact});
    signing.one_key = dice_.happens(0.3);
    if (signing.denial != DenialForm::Nsec3) return signing;
    signing.opt_out = dice_.happens(0.3);
    if (dice_.happens(0.2)) signing.salt = {0xca, 0xfe};
    if (dice_.happens(0.2))
      signing.iterations = dice_.one_of({kFewIterations, kFewIterations, kManyIterations});
    return signing;
  }

  void sign(std::size_t which, bool is_anchor) {
    auto& drawn = drawn_.zones[which];
    auto& security = drawn.security;
    auto signing = draw_signing();
    if (is_anchor) signing.algorithm = dice_.one_of({Algorithm::Ed25519, Algorithm::EcdsaP256});
    security.is_signed = true;
    security.has_ds = drawn.parent && !dice_.happens(0.15);
    security.supported =
        signing.algorithm != kUnheardOf &&
        (drawn_.settings.trust.policy.sha1_signatures ||
         (signing.algorithm != Algorithm::RsaSha1 && signing.algorithm != Algorithm::RsaSha1Nsec3));
    security.gaps = signing.opt_out;
    security.vague = signing.iterations == kManyIterations;
    security.compact = signing.denial == DenialForm::Compact;
    if (security.has_ds) {
      drawn_.world.sign(drawn.index, signing);
    } else {
      zone(which).sign(signing);
    }
    const bool infrastructure = drawn.parent.value_or(0) == 0;
    if (!is_anchor && dice_.happens(infrastructure ? 0.03 : 0.12)) {
      security.broken = true;
      dice_.one_of(kBreakages)(zone(which), signing);
    } else if (!infrastructure && dice_.happens(0.2)) {
      spoil(which);
    }
  }

  // Signed until yesterday: the DS is still there.
  void announce_unsigned(std::size_t which) {
    auto& drawn = drawn_.zones[which];
    drawn.security.has_ds = true;
    drawn.security.broken = true;
    auto& above = drawn_.world.zone(drawn_.zones[*drawn.parent].index);
    above.put(sim::Signer(drawn.apex, {}).ds(drawn.delegation_ttl));
  }

  void spoil(std::size_t which) {
    struct Choice {
      std::string_view label;
      Type type;
    };
    static constexpr Choice kChoices[]{
        {"www.", Type::A}, {"mail.", Type::A}, {"", Type::MX}, {"to.", Type::CNAME}, {"*.wild.", Type::A}};
    const auto choice = dice_.one_of(kChoices);
    const auto& apex = drawn_.zones[which].apex;
    const auto owner =
        choice.label.empty() ? apex : wire::Name::literal(std::string(choice.label) + apex.text());
    if (zone(which).find(owner, choice.type) == nullptr) return;
    sim::Defect defect;
    switch (dice_.below(4)) {
      case 0:
        defect = sim::unsigned_rrset();
        break;
      case 1:
        defect = sim::bad_signature();
        break;
      case 2:
        defect = sim::signed_within(kLongAgo);
        break;
      default:
        defect = sim::signed_within(kNotYet);
    }
    zone(which).spoil(owner, choice.type, std::move(defect));
    drawn_.zones[which].security.spoilt = sim::RRsetKey{owner, choice.type};
  }

  // Parents come first.
  void judge(std::size_t which, bool is_anchor) {
    auto& drawn = drawn_.zones[which];
    auto& security = drawn.security;
    const auto above = drawn.parent ? drawn_.zones[*drawn.parent].security.trust : Trust::Insecure;
    if (distrusted_ && drawn.apex.is_within(drawn_.zones[*distrusted_].apex)) {
      security.trust = Trust::Insecure;
    } else if (is_anchor) {
      security.trust = Trust::Secure;
    } else if (above == Trust::Secure && security.has_ds && security.supported) {
      security.trust = security.broken ? Trust::Bogus : Trust::Secure;
    } else {
      security.trust = above == Trust::Bogus ? Trust::Bogus : Trust::Insecure;
    }
    if (drawn.parent) {
      const auto& parent = drawn_.zones[*drawn.parent];
      const bool has_names_between = drawn.apex.label_count() > parent.apex.label_count() + 1;
      const bool proves_nothing = parent.security.vague && parent.security.trust == Trust::Secure;
      security.below_vague = parent.security.below_vague || proves_nothing;
      security.doubtful = parent.security.doubtful || (proves_nothing && has_names_between);
    }
    const auto hampers = [](const Security& other) { return other.trust == Trust::Bogus || other.hampered; };
    security.hampered = (drawn.parent && hampers(drawn_.zones[*drawn.parent].security)) ||
                        std::ranges::any_of(drawn.names_come_of, [&](std::size_t home) {
                          return hampers(drawn_.zones[home].security);
                        });
  }

  DrawnWorld& drawn_;
  Dice dice_;
  std::optional<std::size_t> distrusted_;
};

}  // namespace

void sign_world(DrawnWorld& drawn, Dice dice) { Signing(drawn, dice).sign(); }

}  // namespace shirube::simulation
