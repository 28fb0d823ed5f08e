#include <catch2/catch.hpp>

#include "sim/world.hpp"
#include "tests/support/sim_client.hpp"

using namespace shirube;
using test::query;
using wire::Rcode;
using wire::Type;

namespace {

struct Reply {
  wire::Header header;
  wire::Rcode rcode;
  wire::Answer answer;
};

[[nodiscard]] std::optional<Reply> ask(sim::Faults faults, std::string_view name, Type type = Type::A) {
  sim::World world;
  auto& host = world.add_host(
      "192.0.2.53", sim::Role::Authority,
      {world.add_zone("a.example",
                      "@ SOA ns h 1 2 3 4 60\n@ NS ns\nwww.ent A 192.0.2.1\n*.wild A 192.0.2.2\n")});
  host.faults = faults;
  const auto bytes = world.respond(host, query(name, {.type = type}), false, 99);
  if (bytes.empty()) return std::nullopt;
  const auto message = wire::MessageView::parse(bytes);
  return Reply{message->header(), message->rcode(), *wire::read_answer(*message)};
}

}  // namespace

TEST_CASE("an upward referral stands where a refusal would") {
  const auto away = ask({.upward_referral = true}, "www.elsewhere.test");
  CHECK(away->rcode == Rcode::NoError);
  CHECK(away->answer.answer.empty());
  REQUIRE(away->answer.authority.size() == 1);
  CHECK(away->answer.authority[0].owner.is_root());
  CHECK_FALSE(away->header.aa);
  CHECK(ask({.upward_referral = true}, "www.ent.a.example")->answer.answer.size() == 1);
  CHECK(ask({.lame = true, .upward_referral = true}, "www.ent.a.example")
            ->answer.authority.at(0)
            .owner.is_root());
}

TEST_CASE("a host that is not authoritative answers all the same") {
  CHECK(ask({}, "www.ent.a.example")->header.aa);
  const auto reply = ask({.not_authoritative = true}, "www.ent.a.example");
  CHECK_FALSE(reply->header.aa);
  CHECK(reply->answer.answer.size() == 1);
}

TEST_CASE("NOTIMP to everything") {
  CHECK(ask({.notimp = true}, "www.ent.a.example")->rcode == Rcode::NotImp);
}

TEST_CASE("denials without SOA") {
  CHECK(ask({}, "nope.a.example")->answer.authority.size() == 1);
  const auto missing = ask({.no_soa = true}, "nope.a.example");
  CHECK(missing->rcode == Rcode::NxDomain);
  CHECK(missing->answer.authority.empty());
  CHECK(ask({.no_soa = true}, "a.example", Type::SOA)->answer.answer.size() == 1);
}

TEST_CASE("an empty non-terminal denied, and nothing else") {
  const sim::Faults faults{.nxdomain_on_empty_non_terminal = true};
  CHECK(ask({}, "ent.a.example")->rcode == Rcode::NoError);
  CHECK(ask(faults, "ent.a.example")->rcode == Rcode::NxDomain);
  CHECK(ask(faults, "www.ent.a.example")->rcode == Rcode::NoError);
  CHECK(ask(faults, "www.ent.a.example", Type::MX)->rcode == Rcode::NoError);
  CHECK(ask(faults, "x.wild.a.example", Type::MX)->rcode == Rcode::NoError);
}

TEST_CASE("names without such data fail, others do not") {
  const sim::Faults faults{.fails_no_data = true};
  CHECK(ask(faults, "www.ent.a.example", Type::MX)->rcode == Rcode::ServFail);
  CHECK(ask(faults, "ent.a.example")->rcode == Rcode::ServFail);
  CHECK(ask(faults, "www.ent.a.example")->answer.answer.size() == 1);
  CHECK(ask(faults, "nope.a.example")->rcode == Rcode::NxDomain);
}

TEST_CASE("silence to questions for NS only") {
  CHECK_FALSE(ask({.silent_on_ns = true}, "a.example", Type::NS));
  CHECK(ask({.silent_on_ns = true}, "a.example", Type::SOA));
}
