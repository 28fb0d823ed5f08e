#include "server/uv_mailbox.hpp"

#include <memory>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "loop_fixture.hpp"

using namespace shirube::server;

TEST_CASE("jobs are done on the loop in the order in which they were posted") {
  UvLoop loop;
  UvMailbox mailbox(loop);
  std::vector<int> done;
  for (int i = 0; i < 3; ++i) REQUIRE(mailbox.post([&done, i] { done.push_back(i); }));
  CHECK(done.empty());
  run_until(loop, [&] { return done.size() == 3; });
  CHECK(done == std::vector{0, 1, 2});
}

TEST_CASE("jobs from several threads all arrive, each thread's in order") {
  constexpr int kThreads = 4;
  constexpr int kJobs = 2'000;
  UvLoop loop;
  UvMailbox mailbox(loop);
  std::vector<std::vector<int>> done(kThreads);
  int count = 0;
  std::vector<std::jthread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kJobs; ++i) {
        // Move-only: a job may own what it works on.
        auto owned = std::make_unique<int>(i);
        const bool posted = mailbox.post([&, t, owned = std::move(owned)] {
          done[static_cast<std::size_t>(t)].push_back(*owned);
          ++count;
        });
        if (!posted) std::abort();
      }
    });
  }
  run_until(loop, [&] { return count == kThreads * kJobs; });
  for (const auto& jobs : done) {
    REQUIRE(jobs.size() == kJobs);
    CHECK(std::is_sorted(jobs.begin(), jobs.end()));
  }
}

TEST_CASE("a full mailbox takes no more until it is emptied") {
  UvLoop loop;
  UvMailbox mailbox(loop, 2);
  int done = 0;
  CHECK(mailbox.post([&] { ++done; }));
  CHECK(mailbox.post([&] { ++done; }));
  CHECK(!mailbox.post([&] { done += 100; }));
  run_until(loop, [&] { return done == 2; });
  CHECK(mailbox.post([&] { ++done; }));
  run_until(loop, [&] { return done == 3; });
}

TEST_CASE(
    "jobs that wait when the mailbox goes are destroyed undone, also those behind the one that destroys it") {
  UvLoop loop;
  auto owned = std::make_shared<int>(0);
  auto mailbox = std::make_unique<UvMailbox>(loop);
  REQUIRE(mailbox->post([&] { mailbox.reset(); }));
  REQUIRE(mailbox->post([owned] { ++*owned; }));
  run_until(loop, [&] { return mailbox == nullptr; });
  run_passes(loop);
  CHECK(*owned == 0);
  CHECK(owned.use_count() == 1);
}

TEST_CASE("another thread stops a loop through its mailbox") {
  UvLoop loop;
  UvMailbox mailbox(loop);
  bool posted = false;
  std::jthread thread([&] { posted = mailbox.post([&] { loop.stop(); }); });
  loop.run();
  thread.join();
  CHECK(posted);
}

TEST_CASE("what undone jobs own goes with the mailbox, not with the loop") {
  UvLoop loop;
  const auto owned = std::make_shared<int>(0);
  {
    UvMailbox mailbox(loop);
    REQUIRE(mailbox.post([owned] { ++*owned; }));
    CHECK(owned.use_count() == 2);
  }
  CHECK(owned.use_count() == 1);
}
