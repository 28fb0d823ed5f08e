// Signed records as RFCs print them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace shirube::test {

struct SignedExample {
  std::string_view source;
  std::string_view zone;
  std::string_view dnskey;
  std::string_view ds = {};
  std::string_view record;  // a line of a zone file
  std::string_view rrsig;
  std::uint32_t now;
};

inline constexpr std::array kSignedExamples = std::to_array<SignedExample>({
    {.source = "RFC 4035 Appendix A: NSEC of the apex",
     .zone = "example.",
     .dnskey = "256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXx"
               "KciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZf"
               "fQ==",
     .record = "example. 3600 IN NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY",
     .rrsig = "NSEC 5 1 3600 20040509183619 20040409183619 38519 example. O0k558jHhyrC97ISHnislm4kLMW48C7"
              "U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0VZ9ME5xPzUEhbvGnHd5sfzgFVeGxr5Nyyq4tWSDBgIBiLQUv1i"
              "vy29vhXy7WgR62dPrZ0PWvmjfFJ5arXf4nPxp/kEowGgBRzY/U=",
     .now = 1'083'000'000},
    {.source = "RFC 4035 B.6: MX from a wildcard",
     .zone = "example.",
     .dnskey = "256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXx"
               "KciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZf"
               "fQ==",
     .record = "a.z.w.example. 3600 IN MX 1 ai.example.",
     .rrsig = "MX 5 2 3600 20040509183619 20040409183619 38519 example. OMK8rAZlepfzLWW75Dxd63jy2wswESzxD"
              "KG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u2"
              "8aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=",
     .now = 1'083'000'000},
    {.source = "RFC 5702 6.2: RSA/SHA-512",
     .zone = "example.net.",
     .dnskey = "256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13t"
               "OnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffc"
               "GmhOL",
     .record = "www.example.net. 3600 IN A 192.0.2.91",
     .rrsig = "A 10 3 3600 20300101000000 20000101000000 3740 example.net. tsb4wnjRUDnB1BUi+t6TMTXThjVnG+"
              "eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOL"
              "DiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=",
     .now = 1'283'000'000},
    {.source = "RFC 6605 6.1: P-256",
     .zone = "example.net.",
     .dnskey = "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQL"
               "c8NAA==",
     .ds = "55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17",
     .record = "www.example.net. 3600 IN A 192.0.2.1",
     .rrsig = "A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+K"
              "J8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==",
     .now = 1'283'000'000},
    {.source = "RFC 6605 6.2: P-384",
     .zone = "example.net.",
     .dnskey = "257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbY"
               "Q+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
     .ds = "10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d28840"
           "5c3008a946df983d6",
     .record = "www.example.net. 3600 IN A 192.0.2.1",
     .rrsig = "A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz"
              "73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSMROx"
              "xwGipWcJm",
     .now = 1'283'000'000},
    {.source = "RFC 8080 6.1: Ed25519, first",
     .zone = "example.com.",
     .dnskey = "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
     .ds = "3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b",
     .record = "example.com. 3600 IN MX 10 mail.example.com.",
     .rrsig = "MX 15 2 3600 1440021600 1438207200 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPG"
              "rHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==",
     .now = 1'440'000'000},
    {.source = "RFC 8080 6.1: Ed25519, second",
     .zone = "example.com.",
     .dnskey = "257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=",
     .ds = "35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c",
     .record = "example.com. 3600 IN MX 10 mail.example.com.",
     .rrsig = "MX 15 2 3600 1440021600 1438207200 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVi"
              "oYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==",
     .now = 1'440'000'000},
    {.source = "RFC 8080 6.2: Ed448, first",
     .zone = "example.com.",
     .dnskey = "257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA",
     .ds = "9713 16 2 6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7",
     .record = "example.com. 3600 IN MX 10 mail.example.com.",
     .rrsig = "MX 16 2 3600 1440021600 1438207200 9713 example.com. 3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmj"
              "InI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVd"
              "nYtyMWbSNyGEY2213WKsJlwEA",
     .now = 1'440'000'000},
    {.source = "RFC 8080 6.2: Ed448, second",
     .zone = "example.com.",
     .dnskey = "257 3 16 kkreGWoccSDmUBGAe7+zsbG6ZAFQp+syPmYUurBRQc3tDjeMCJcVMRDmgcNLp5HlHAMy12VoISsA",
     .ds = "38353 16 2 645ff078b3568f5852b70cb60e8e696cc77b75bfaaffc118cf79cbda1ba28af4",
     .record = "example.com. 3600 IN MX 10 mail.example.com.",
     .rrsig = "MX 16 2 3600 1440021600 1438207200 38353 example.com. E1/oLjSGIbmLny/4fcgM1z4oL6aqo+izT3ur"
              "CyHyvEp4Sp8Syg1eI+lJ57CSnZqjJP41O/9l4m0AsQ4f7qI1gVnML8vWWiyW2KXhT9kuAICUSxv5OWbf81Rq7Yu60n"
              "pabODB0QFPb/rkW3kUZmQ0YQUA",
     .now = 1'440'000'000},
});

// Its modulus has 512 bits: fewer than kMinRsaModulusBits.
inline constexpr SignedExample kExampleOfShortKey = {
    .source = "RFC 5702 6.1: RSA/SHA-256",
    .zone = "example.net.",
    .dnskey =
        "256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p"
        "/DlUmObdk=",
    .record = "www.example.net. 3600 IN A 192.0.2.91",
    .rrsig =
        "A 8 3 3600 20300101000000 20000101000000 9033 example.net. kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ"
        "7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==",
    .now = 1'283'000'000};

}  // namespace shirube::test
