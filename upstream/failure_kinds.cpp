#include "upstream/failure_kinds.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace shirube::upstream {
namespace {

using dnssec::Flaw;
using wire::Ede;
using wire::Rcode;

constexpr std::string_view kRepairServer = "ask the operator of zone {zone} to repair this server";
constexpr std::string_view kRepairDelegation =
    "ask the operator of zone {zone} to correct its NS records or this server";
constexpr std::string_view kRepairDnssec = "ask the operator of {owner} to repair its DNSSEC records";
constexpr std::string_view kRepairDnssecOrForwarder =
    "ask the operator of {owner} to repair its DNSSEC records, or try another forwarder";
constexpr std::string_view kCheckClock =
    "check this host's clock; if it is right, {owner} must be signed again";
constexpr std::string_view kUseAnother = "use another forwarder";
constexpr std::string_view kSeeLog = "see the first log line about this server or zone for the reason";
constexpr std::string_view kNone;

template <class Kind>
struct Row {
  Kind kind;
  std::string_view words;
  CodeAndAdvice of_authority;
  CodeAndAdvice of_forwarder;
};
template <class Kind>
[[nodiscard]] constexpr Row<Kind> both(Kind kind, std::string_view words, Ede code, std::string_view advice) {
  return {kind, words, {code, advice}, {code, advice}};
}
template <class Rows>
[[nodiscard]] constexpr bool are_in_order(const Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].kind) != i) return false;
  }
  return true;
}

constexpr auto kErrors = std::to_array<Row<ExchangeError>>({
    {ExchangeError::TimedOut,
     "timed out",
     {Ede::NoReachableAuthority, "if other zones fail too, check that this host can reach port 53 outside"},
     {Ede::NoReachableAuthority, "check that the forwarder runs, and that no firewall blocks it"}},
    {ExchangeError::Refused,
     "refused the connection",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, "check that a DNS server listens at this address of the [[forward]]"}},
    {ExchangeError::Unreachable,
     "is unreachable",
     {Ede::NetworkError, "check the routes and the firewall of this host"},
     {Ede::NetworkError, "check the address in the [[forward]], and the routes of this host"}},
    {ExchangeError::NearMisses,
     "had too many replies that almost matched",
     {Ede::NetworkError, "replies may be forged: let this host reach port 53 of the Internet over TCP"},
     {Ede::NetworkError, "replies may be forged: let this host reach the forwarder over TCP"}},
    {ExchangeError::Closed,
     "closed the connection early",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, kUseAnother}},
    both(ExchangeError::Local, "could not be asked, because this host has no socket or no memory left",
         Ede::NotReady, "raise this host's limit of open files (LimitNOFILE=) or its memory"),
    {ExchangeError::Malformed,
     "sent a malformed reply",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, kUseAnother}},
});
static_assert(are_in_order(kErrors) &&
              kErrors.size() == static_cast<std::size_t>(ExchangeError::Malformed) + 1);

// An RCODE shows that the server was reached: 23 covers each unrecoverable error of the exchange, and 22
// covers authorities that refuse to reply.
constexpr auto kRcodes = std::to_array<Row<Rcode>>({
    {Rcode::ServFail,
     {},
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, "see the reason in the log of the forwarder, or use another forwarder"}},
    {Rcode::Refused,
     {},
     {Ede::NoReachableAuthority,
      "ask the operator of zone {zone}: this server does not serve it, or refuses this host"},
     {Ede::NetworkError, "let the forwarder allow queries of this host, or use another forwarder"}},
    {Rcode::NotImp, {}, {Ede::NoReachableAuthority, kRepairDelegation}, {Ede::NetworkError, kUseAnother}},
});
constexpr Row<Rcode> kOtherRcode{
    {}, {}, {Ede::NetworkError, kRepairServer}, {Ede::NetworkError, kUseAnother}};

constexpr auto kMisbehaviours = std::to_array<Row<Misbehaviour>>({
    {Misbehaviour::Malformed,
     "sent a malformed reply",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, kUseAnother}},
    {Misbehaviour::TooLarge,
     "sent a record set that exceeds the size limit of this resolver",
     {Ede::Other, "ask the operator of zone {zone} for smaller record sets"},
     {Ede::Other, "ask the operator of the name's zone for smaller record sets"}},
    {Misbehaviour::TruncatedOverTcp,
     "sent a truncated reply over TCP",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, kUseAnother}},
    {Misbehaviour::Unrelated,
     "sent an answer to another question",
     {Ede::NetworkError, kRepairServer},
     {Ede::NetworkError, kUseAnother}},
    {Misbehaviour::NotAuthoritative,
     "is lame: it does not serve the zone",
     {Ede::NoReachableAuthority, kRepairDelegation},
     {Ede::NetworkError, kUseAnother}},
    {Misbehaviour::UpwardReferral,
     "is lame: it refers upwards",
     {Ede::NoReachableAuthority, kRepairDelegation},
     {Ede::NetworkError, kUseAnother}},
});
static_assert(are_in_order(kMisbehaviours) &&
              kMisbehaviours.size() == static_cast<std::size_t>(Misbehaviour::UpwardReferral) + 1);

constexpr CodeAndAdvice kTruncatedByAuthority{
    Ede::NetworkError, "let this host reach port 53 of the Internet over TCP; else the server needs repair"};
constexpr CodeAndAdvice kTruncatedByForwarder{
    Ede::NetworkError, "let this host reach the forwarder over TCP, or use another forwarder"};

constexpr auto kObstacles = std::to_array<Row<Obstacle>>({
    both(Obstacle::NoAddress, "has no address", Ede::NoReachableAuthority,
         "ask the operator of zone {zone} to correct its NS records"),
    both(Obstacle::NoIpv4Address, "has no IPv4 address, and this host has no IPv6 route",
         Ede::NoReachableAuthority, "give this host an IPv6 route if the server has an IPv6 address"),
    both(Obstacle::Forbidden, "has only addresses that must not be asked (resolve.do-not-query)",
         Ede::NoReachableAuthority, "to query this server all the same, list it in a [[stub]]"),
    both(Obstacle::AddressUnknown, "could not be resolved to an address", Ede::NoReachableAuthority,
         "ask for the address of this server to see the reason"),
    both(Obstacle::NoIpv6Route, "has only IPv6 addresses, and this host has no IPv6 route",
         Ede::NoReachableAuthority,
         "give this host an IPv6 route, or forward the zone to a resolver with one"),
    both(Obstacle::Ipv6Off, "has only IPv6 addresses, and resolve.ipv6 is \"no\"", Ede::NoReachableAuthority,
         "set resolve.ipv6 = \"auto\""),
    both(Obstacle::Ipv4Off, "has only IPv4 addresses, and resolve.ipv4 is \"no\"", Ede::NoReachableAuthority,
         "set resolve.ipv4 = \"yes\""),
    both(Obstacle::Cycle, "has an address that depends on itself", Ede::NoReachableAuthority,
         "ask the operator of zone {zone} to add glue, or a server in another zone"),
    both(Obstacle::TooDeep, "needs too many lookups to be found", Ede::NoReachableAuthority,
         "ask the operator of zone {zone} to name servers inside the zone"),
    both(Obstacle::KnownDown, "failed recently and is still failing", Ede::NoReachableAuthority, kSeeLog),
    {Obstacle::NoServers,
     "has no server that can be asked",
     {Ede::NoReachableAuthority, "ask the operator of zone {zone} to correct its NS records"},
     {Ede::NoReachableAuthority, "add a [[forward]] for this zone, or set resolve.mode = \"iterate\""}},
    both(Obstacle::Overloaded, "was not looked up: too many lookups are under way", Ede::NotReady,
         "look for a client that asks too much, or raise server.workers"),
});
static_assert(are_in_order(kObstacles) &&
              kObstacles.size() == static_cast<std::size_t>(Obstacle::Overloaded) + 1);

// Their words and codes are in dnssec/verdict.cpp. Advice to accept a zone whose signatures are wrong would
// be bad advice.
struct AdviceOnFlaw {
  Flaw kind;
  std::string_view of_authority;
  std::string_view of_forwarder;
};
constexpr auto kFlaws = std::to_array<AdviceOnFlaw>({
    {Flaw::None, kNone, kNone},
    {Flaw::NoTrustAnchor, kNone, kNone},
    {Flaw::NegativeTrustAnchor, kNone, kNone},
    {Flaw::UnsignedDelegation, kNone, kNone},
    {Flaw::UnsupportedAlgorithm, kNone, kNone},
    {Flaw::UnsupportedDigest, kNone, kNone},
    {Flaw::TooManyIterations, kNone, kNone},
    {Flaw::SignatureMissing,
     "ask the operator of {owner} to sign it; a device on the way may remove signatures",
     "if this forwarder removes DNSSEC signatures, use another one; else {owner} must be signed"},
    {Flaw::SignatureExpired, kCheckClock, kCheckClock},
    {Flaw::SignatureNotYetValid, kCheckClock, kCheckClock},
    {Flaw::SignatureBad, kRepairDnssec, kRepairDnssecOrForwarder},
    {Flaw::SignatureMalformed, kRepairDnssec, kRepairDnssecOrForwarder},
    {Flaw::KeyMissing, kRepairDnssec, kRepairDnssecOrForwarder},
    {Flaw::KeyNotForDs, "ask the operator of {owner} to correct its DS, or renew its trust anchor here",
     "try another forwarder; else the DS of {owner}, or its trust anchor here, is out of date"},
    {Flaw::KeyNotForZone, kRepairDnssec, kRepairDnssecOrForwarder},
    {Flaw::DenialMissing, kRepairDnssec,
     "if this forwarder removes DNSSEC records, use another one; else {owner} must be repaired"},
    {Flaw::DenialBroken, kRepairDnssec, kRepairDnssecOrForwarder},
    {Flaw::KeysUnreachable, kSeeLog, kSeeLog},
    {Flaw::DsUnreachable, kSeeLog, kSeeLog},
    {Flaw::TooCostly, "ask the operator of {owner} for fewer keys and signatures",
     "ask the operator of {owner} for fewer keys and signatures"},
    {Flaw::ClockWrong, "set this host's clock", "set this host's clock"},
});
static_assert(are_in_order(kFlaws) && kFlaws.size() == static_cast<std::size_t>(Flaw::ClockWrong) + 1);

template <class Rows, class Kind>
[[nodiscard]] constexpr const auto& row_of(const Rows& rows, Kind kind) {
  return rows[static_cast<std::size_t>(kind)];
}

struct ComplaintWords {
  std::string operator()(ExchangeError error) const { return std::string(row_of(kErrors, error).words); }
  std::string operator()(Rcode rcode) const { return "answered " + wire::to_text(rcode); }
  std::string operator()(Misbehaviour what) const { return std::string(row_of(kMisbehaviours, what).words); }
  std::string operator()(const TruncatedWithoutTcp& truncated) const {
    return fmt::format("truncates its replies over UDP, and {} over TCP",
                       row_of(kErrors, truncated.tcp).words);
  }
  std::string operator()(Obstacle what) const { return std::string(row_of(kObstacles, what).words); }
  std::string operator()(const dnssec::Verdict& verdict) const { return dnssec::to_text(verdict); }
};

struct CodeAndAdviceOf {
  AskedAs asked_as;

  template <class Kinds>
  [[nodiscard]] auto of(const Kinds& row) const {
    return asked_as == AskedAs::Forwarder ? row.of_forwarder : row.of_authority;
  }
  CodeAndAdvice operator()(ExchangeError error) const { return of(row_of(kErrors, error)); }
  CodeAndAdvice operator()(Rcode rcode) const {
    const auto* row = std::ranges::find(kRcodes, rcode, &Row<Rcode>::kind);
    return of(row == kRcodes.end() ? kOtherRcode : *row);
  }
  CodeAndAdvice operator()(Misbehaviour what) const { return of(row_of(kMisbehaviours, what)); }
  CodeAndAdvice operator()(const TruncatedWithoutTcp&) const {
    return asked_as == AskedAs::Forwarder ? kTruncatedByForwarder : kTruncatedByAuthority;
  }
  CodeAndAdvice operator()(Obstacle what) const { return of(row_of(kObstacles, what)); }
  CodeAndAdvice operator()(const dnssec::Verdict& verdict) const {
    return {dnssec::extended_error(verdict.flaw), of(row_of(kFlaws, verdict.flaw))};
  }
};

}  // namespace

std::string to_text(const Complaint& complaint) { return std::visit(ComplaintWords{}, complaint); }

CodeAndAdvice code_and_advice(const Complaint& complaint, AskedAs asked_as) {
  return std::visit(CodeAndAdviceOf{asked_as}, complaint);
}

std::string advice_on(const Cause& cause) {
  // Our advice stands behind the first error.
  const auto& earlier = cause.earlier;
  if (earlier.size() > 1 && earlier[1].code == Ede::Other) return earlier[1].text;
  const auto* verdict = std::get_if<dnssec::Verdict>(&cause.complaint);
  const auto owner = verdict == nullptr ? std::string() : verdict->owner.text();
  return fmt::format(fmt::runtime(code_and_advice(cause.complaint, cause.asked_as).advice),
                     fmt::arg("zone", cause.zone.text()), fmt::arg("owner", owner));
}

bool is_for_want_of_keys(const Complaint& complaint) {
  const auto* verdict = std::get_if<dnssec::Verdict>(&complaint);
  return verdict != nullptr &&
         (verdict->flaw == Flaw::KeysUnreachable || verdict->flaw == Flaw::DsUnreachable);
}

}  // namespace shirube::upstream
