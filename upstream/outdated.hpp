// Outdated: the parts of the caches that a change of the settings makes outdated.
// Threads:  pure.
// Rules:    adding or removing a [[forward]], [[stub]], block list or negative trust anchor makes its zone
//           and all names below outdated. So does a new `until` of a negative trust anchor, and a list of
//           servers that keeps none of the old ones. Other changes of trust make everything outdated.
#pragma once

#include <vector>

#include "cache/answer_cache.hpp"
#include "upstream/settings.hpp"

namespace shirube::upstream {

struct Outdated {
  bool trust = false;               // trust anchors, algorithms or the clock of validation have changed
  std::vector<wire::Name> zones{};  // each once; names below another zone may be among them
  [[nodiscard]] bool everything() const;
  [[nodiscard]] bool nothing() const { return !trust && zones.empty(); }
  [[nodiscard]] bool holds(const wire::Name& name) const;
  void add(const wire::Name& zone);
};

// Erases these parts.
void drop(cache::AnswerCache& cache, const Outdated& outdated);
[[nodiscard]] Outdated outdated_by(const UpstreamSettings& before, const UpstreamSettings& after);

}  // namespace shirube::upstream
