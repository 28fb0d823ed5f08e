// RFC 9609 §4: the root's servers, out of the answer to a priming query.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/delegation.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;

TEST_CASE("priming gives the root's servers with their signatures, and the addresses of just these") {
  wire::Answer reply;
  reply.answer = {as_signed(rrset({". 300 IN NS a.root.", ". 300 IN NS b.root."}))};
  reply.additional =
      rrsets({"a.root. 300 IN A 192.0.2.1", "b.root. 300 IN AAAA 2001:db8::2", "c.root. 300 IN A 10.6.6.6"});
  const auto priming = upstream::read_priming(reply);
  REQUIRE(priming);
  CHECK(priming->servers == reply.answer.front());
  CHECK(priming->glue == rrsets({"a.root. 300 IN A 192.0.2.1", "b.root. 300 IN AAAA 2001:db8::2"}));
  CHECK(priming->security.empty());
}

TEST_CASE("NS of another zone, or beside the answer, prime nothing") {
  wire::Answer reply;
  CHECK_FALSE(upstream::read_priming(reply));
  reply.answer = rrsets({"example. 300 IN NS a.evil.", ". 300 IN SOA a. b. 1 1 1 1 60"});
  reply.authority = rrsets({". 300 IN NS a.evil."});
  reply.additional = rrsets({"a.evil. 300 IN A 10.6.6.6"});
  CHECK_FALSE(upstream::read_priming(reply));
}

TEST_CASE("a root with a crowd of servers has thirteen of them") {
  wire::Answer reply;
  reply.answer = {rrset(numbered(". 300 IN NS ns#.root.", 50))};
  const auto priming = upstream::read_priming(reply);
  REQUIRE(priming);
  CHECK(priming->servers.rdatas.count() == 13);
}
