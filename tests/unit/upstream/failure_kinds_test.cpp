// Every kind of complaint has words, a code and advice of its own, for an authority and for a forwarder.
#include "upstream/failure_kinds.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using dnssec::Flaw;
using dnssec::Status;
using upstream::AskedAs;
using upstream::Cause;
using upstream::Complaint;
using upstream::ExchangeError;
using upstream::Misbehaviour;
using upstream::Obstacle;
using upstream::TruncatedWithoutTcp;
using wire::Ede;
using wire::Rcode;

namespace {

template <class Kind>
void add_all(std::vector<Complaint>& complaints, Kind last) {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i)
    complaints.emplace_back(static_cast<Kind>(i));
}

[[nodiscard]] std::vector<Complaint> all_complaints() {
  std::vector<Complaint> all;
  add_all(all, ExchangeError::Malformed);
  for (std::size_t i = 0; i <= static_cast<std::size_t>(ExchangeError::Closed); ++i)
    all.emplace_back(TruncatedWithoutTcp{static_cast<ExchangeError>(i)});
  for (const auto rcode : {Rcode::FormErr, Rcode::ServFail, Rcode::NotImp, Rcode::Refused, Rcode::BadVers,
                           Rcode::BadCookie, Rcode{9}})
    all.emplace_back(rcode);
  add_all(all, Misbehaviour::UpwardReferral);
  add_all(all, Obstacle::Overloaded);
  for (auto i = static_cast<std::size_t>(Flaw::SignatureMissing);
       i <= static_cast<std::size_t>(Flaw::ClockWrong); ++i)
    all.emplace_back(dnssec::Verdict{.status = Status::Bogus,
                                     .flaw = static_cast<Flaw>(i),
                                     .owner = name("www.example."),
                                     .type = wire::Type::A});
  return all;
}

[[nodiscard]] Cause cause_of(const Complaint& complaint, AskedAs asked_as) {
  return {.zone = name("example."),
          .server = endpoint("192.0.2.1"),
          .complaint = complaint,
          .asked_as = asked_as};
}

}  // namespace

TEST_CASE("every complaint has its own words, and advice that can be sent whole") {
  std::set<std::string> words;
  for (const auto& complaint : all_complaints()) {
    const auto text = upstream::to_text(complaint);
    CAPTURE(text);
    CHECK_FALSE(text.empty());
    // A malformed reply is the same event, whether it was read as a whole or stood in the way of a reply.
    if (!(complaint == Complaint(ExchangeError::Malformed))) CHECK(words.insert(text).second);
    for (const auto asked_as : {AskedAs::Authority, AskedAs::Forwarder}) {
      upstream::Failure failure;
      failure.add(cause_of(complaint, asked_as));
      const auto errors = upstream::extended_errors(failure);
      REQUIRE(errors.size() == 2);
      CHECK(errors[1].code == Ede::Other);
      CHECK_FALSE(errors[1].text.empty());
      CHECK(errors[1].text.size() <= wire::kMaxEdeText);
      CHECK(errors[1].text.find_first_of("{}") == std::string::npos);
      CHECK(errors[0].text.find(text) != std::string::npos);
    }
  }
}

TEST_CASE("only the administrator of a forwarder is told to use another forwarder") {
  for (const auto& complaint : all_complaints()) {
    const auto advice = upstream::advice_on(cause_of(complaint, AskedAs::Authority));
    CAPTURE(upstream::to_text(complaint), advice);
    CHECK(advice.find("forwarder") == std::string::npos);
  }
}

TEST_CASE("a forwarder that answered is never called an authority that cannot be reached") {
  for (const auto& complaint : all_complaints()) {
    const bool answered = std::holds_alternative<Rcode>(complaint) ||
                          std::holds_alternative<Misbehaviour>(complaint) ||
                          std::holds_alternative<TruncatedWithoutTcp>(complaint);
    if (!answered) continue;
    CAPTURE(upstream::to_text(complaint));
    CHECK(upstream::code_and_advice(complaint, AskedAs::Forwarder).code != Ede::NoReachableAuthority);
  }
}

TEST_CASE("codes of the complaints that need explaining") {
  const auto code = [](const Complaint& complaint) {
    return upstream::code_and_advice(complaint, AskedAs::Authority).code;
  };
  CHECK(code(ExchangeError::TimedOut) == Ede::NoReachableAuthority);
  CHECK(code(ExchangeError::Unreachable) == Ede::NetworkError);
  CHECK(code(ExchangeError::Local) == Ede::NotReady);
  CHECK(code(Rcode::ServFail) == Ede::NetworkError);
  CHECK(code(Rcode::Refused) == Ede::NoReachableAuthority);
  CHECK(code(Misbehaviour::TooLarge) == Ede::Other);
  CHECK(code(Misbehaviour::NotAuthoritative) == Ede::NoReachableAuthority);
  CHECK(code(Obstacle::Overloaded) == Ede::NotReady);
  CHECK(code(dnssec::Verdict{Status::Bogus, Flaw::SignatureExpired}) == Ede::SignatureExpired);
}

TEST_CASE(
    "the cause of each complaint names the server once, and the zone of a forwarder only if it has one") {
  CHECK(to_text(cause_of(Rcode::ServFail, AskedAs::Forwarder)) ==
        "forwarder 192.0.2.1:53 of zone example. answered SERVFAIL");
  auto of_root = cause_of(TruncatedWithoutTcp{ExchangeError::Refused}, AskedAs::Forwarder);
  of_root.zone = {};
  CHECK(to_text(of_root) ==
        "forwarder 192.0.2.1:53 truncates its replies over UDP, and refused the connection over TCP");
}
