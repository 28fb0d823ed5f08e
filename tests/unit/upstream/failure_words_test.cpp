// What a failure says: the EDE of the SERVFAIL, and the line in the log.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/failure.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using dnssec::Flaw;
using dnssec::Status;
using upstream::Cause;
using upstream::ExchangeError;
using upstream::Failure;
using upstream::Misbehaviour;
using upstream::Obstacle;
using wire::Ede;
using wire::ExtendedError;

namespace {

[[nodiscard]] Cause by(std::string_view server, upstream::Complaint complaint) {
  return {.zone = name("example."), .server = endpoint(server), .complaint = std::move(complaint)};
}

[[nodiscard]] dnssec::Verdict bad_signature() {
  return {Status::Bogus, Flaw::SignatureBad, name("www.example."), wire::Type::A};
}

[[nodiscard]] Failure failure(std::vector<Cause> causes, std::vector<ExtendedError> from_peer = {}) {
  Failure made;
  made.causes = std::move(causes);
  made.from_peer = std::move(from_peer);
  return made;
}

[[nodiscard]] std::vector<ExtendedError> errors_of(std::vector<Cause> causes,
                                                   std::vector<ExtendedError> from_peer = {}) {
  return upstream::extended_errors(failure(std::move(causes), std::move(from_peer)));
}

}  // namespace

TEST_CASE("a cause tells who did what, as far as it is known") {
  CHECK(to_text(by("192.0.2.1", wire::Rcode::Refused)) == "192.0.2.1:53 of zone example. answered REFUSED");
  CHECK(to_text(by("2001:db8::1", Misbehaviour::UpwardReferral)) ==
        "[2001:db8::1]:53 of zone example. is lame: it refers upwards");
  CHECK(
      to_text(Cause{
          .zone = name("example."), .complaint = Obstacle::NoAddress, .server_name = name("ns1.example.")}) ==
      "server ns1.example. of zone example. has no address");
  CHECK(to_text(Cause{.zone = name("example."), .complaint = Obstacle::NoServers}) ==
        "zone example. has no server that can be asked");
}

TEST_CASE("a verdict speaks for itself, and names who sent what is flawed") {
  CHECK(to_text(Cause{.zone = name("example."), .complaint = bad_signature()}) ==
        "signature over www.example. A does not fit data and key");
  CHECK(to_text(by("192.0.2.1", bad_signature())) ==
        "signature over www.example. A does not fit data and key, in the reply of 192.0.2.1:53");
}

TEST_CASE("a flaw has its own EDE, and goes before who was slow on the way") {
  const std::vector causes{by("192.0.2.1", ExchangeError::TimedOut), by("192.0.2.2", bad_signature()),
                           by("192.0.2.3", wire::Rcode::ServFail)};
  CHECK(upstream::most_telling(failure(causes)) == causes[1]);
  CHECK(errors_of(causes)[0] == ExtendedError{Ede::DnssecBogus,
                                              "signature over www.example. A does not fit data and key, in "
                                              "the reply of 192.0.2.2:53, 2 more causes"});
  CHECK(errors_of({Cause{.complaint = dnssec::Verdict{Status::Bogus, Flaw::SignatureMissing}}})[0].code ==
        Ede::RrsigsMissing);
}

TEST_CASE("of equally informative causes the first is reported") {
  const std::vector causes{by("192.0.2.1", wire::Rcode::ServFail), by("192.0.2.2", ExchangeError::Refused)};
  CHECK(upstream::most_telling(failure(causes)) == causes[0]);
  CHECK(errors_of(causes)[0].text == "192.0.2.1:53 of zone example. answered SERVFAIL, 1 more cause");
}

TEST_CASE("the word of a server goes before silence, and both before obstacles and consequences") {
  const auto refused = by("192.0.2.1", wire::Rcode::Refused);
  const auto timed_out = by("192.0.2.2", ExchangeError::TimedOut);
  auto aside = by("192.0.2.3", wire::Rcode::Refused);
  aside.away = 1;
  const Cause no_route{.zone = name("example."), .complaint = Obstacle::NoIpv6Route};
  const Cause cycle{.zone = name("example."), .complaint = Obstacle::Cycle, .server_name = name("ns.a.")};
  const Cause down = by("192.0.2.4", Obstacle::KnownDown);
  const Cause unknown{.zone = name("example."), .complaint = Obstacle::AddressUnknown};
  const std::vector by_rank{refused, timed_out, aside, no_route, cycle, down, unknown};
  for (std::size_t i = 0; i + 1 < by_rank.size(); ++i)
    CHECK(upstream::most_telling(failure({by_rank[i + 1], by_rank[i]})) == by_rank[i]);
}

TEST_CASE("an obstacle of this host comes with advice, but only if it is the reported cause") {
  const Cause no_route{.zone = name("example."), .complaint = Obstacle::NoIpv6Route};
  CHECK(upstream::advice(failure({no_route})) ==
        "give this host an IPv6 route, or forward the zone to a resolver with one");
  CHECK_THAT(upstream::advice(failure({by("192.0.2.1", wire::Rcode::Refused), no_route})),
             !Catch::Contains("IPv6"));
  CHECK(upstream::advice(failure({})).empty());
}

TEST_CASE("a spent budget is reported in place of its consequences") {
  auto costly = failure({Cause{.zone = name("example."), .complaint = Obstacle::AddressUnknown}});
  costly.out_of_budget = true;
  CHECK(upstream::extended_errors(costly)[0].text == "the lookup exceeded its limits");
  costly.add(by("192.0.2.1", wire::Rcode::Refused));
  CHECK(upstream::extended_errors(costly)[0].text ==
        "192.0.2.1:53 of zone example. answered REFUSED, 1 more cause");
}

TEST_CASE(
    "the code is that of the reported cause: 22 if no authority was reached, 23 if the exchange failed") {
  const auto refused = by("192.0.2.1", ExchangeError::Refused);
  const auto silent = by("192.0.2.2", ExchangeError::TimedOut);
  CHECK(errors_of({silent})[0].code == Ede::NoReachableAuthority);
  CHECK(errors_of({by("192.0.2.1", Misbehaviour::UpwardReferral)})[0].code == Ede::NoReachableAuthority);
  CHECK(errors_of({silent, refused})[0].code == Ede::NetworkError);
  CHECK_THAT(errors_of({silent, refused})[0].text, Catch::StartsWith("192.0.2.1:53 "));
  CHECK(errors_of({by("192.0.2.1", wire::Rcode::ServFail), silent})[0].code == Ede::NetworkError);
  CHECK(errors_of({by("192.0.2.1", Misbehaviour::Malformed)})[0].code == Ede::NetworkError);
}

TEST_CASE("if keys were not received, the server that failed to send them goes first, with the flaw's code") {
  const Cause keys{.zone = name("test."),
                   .complaint = dnssec::Verdict{Status::Indeterminate, Flaw::KeysUnreachable, name("test."),
                                                wire::Type::DNSKEY}};
  const auto server = by("192.0.2.1", wire::Rcode::ServFail);
  CHECK(errors_of({keys, server})[0] ==
        ExtendedError{
            Ede::DnssecIndeterminate,
            "192.0.2.1:53 of zone example. answered SERVFAIL, so keys of test. could not be fetched"});
  CHECK_THAT(errors_of({keys, server, by("192.0.2.2", ExchangeError::TimedOut)})[0].text,
             Catch::EndsWith("could not be fetched, 1 more cause"));
  CHECK(errors_of({keys})[0].text == "keys of test. could not be fetched");
}

TEST_CASE("a failure without a cause says so, or that it exceeded its limits") {
  CHECK(errors_of({}) == std::vector<ExtendedError>{{Ede::NoReachableAuthority, "no server could be asked"}});
  auto costly = failure({});
  costly.out_of_budget = true;
  CHECK(upstream::extended_errors(costly) ==
        std::vector<ExtendedError>{{Ede::Other, "the lookup exceeded its limits"}});
}

TEST_CASE("two EDEs of the upstream are passed on, behind our own") {
  const std::vector<ExtendedError> theirs{{Ede::Blocked, "a"}, {Ede::Filtered, "b"}, {Ede::Prohibited, "c"}};
  const auto both = errors_of({by("192.0.2.1", wire::Rcode::Refused)}, theirs);
  REQUIRE(both.size() == 4);
  CHECK(both[0].code == Ede::NoReachableAuthority);
  CHECK(both[1].code == Ede::Other);  // our advice
  CHECK(both[2] == theirs[0]);
  CHECK(both[3] == theirs[1]);
  CHECK(errors_of({}, theirs) == std::vector{theirs[0], theirs[1]});
}
