// A signed zone whose names have moved.
#pragma once

#include "tests/support/signed_world.hpp"

namespace shirube::test {

// test. is signed. Its DNAME old.test. leads to new.test. within it, plain.test. to unsigned.test., which is
// not signed; each has a www.
class ZoneWithDnames : public SignedHost {
 public:
  static constexpr std::string_view kServer = "192.0.2.1";

  ZoneWithDnames();
  ~ZoneWithDnames();

  const std::size_t test = serve_signed(
      "test", "old 300 DNAME new\nwww.new 300 A 192.0.2.80\nplain 300 DNAME unsigned\n", {kServer});
  const std::size_t plain = serve("unsigned.test", "www 300 A 192.0.2.81\n", {"192.0.2.2"});
};

}  // namespace shirube::test
