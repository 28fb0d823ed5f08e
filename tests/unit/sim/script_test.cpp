#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"
#include "tests/unit/sim/zones.hpp"
#include "wire/presentation.hpp"

using namespace shirube;
using test::Asker;
using test::query;
using test::to_server;
using wire::Rcode;

namespace {

struct Scripted {
  sim::World world;
  sim::Host& host = world.add_host("192.0.2.53", sim::Role::Authority,
                                   {world.add_zone("a.example", "@ SOA ns h 1 2 3 4 60\nwww A 192.0.2.1\n")});

  [[nodiscard]] wire::Answer ask(std::string_view name, wire::Header* header = nullptr) const {
    const auto reply = world.respond(host, query(name), false, 1);
    const auto message = wire::MessageView::parse(reply);
    REQUIRE(message);
    if (header != nullptr) *header = message->header();
    auto answer = *wire::read_answer(*message);
    answer.rcode = message->rcode();
    return answer;
  }
};

}  // namespace

TEST_CASE("a script says the whole content of a reply, its rcode and AA included") {
  Scripted scripted;
  for (const bool authoritative : {false, true}) {
    scripted.host.script = [authoritative](const wire::Question& asked) {
      wire::Answer answer;
      answer.rcode = Rcode::NxDomain;
      answer.authoritative = authoritative;
      answer.answer.push_back(*wire::parse_record(asked.name.text() + " 60 IN A 192.0.2.66"));
      answer.additional.push_back(*wire::parse_record("victim.example. 60 IN A 192.0.2.66"));
      return std::optional(answer);
    };
    wire::Header header;
    const auto answer = scripted.ask("www.a.example", &header);
    CHECK(header.aa == authoritative);
    CHECK(answer.rcode == Rcode::NxDomain);
    CHECK(test::lines(answer.answer) == test::Lines{"www.a.example. A 192.0.2.66"});
    CHECK(test::lines(answer.additional) == test::Lines{"victim.example. A 192.0.2.66"});
  }
}

TEST_CASE("where a script is silent the zones speak") {
  Scripted scripted;
  scripted.host.script = [](const wire::Question& asked) {
    return asked.name == wire::Name::literal("lie.a.example.") ? std::optional(wire::Answer{}) : std::nullopt;
  };
  CHECK(scripted.ask("www.a.example").answer.size() == 1);
  CHECK(scripted.ask("nope.a.example").rcode == Rcode::NxDomain);
  CHECK(scripted.ask("lie.a.example").rcode == Rcode::NoError);
}

TEST_CASE("a forger's packets come before the host's answer, and even when the host says nothing") {
  Scripted scripted;
  scripted.host.forger = [](wire::BytesView sent) {
    wire::Bytes guess(sent.begin(), sent.end());
    guess[2] |= 0x80;
    return std::vector<wire::Bytes>{guess};
  };
  sim::SimulatedNetwork network(scripted.world, 1);
  for (const bool silent : {false, true}) {
    scripted.host.faults.silent = silent;
    Asker asker;
    network.start_exchange(to_server("192.0.2.53", query("www.a.example")), asker);
    network.run();
    REQUIRE(asker.has_reply());
    CHECK(asker.header().answer_count == 0);
    CHECK((*asker.result)->took == scripted.host.link.delay);
  }
  Asker by_tcp;
  network.start_exchange(to_server("192.0.2.53", query("www.a.example"), upstream::Transport::Tcp), by_tcp);
  network.run();
  CHECK_FALSE(by_tcp.has_reply());  // silent, and a stream cannot be forged blindly
}
