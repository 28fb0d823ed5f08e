// A resolver that validates, in a simulated internet whose root is signed. SignedTree is a small one with
// every kind of zone.
#pragma once

#include <initializer_list>
#include <string_view>

#include "sim/defects.hpp"
#include "tests/support/iterating_host.hpp"

namespace shirube::test {

struct SignedSetup {
  IteratingSetup iterating{};  // the root's trust anchor is added
  sim::Signing root{};
};

class SignedHost : public IteratingHost {
 public:
  SignedHost();
  explicit SignedHost(const SignedSetup& setup);
  ~SignedHost();

  // As serve(), signed, with its DS in the zone above.
  std::size_t serve_signed(std::string_view apex, std::string_view text,
                           std::initializer_list<std::string_view> servers);
  std::size_t serve_signed(std::string_view apex, std::string_view text,
                           std::initializer_list<std::string_view> servers, const sim::Signing& signing);
  // See sim/defects.hpp.
  void spoil(std::size_t zone, std::string_view name, wire::Type type, sim::Defect defect);
};

inline constexpr std::string_view kTreeText = R"($TTL 300
www       A     192.0.2.80
to        CNAME www
moved     DNAME elsewhere.test.
*.wild    A     192.0.2.81
x.ent     TXT   "deep"
)";

// The root and test. at servers of their own; below test. zones of kTreeText, all at kTreeServer:
// example.test. (signed, NSEC), hashed.test. (NSEC3), gaps.test. (NSEC3, opt-out), compact.test. (RFC 9824)
// and unsigned.test.; below gaps.test. the unsigned plain.gaps.test. and the signed safe.gaps.test.
class SignedTree : public SignedHost {
 public:
  static constexpr std::string_view kTldServer = "192.0.2.10";
  static constexpr std::string_view kTreeServer = "192.0.2.11";

  SignedTree();
  explicit SignedTree(const SignedSetup& setup);
  ~SignedTree();

  const std::size_t test = serve_signed("test", "", {kTldServer});
  const std::size_t example = serve_signed("example.test", kTreeText, {kTreeServer});
  const std::size_t hashed =
      serve_signed("hashed.test", kTreeText, {kTreeServer}, {.denial = sim::DenialForm::Nsec3});
  const std::size_t gaps = serve_signed("gaps.test", kTreeText, {kTreeServer},
                                        {.denial = sim::DenialForm::Nsec3, .opt_out = true});
  const std::size_t compact =
      serve_signed("compact.test", kTreeText, {kTreeServer}, {.denial = sim::DenialForm::Compact});
  const std::size_t plain = serve("plain.gaps.test", kTreeText, {kTreeServer});
  const std::size_t safe = serve_signed("safe.gaps.test", kTreeText, {kTreeServer});
  const std::size_t not_signed = serve("unsigned.test", kTreeText, {kTreeServer});
};

}  // namespace shirube::test
