#include <catch2/catch.hpp>

#include "tests/unit/sim/zones.hpp"

using namespace shirube;
using test::lines;
using test::Lines;
using test::question;
using wire::Rcode;
using wire::Type;

namespace {

const auto kZone = test::zone("a.example", R"(@ SOA ns h 1 2 3 4 60
www CNAME web
web CNAME host
host A 192.0.2.1
gone CNAME nowhere
away CNAME host.b.example.
loop1 CNAME loop2
loop2 CNAME loop1
old DNAME new
under.new A 192.0.2.9
long DNAME aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc.x
)");

}  // namespace

TEST_CASE("aliases are followed inside the zone") {
  CHECK(lines(kZone.lookup(question("www.a.example", Type::A)).answer) ==
        Lines{"www.a.example. CNAME web.a.example.", "web.a.example. CNAME host.a.example.",
              "host.a.example. A 192.0.2.1"});
  CHECK(kZone.lookup(question("www.a.example", Type::CNAME)).answer.size() == 1);
  CHECK(kZone.lookup(question("www.a.example", Type::ANY)).answer.size() == 1);
}

TEST_CASE("the response code is that of the alias' end") {
  const auto gone = kZone.lookup(question("gone.a.example", Type::A));
  CHECK(gone.rcode == Rcode::NxDomain);
  CHECK(gone.answer.size() == 1);
  CHECK(gone.authority.size() == 1);
  const auto no_data = kZone.lookup(question("www.a.example", Type::MX));
  CHECK(no_data.rcode == Rcode::NoError);
  CHECK(no_data.answer.size() == 2);
  CHECK(no_data.authority.size() == 1);
}

TEST_CASE("an alias that leaves the zone is all that the zone says") {
  const auto answer = kZone.lookup(question("away.a.example", Type::A));
  CHECK(answer.rcode == Rcode::NoError);
  CHECK(lines(answer.answer) == Lines{"away.a.example. CNAME host.b.example."});
  CHECK(answer.authority.empty());
}

TEST_CASE("an alias loop ends, each link told once") {
  CHECK(kZone.lookup(question("loop1.a.example", Type::A)).answer.size() == 2);
}

TEST_CASE("a DNAME makes an alias for what is below it, not for itself") {
  CHECK(lines(kZone.lookup(question("under.old.a.example", Type::A)).answer) ==
        Lines{"old.a.example. DNAME new.a.example.", "under.old.a.example. CNAME under.new.a.example.",
              "under.new.a.example. A 192.0.2.9"});
  const auto itself = kZone.lookup(question("old.a.example", Type::A));
  CHECK(itself.answer.empty());
  CHECK(itself.rcode == Rcode::NoError);
}

TEST_CASE("a DNAME whose result is too long is YXDOMAIN") {
  const std::string label(60, 'y');
  const auto answer = kZone.lookup(question(label + ".long.a.example", Type::A));
  CHECK(answer.rcode == Rcode::YxDomain);
  CHECK(answer.answer.size() == 1);
}
