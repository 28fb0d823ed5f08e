// Numbers of the DNS protocol that the code names: types, classes, response codes, opcodes, EDEs.
// Threads:  constants and pure functions.
// Source:   IANA "Domain Name System (DNS) Parameters"; RFC 1035, 6895, 8914.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::wire {

// Any 16-bit value is a legal Type; only those that the code treats specially have an enumerator.
enum class Type : std::uint16_t {
  A = 1,
  NS = 2,
  CNAME = 5,
  SOA = 6,
  PTR = 12,
  HINFO = 13,
  MX = 15,
  TXT = 16,
  RP = 17,
  AFSDB = 18,
  AAAA = 28,
  SRV = 33,
  NAPTR = 35,
  KX = 36,
  CERT = 37,
  DNAME = 39,
  OPT = 41,
  DS = 43,
  SSHFP = 44,
  RRSIG = 46,
  NSEC = 47,
  DNSKEY = 48,
  NSEC3 = 50,
  NSEC3PARAM = 51,
  TLSA = 52,
  SMIMEA = 53,
  CDS = 59,
  CDNSKEY = 60,
  OPENPGPKEY = 61,
  SVCB = 64,
  HTTPS = 65,
  SPF = 99,
  NXNAME = 128,
  TKEY = 249,
  TSIG = 250,
  IXFR = 251,
  AXFR = 252,
  MAILB = 253,
  MAILA = 254,
  ANY = 255,
  URI = 256,
  CAA = 257,
};

enum class Class : std::uint16_t { IN = 1, CH = 3, HS = 4, NONE = 254, ANY = 255 };

// 12 bits: the header's four and the OPT record's eight (RFC 6891 §6.1.3).
enum class Rcode : std::uint16_t {
  NoError = 0,
  FormErr = 1,
  ServFail = 2,
  NxDomain = 3,
  NotImp = 4,
  Refused = 5,
  YxDomain = 6,
  BadVers = 16,
  BadCookie = 23,
};

enum class Opcode : std::uint8_t { Query = 0, IQuery = 1, Status = 2, Notify = 4, Update = 5, Dso = 6 };

// INFO-CODE of an Extended DNS Error (RFC 8914 and its registry).
enum class Ede : std::uint16_t {
  Other = 0,
  UnsupportedDnskeyAlgorithm = 1,
  UnsupportedDsDigest = 2,
  StaleAnswer = 3,
  Forged = 4,
  DnssecIndeterminate = 5,
  DnssecBogus = 6,
  SignatureExpired = 7,
  SignatureNotYetValid = 8,
  DnskeyMissing = 9,
  RrsigsMissing = 10,
  NoZoneKeyBit = 11,
  NsecMissing = 12,
  CachedError = 13,
  NotReady = 14,
  Blocked = 15,
  Filtered = 17,
  Prohibited = 18,
  StaleNxDomain = 19,
  NotAuthoritative = 20,
  NotSupported = 21,
  NoReachableAuthority = 22,
  NetworkError = 23,
  InvalidData = 24,
  UnsupportedNsec3Iterations = 27,
  Synthesized = 29,
  InvalidQueryType = 30,
};

// "MX", or "TYPE65280" for a type without a name (RFC 3597 §5). Upper case.
[[nodiscard]] std::string to_text(Type type);
[[nodiscard]] std::string to_text(Class klass);
// "NOERROR", "SERVFAIL", … as dig prints them; "RCODE12" for others.
[[nodiscard]] std::string to_text(Rcode rcode);
// Any case; accepts "TYPE123". nullopt if it names no type.
[[nodiscard]] std::optional<Type> parse_type(std::string_view text);

// Do its records say what does not exist?
[[nodiscard]] constexpr bool is_denial(Type type) { return type == Type::NSEC || type == Type::NSEC3; }

// Does the code say that validation failed or was not possible (RFC 8914 §4)?
[[nodiscard]] constexpr bool is_about_validation(Ede code) {
  const auto value = static_cast<std::uint16_t>(code);
  const bool of_rfc_8914 = value <= static_cast<std::uint16_t>(Ede::NsecMissing) && code != Ede::Other &&
                           code != Ede::StaleAnswer && code != Ede::Forged;
  return of_rfc_8914 || code == Ede::UnsupportedNsec3Iterations;
}

// OPT, and types that exist in questions only, never in data (RFC 6895 §3.1: QTYPEs and Meta-TYPEs, 128-255).
[[nodiscard]] constexpr bool is_meta(Type type) {
  const auto value = static_cast<std::uint16_t>(type);
  return type == Type::OPT || (value >= 128 && value <= 255);
}

}  // namespace shirube::wire
