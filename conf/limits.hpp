// How much a configuration may ask for: far above what a site needs, yet a slip (a size without its unit, the
// wrong file) does not become a process that the host cannot hold.
// Threads:  constants.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "wire/time.hpp"

namespace shirube::conf {

inline constexpr std::size_t kMaxFileSize = std::size_t{1} << 20;  // a log or a device given by mistake

inline constexpr std::size_t kMaxListen = 64;          // two sockets each, in every worker
inline constexpr std::uint16_t kMaxWorkers = 256;      // threads
inline constexpr std::size_t kMaxUserLength = 32;      // useradd(8)
inline constexpr std::size_t kMaxTxtLength = 255;      // one character-string (RFC 1035 §3.3)
inline constexpr std::size_t kMaxPrefixes = 1'024;     // walked in order for each query
inline constexpr std::size_t kMaxZones = 1'024;        // of one list, walked in order for each query
inline constexpr std::size_t kMaxServersPerZone = 16;  // each keeps its own measurements
inline constexpr std::size_t kMaxDnsbls = 256;         // as kMaxZones; a mail host asks a dozen
inline constexpr std::size_t kMaxExemptZones = 256;  // walked in order for each answer with a private address
inline constexpr std::size_t kMaxPathLength = 4'095;  // PATH_MAX
inline constexpr std::size_t kMaxTrustAnchorFiles = 64;
inline constexpr std::size_t kMaxTrustAnchorRecords = 16;  // of one zone: all of them are tried
inline constexpr std::size_t kMaxNegativeTrustAnchors =
    256;                                         // walked in order for each zone of a chain of trust
inline constexpr std::size_t kMaxClients = 256;  // walked in order for each query
inline constexpr std::size_t kMaxProfiles = 64;  // with the built-in ones they fit one octet of a cache key
inline constexpr std::size_t kMaxProfileNameLength = 32;

// Below half a second no far server can answer; resolver libraries ask again after 5 s.
inline constexpr wire::Duration kMinDeadline = std::chrono::milliseconds{500};
inline constexpr wire::Duration kMaxDeadline = std::chrono::milliseconds{4'500};

inline constexpr std::size_t kMinCacheSize = std::size_t{1} << 20;
inline constexpr std::size_t kMaxCacheSize = std::size_t{1} << 40;
inline constexpr wire::Seconds kMaxMinTtl = std::chrono::hours{1};      // longer hides changes of the zone
inline constexpr wire::Seconds kMaxMaxTtl = std::chrono::days{7};       // RFC 8767 §4
inline constexpr wire::Seconds kMaxNegativeTtl = std::chrono::days{1};  // RFC 2308 §5
inline constexpr wire::Seconds kMaxServeStale = std::chrono::days{7};   // RFC 8767 §5 suggests one to three

}  // namespace shirube::conf
