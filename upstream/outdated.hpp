// Outdated: the parts of the caches that a change of the settings makes outdated.
// Threads:  pure.
// Rules:    a zone that a [[forward]], a [[stub]], a block list or a negative trust anchor names is outdated
//           with all below it when that is added or removed, or when all its servers are others. A list of
//           servers that keeps one of them tells of the same data. Other changes of trust outdate everything.
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
