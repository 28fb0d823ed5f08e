// The effect of a failure on later lookups: whether it is cached, and whether a stale answer may replace it.
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/failure.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using dnssec::Flaw;
using dnssec::Status;
using dnssec::Verdict;
using upstream::Cause;
using upstream::Complaint;
using upstream::ExchangeError;
using upstream::Failure;
using upstream::Obstacle;

namespace {

[[nodiscard]] Failure failure(std::initializer_list<Complaint> complaints) {
  Failure made;
  for (const auto& complaint : complaints) made.add(Cause{.zone = name("example."), .complaint = complaint});
  return made;
}

[[nodiscard]] Failure out_of_budget() {
  Failure made;
  made.out_of_budget = true;
  return made;
}

const Verdict kBogus{Status::Bogus, Flaw::SignatureExpired};
const Verdict kUnreachable{Status::Indeterminate, Flaw::KeysUnreachable};
const Verdict kCostly{Status::Indeterminate, Flaw::TooCostly};

}  // namespace

TEST_CASE("bogus is what came and is not to be believed, not what could not be judged") {
  CHECK(failure({kBogus}).is_bogus());
  CHECK(failure({ExchangeError::TimedOut, kBogus}).is_bogus());
  CHECK(*failure({ExchangeError::TimedOut, kBogus}).verdict() == kBogus);
  CHECK_FALSE(failure({kUnreachable}).is_bogus());
  CHECK(*failure({kUnreachable}).verdict() == kUnreachable);
  CHECK_FALSE(failure({wire::Rcode::ServFail}).is_bogus());
  CHECK(failure({wire::Rcode::ServFail}).verdict() == nullptr);
  CHECK_FALSE(Failure{}.is_bogus());
}

TEST_CASE("limits of who asked say nothing about the question") {
  CHECK(out_of_budget().hangs_on_asker());
  CHECK(failure({kCostly}).hangs_on_asker());
  CHECK(failure({wire::Rcode::ServFail, Obstacle::TooDeep}).hangs_on_asker());
  CHECK_FALSE(failure({kBogus}).hangs_on_asker());
  CHECK_FALSE(failure({kUnreachable}).hangs_on_asker());
  CHECK_FALSE(failure({Obstacle::Cycle}).hangs_on_asker());
  CHECK_FALSE(failure({Obstacle::Overloaded}).hangs_on_asker());
  CHECK_FALSE(Failure{}.hangs_on_asker());
}

TEST_CASE("our own trouble is no socket, or too much to do") {
  CHECK(failure({ExchangeError::Local}).is_own_trouble());
  CHECK(failure({wire::Rcode::ServFail, Obstacle::Overloaded}).is_own_trouble());
  CHECK_FALSE(failure({ExchangeError::TimedOut}).is_own_trouble());
  CHECK_FALSE(failure({Obstacle::NoServers}).is_own_trouble());
}

TEST_CASE("that others failed a moment ago is no news") {
  CHECK_FALSE(failure({Obstacle::KnownDown}).tells_news());
  CHECK(failure({Obstacle::KnownDown, Obstacle::NoAddress}).tells_news());
  CHECK(failure({kBogus}).tells_news());
  CHECK_FALSE(Failure{}.tells_news());
}

TEST_CASE("a cause is remembered once, in order, and no more than eight") {
  Failure many;
  for (int i = 0; i < 2; ++i) many.add(Cause{.zone = name("example."), .complaint = ExchangeError::TimedOut});
  CHECK(many.causes.size() == 1);
  for (const auto& line : numbered("192.0.2.#", 20))
    many.add(Cause{.zone = name("example."), .server = endpoint(line), .complaint = ExchangeError::TimedOut});
  REQUIRE(many.causes.size() == upstream::kMaxCauses);
  CHECK(many.causes[1].server == endpoint("192.0.2.0"));
  CHECK(many.causes[7].server == endpoint("192.0.2.6"));
}

TEST_CASE("without room a more informative cause replaces a less informative one") {
  Failure many;
  for (const auto& line : numbered("192.0.2.#", 20))
    many.add(Cause{.zone = name("example."), .server = endpoint(line), .complaint = ExchangeError::TimedOut});
  const Cause word{
      .zone = name("example."), .server = endpoint("192.0.2.30"), .complaint = wire::Rcode::Refused};
  many.add(word);
  CHECK(many.causes.size() == upstream::kMaxCauses);
  CHECK(most_telling(many) == word);
}

TEST_CASE("what went wrong on the way joins what went wrong at the end") {
  auto whole = failure({wire::Rcode::ServFail});
  auto way = out_of_budget();
  way.add(failure({wire::Rcode::ServFail, kBogus}));
  whole.add(way);
  CHECK(whole.causes.size() == 2);
  CHECK(whole.out_of_budget);
  CHECK(whole.is_bogus());
}
