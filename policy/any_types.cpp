// The types of which an answer to ANY consists, by the shape of the name: records of services, keys and
// policies have names of their own, and a reverse name has little more than its PTR.
// Source:   RFC 2782 (SRV), 6698 (TLSA), 8552 and IANA's "Underscored and Globally Scoped DNS Node Names",
//           9460 §2.3 (HTTPS, SVCB), 3596 §2.5 and 1035 §3.5 (reverse names), 6116 §3 (NAPTR).
#include <algorithm>
#include <array>
#include <initializer_list>

#include "policy/steps.hpp"
#include "wire/ascii_case.hpp"

namespace shirube::policy {
namespace {

using wire::Type;

// Ordered for the usual clients of ANY: old mail software that looks for an alias and then for mail hosts.
constexpr std::array kOrdinary{Type::CNAME, Type::MX, Type::A, Type::AAAA, Type::NS, Type::SOA, Type::TXT};
constexpr std::array kReverse{Type::CNAME, Type::PTR, Type::NS, Type::SOA, Type::TXT};
constexpr std::array kTelephone{Type::CNAME, Type::NAPTR, Type::NS, Type::SOA, Type::TXT};
// For a label that begins with "_" and is not in kScopes: a policy or a key as TXT, or a zone of its own.
constexpr std::array kPolicy{Type::CNAME, Type::TXT, Type::A, Type::AAAA, Type::NS, Type::SOA, Type::MX};
constexpr std::array kService{Type::CNAME, Type::SRV, Type::TLSA, Type::TXT, Type::PTR, Type::NS, Type::SOA};
constexpr std::array kWeb{Type::CNAME, Type::HTTPS, Type::SVCB, Type::SRV, Type::TXT, Type::NS, Type::SOA};
constexpr std::array kMailKey{Type::CNAME, Type::SMIMEA, Type::TXT, Type::NS, Type::SOA};
constexpr std::array kOpenPgp{Type::CNAME, Type::OPENPGPKEY, Type::TXT, Type::NS, Type::SOA};

using Types = std::span<const Type>;

struct Scope {
  std::string_view label;
  Types types;
};
// The first match from the left of the name decides.
constexpr std::array kScopes{
    Scope{"_tcp", kService},       Scope{"_udp", kService},        Scope{"_sctp", kService},
    Scope{"_dccp", kService},      Scope{"_https", kWeb},          Scope{"_dns", kWeb},
    Scope{"_smimecert", kMailKey}, Scope{"_openpgpkey", kOpenPgp},
};

bool equals(wire::BytesView label, std::string_view text) {
  return std::ranges::equal(label, text, {}, wire::lower,
                            [](char letter) { return static_cast<std::uint8_t>(letter); });
}

// Runs over the labels that begin with "_".
Types of_scoped(const wire::Name& name) {
  const auto octets = name.wire();
  bool scoped = false;
  for (std::size_t at = 0; octets[at] != 0; at += 1 + octets[at]) {
    const auto label = octets.subspan(at + 1, octets[at]);
    if (label.front() != '_') continue;
    scoped = true;
    const auto scope = std::ranges::find_if(kScopes, [&](const Scope& s) { return equals(label, s.label); });
    if (scope != kScopes.end()) return scope->types;
  }
  return scoped ? Types(kPolicy) : Types();
}

Types types_for(const wire::Name& name) {
  static const auto kIn4 = wire::Name::literal("in-addr.arpa.");
  static const auto kIn6 = wire::Name::literal("ip6.arpa.");
  static const auto kEnum = wire::Name::literal("e164.arpa.");
  if (const auto scoped = of_scoped(name); !scoped.empty()) return scoped;
  if (name.is_within(kIn4) || name.is_within(kIn6)) return kReverse;
  if (name.is_within(kEnum)) return kTelephone;
  return kOrdinary;
}

}  // namespace

std::vector<Type> lookups_instead(const wire::Question& question, const ClientView& client) {
  if (question.klass != wire::Class::IN) return {};
  if (question.type == Type::AAAA && withholds_aaaa(client)) return {Type::A};
  if (question.type != Type::ANY || !client.rewrites.any_fit) return {};
  const auto all = types_for(question.name);
  std::vector<Type> types(all.begin(), all.end());
  if (withholds_aaaa(client)) std::erase(types, Type::AAAA);
  return types;
}

}  // namespace shirube::policy
