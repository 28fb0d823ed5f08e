// Minimiser: how much of a name a server gets to see (QNAME minimisation).
// Threads:  a value of one lookup; pure.
// Source:   RFC 9156 §2.3: type A, one label more each time, at most kMaxMinimisedQueries of them, whose later
//           ones take several labels. From an underscore on, the rest is asked for at once (§2.3: there is
//           hardly ever a cut between such labels); so it is when a server fails on a name cut short.
#pragma once

#include "wire/message.hpp"

namespace shirube::upstream {

// RFC 9156 §2.3: MAX_MINIMISE_COUNT bounds what a name of a hundred labels costs; the first
// kSingleLabelQueries of them (MINIMISE_ONE_LAB) add one label each.
inline constexpr unsigned kMaxMinimisedQueries = 10;
inline constexpr unsigned kSingleLabelQueries = 4;

struct MinimisedStep {
  wire::Question question;
  bool whole = true;  // the question itself, not a shortened one
};

class Minimiser {
 public:
  Minimiser(wire::Question question, bool enabled) : question_(std::move(question)), whole_(!enabled) {}

  // What to ask the servers of a zone of `zone_labels` labels.
  [[nodiscard]] MinimisedStep next(std::size_t zone_labels) const;
  // A shortened question goes out.
  void count() { ++asked_; }
  // `name`, an ancestor of the question's, is known to exist: the next question begins below it.
  void exists(const wire::Name& name);
  // From now on the whole question is asked.
  void give_up() { whole_ = true; }

 private:
  [[nodiscard]] std::size_t labels_to_add(std::size_t left) const;

  wire::Question question_;
  bool whole_;
  std::size_t known_labels_ = 0;
  unsigned asked_ = 0;
};

}  // namespace shirube::upstream
