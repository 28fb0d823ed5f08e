#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::query;
using wire::Rcode;

namespace {

struct Faulty {
  sim::World world;
  sim::Host* host;

  explicit Faulty(sim::Faults faults) {
    const auto zone = world.add_zone("a.example", "@ SOA ns h 1 2 3 4 60\nwww A 192.0.2.1\n");
    host = &world.add_host("192.0.2.53", sim::Role::Authority, {zone});
    host->faults = faults;
  }
  [[nodiscard]] wire::Bytes respond(wire::BytesView bytes, bool over_tcp = false) const {
    return world.respond(*host, bytes, over_tcp, 99);
  }
};

[[nodiscard]] Rcode rcode(const wire::Bytes& reply) {
  return static_cast<Rcode>(wire::read_header(reply).rcode_low);
}

const auto kPlain = query("wWw.a.example");
const auto kEdns = query("wWw.a.example", {.edns_size = 1232});

}  // namespace

TEST_CASE("a silent host says nothing") { CHECK(Faulty({.silent = true}).respond(kPlain).empty()); }

TEST_CASE("a lame host refuses, a failing one says SERVFAIL") {
  CHECK(rcode(Faulty({.lame = true}).respond(kPlain)) == Rcode::Refused);
  CHECK(rcode(Faulty({.servfail = true}).respond(kPlain)) == Rcode::ServFail);
}

TEST_CASE("a host without EDNS answers FORMERR without OPT, or is silent") {
  const auto formerr = Faulty({.no_edns = true}).respond(kEdns);
  CHECK(rcode(formerr) == Rcode::FormErr);
  CHECK(wire::read_header(formerr).additional_count == 0);
  CHECK(rcode(Faulty({.no_edns = true}).respond(kPlain)) == Rcode::NoError);
  CHECK(Faulty({.drops_edns = true}).respond(kEdns).empty());
  CHECK(rcode(Faulty({.drops_edns = true}).respond(kPlain)) == Rcode::NoError);
}

TEST_CASE("a host that truncates does so over UDP only") {
  const Faulty host({.truncates = true});
  CHECK(wire::read_header(host.respond(kPlain)).tc);
  CHECK(wire::read_header(host.respond(kPlain)).answer_count == 0);
  CHECK_FALSE(wire::read_header(host.respond(kPlain, true)).tc);
  CHECK(wire::read_header(host.respond(kPlain, true)).answer_count == 1);
}

TEST_CASE("a host that ignores case gives the question back in lower case") {
  const auto reply = Faulty({.ignores_case = true}).respond(kPlain);
  CHECK(wire::MessageView::parse(reply)->question()->name.same_case_as(wire::Name::literal("www.a.example")));
}

TEST_CASE("failure replies without the question, successes with it") {
  const auto failure = Faulty({.servfail = true, .no_question = true}).respond(kPlain);
  CHECK(wire::read_header(failure).question_count == 0);
  CHECK(failure.size() == wire::kHeaderSize);
  CHECK(wire::read_header(Faulty({.no_question = true}).respond(kPlain)).question_count == 1);
}

TEST_CASE("garbage is what chance gives, the same for the same") {
  const Faulty host({.garbage = true});
  CHECK(host.respond(kPlain) == host.respond(kPlain));
  CHECK(host.world.respond(*host.host, kPlain, false, 1) != host.world.respond(*host.host, kPlain, false, 2));
}
