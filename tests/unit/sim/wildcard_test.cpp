#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::lines;
using test::Lines;
using test::question;
using wire::Rcode;
using wire::Type;

namespace {

// The zone of RFC 4592 §2.2.1.
const auto kZone = test::zone("example.", R"($ORIGIN example.
example.                 3600 IN  SOA   ns hostmaster 1 2 3 4 60
example.                 3600     NS    ns.example.com.
example.                 3600     NS    ns.example.net.
*.example.               3600     TXT   "this is a wildcard"
*.example.               3600     MX    10 host1.example.
sub.*.example.           3600     TXT   "this is not a wildcard"
host1.example.           3600     A     192.0.2.1
_ssh._tcp.host1.example. 3600     SRV   0 0 22 host1.example.
_ssh._tcp.host2.example. 3600     SRV   0 0 22 host1.example.
subdel.example.          3600     NS    ns.example.com.
subdel.example.          3600     NS    ns.example.net.
)");

}  // namespace

TEST_CASE("a wildcard is expanded for names that do not exist, in the case in which they were asked") {
  CHECK(lines(kZone.lookup(question("HOST3.example", Type::MX)).answer) ==
        Lines{"HOST3.example. MX 10 host1.example."});
  CHECK(lines(kZone.lookup(question("foo.bar.example", Type::TXT)).answer) ==
        Lines{"foo.bar.example. TXT \"this is a wildcard\""});
}

TEST_CASE("a wildcard without the type gives NODATA") {
  const auto answer = kZone.lookup(question("host3.example", Type::A));
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(answer.answer.empty());
  REQUIRE(answer.authority.size() == 1);
  CHECK(answer.authority[0].type == Type::SOA);
  CHECK(answer.authority[0].ttl == 60);
}

TEST_CASE("a wildcard does not cover names that exist, nor what is below them") {
  CHECK(kZone.lookup(question("host1.example", Type::MX)).answer.empty());
  CHECK(kZone.lookup(question("host1.example", Type::MX)).rcode == Rcode::NoError);
  CHECK(kZone.lookup(question("sub.*.example", Type::MX)).answer.empty());
  CHECK(kZone.lookup(question("sub.*.example", Type::MX)).rcode == Rcode::NoError);
  CHECK(kZone.lookup(question("_telnet._tcp.host1.example", Type::SRV)).rcode == Rcode::NxDomain);
  CHECK(kZone.lookup(question("ghost.*.example", Type::MX)).rcode == Rcode::NxDomain);
}

TEST_CASE("a wildcard does not reach below a delegation") {
  const auto answer = kZone.lookup(question("host.subdel.example", Type::A));
  CHECK(answer.answer.empty());
  CHECK_FALSE(answer.authoritative);
  REQUIRE(answer.authority.size() == 1);
  CHECK(answer.authority[0].type == Type::NS);
}

TEST_CASE("a wildcard asked for by its own name is an ordinary name") {
  CHECK(lines(kZone.lookup(question("*.example", Type::MX)).answer) ==
        Lines{"*.example. MX 10 host1.example."});
}

TEST_CASE("a wildcard CNAME is an alias for the asked name") {
  const auto zone = test::zone("a.example", "*.w CNAME host\nhost A 192.0.2.1\n");
  CHECK(lines(zone.lookup(question("x.w.a.example", Type::A)).answer) ==
        Lines{"x.w.a.example. CNAME host.a.example.", "host.a.example. A 192.0.2.1"});
}
