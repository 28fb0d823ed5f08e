#include "wire/types.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "wire/ascii_case.hpp"

namespace shirube::wire {
namespace {

template <class Value>
struct Named {
  Value value;
  std::string_view name;
};

// Also types that the code never treats specially: people read them in logs and write them in zone files.
constexpr std::array kTypes = std::to_array<Named<Type>>({
    {Type::A, "A"},
    {Type::NS, "NS"},
    {Type::CNAME, "CNAME"},
    {Type::SOA, "SOA"},
    {Type::PTR, "PTR"},
    {Type::HINFO, "HINFO"},
    {Type{14}, "MINFO"},
    {Type::MX, "MX"},
    {Type::TXT, "TXT"},
    {Type::RP, "RP"},
    {Type::AFSDB, "AFSDB"},
    {Type::AAAA, "AAAA"},
    {Type{29}, "LOC"},
    {Type::SRV, "SRV"},
    {Type::NAPTR, "NAPTR"},
    {Type::KX, "KX"},
    {Type::CERT, "CERT"},
    {Type::DNAME, "DNAME"},
    {Type::OPT, "OPT"},
    {Type{42}, "APL"},
    {Type::DS, "DS"},
    {Type::SSHFP, "SSHFP"},
    {Type{45}, "IPSECKEY"},
    {Type::RRSIG, "RRSIG"},
    {Type::NSEC, "NSEC"},
    {Type::DNSKEY, "DNSKEY"},
    {Type{49}, "DHCID"},
    {Type::NSEC3, "NSEC3"},
    {Type::NSEC3PARAM, "NSEC3PARAM"},
    {Type::TLSA, "TLSA"},
    {Type::SMIMEA, "SMIMEA"},
    {Type{55}, "HIP"},
    {Type::CDS, "CDS"},
    {Type::CDNSKEY, "CDNSKEY"},
    {Type::OPENPGPKEY, "OPENPGPKEY"},
    {Type{62}, "CSYNC"},
    {Type{63}, "ZONEMD"},
    {Type::SVCB, "SVCB"},
    {Type::HTTPS, "HTTPS"},
    {Type::SPF, "SPF"},
    {Type{108}, "EUI48"},
    {Type{109}, "EUI64"},
    {Type::NXNAME, "NXNAME"},
    {Type::TKEY, "TKEY"},
    {Type::TSIG, "TSIG"},
    {Type::IXFR, "IXFR"},
    {Type::AXFR, "AXFR"},
    {Type::MAILB, "MAILB"},
    {Type::MAILA, "MAILA"},
    {Type::ANY, "ANY"},
    {Type::URI, "URI"},
    {Type::CAA, "CAA"},
    {Type{261}, "RESINFO"},
});

constexpr std::array kClasses = std::to_array<Named<Class>>({
    {Class::IN, "IN"},
    {Class::CH, "CH"},
    {Class::HS, "HS"},
    {Class::NONE, "NONE"},
    {Class::ANY, "ANY"},
});

constexpr std::array kRcodes = std::to_array<Named<Rcode>>({
    {Rcode::NoError, "NOERROR"},
    {Rcode::FormErr, "FORMERR"},
    {Rcode::ServFail, "SERVFAIL"},
    {Rcode::NxDomain, "NXDOMAIN"},
    {Rcode::NotImp, "NOTIMP"},
    {Rcode::Refused, "REFUSED"},
    {Rcode::YxDomain, "YXDOMAIN"},
    {Rcode{7}, "YXRRSET"},
    {Rcode{8}, "NXRRSET"},
    {Rcode{9}, "NOTAUTH"},
    {Rcode{10}, "NOTZONE"},
    {Rcode::BadVers, "BADVERS"},
    {Rcode::BadCookie, "BADCOOKIE"},
});

template <class Table, class Value>
std::string name_or_number(const Table& table, Value value, std::string_view prefix) {
  const auto* entry = std::ranges::find(table, value, [](const auto& named) { return named.value; });
  if (entry != table.end()) return std::string(entry->name);
  return fmt::format("{}{}", prefix, static_cast<unsigned>(value));
}

bool same_word(std::string_view text, std::string_view word) {
  return std::ranges::equal(
      text, word, {}, [](char c) { return lower(static_cast<std::uint8_t>(c)); },
      [](char c) { return lower(static_cast<std::uint8_t>(c)); });
}

}  // namespace

std::string to_text(Type type) { return name_or_number(kTypes, type, "TYPE"); }
std::string to_text(Class klass) { return name_or_number(kClasses, klass, "CLASS"); }
std::string to_text(Rcode rcode) { return name_or_number(kRcodes, rcode, "RCODE"); }

std::optional<Type> parse_type(std::string_view text) {
  const auto* entry = std::ranges::find_if(kTypes, [text](const auto& t) { return same_word(text, t.name); });
  if (entry != kTypes.end()) return entry->value;

  constexpr std::string_view kPrefix = "TYPE";
  if (text.size() <= kPrefix.size() || !same_word(text.substr(0, kPrefix.size()), kPrefix))
    return std::nullopt;
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + kPrefix.size(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return Type{number};
}

}  // namespace shirube::wire
