// Crowd: clients that ask at given moments, and an account of what their questions cost.
// Threads:  one owner.
// Units:    virtual time.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "tests/support/asking_host.hpp"

namespace shirube::simulation {

struct Asked {
  wire::Question question;
  cache::View view = cache::View::Checked;
  wire::Instant when{};
  const test::Client* client = nullptr;
};

class Crowd {
 public:
  explicit Crowd(test::AskingHost& home) : home_(home) {}

  void ask(const wire::Question& question, cache::View view);
  // A client whose answers need not be right, only in time.
  void attack(const wire::Question& question, upstream::ClientId from);
  // REQUIRES: nothing is in flight.
  void settle_account();

  [[nodiscard]] const std::deque<Asked>& asked() const { return asked_; }
  [[nodiscard]] const std::deque<Asked>& attacks() const { return attacks_; }
  // The first time that the questions of a while, from quiet to quiet, sent more than their budgets allow.
  [[nodiscard]] const std::optional<std::string>& overspent() const { return overspent_; }

 private:
  [[nodiscard]] bool is_quiet() const;
  void count_question();

  test::AskingHost& home_;
  std::deque<Asked> asked_;
  std::deque<Asked> attacks_;
  std::size_t questions_since_quiet_ = 0;
  std::size_t sent_at_quiet_ = 0;
  std::uint64_t checks_at_quiet_ = 0;
  std::uint64_t hashes_at_quiet_ = 0;
  std::optional<std::string> overspent_;
};

}  // namespace shirube::simulation
