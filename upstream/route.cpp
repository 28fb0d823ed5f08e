#include "upstream/route.hpp"

namespace shirube::upstream {

const ZoneServers* choose_forward(const UpstreamSettings& settings, const wire::Question& question) {
  const bool at_parent = question.type == wire::Type::DS && !question.name.is_root();
  const auto name = at_parent ? question.name.parent() : question.name;
  const ZoneServers* best = nullptr;
  for (const auto& forward : settings.forwards) {
    if (!name.is_within(forward.zone)) continue;
    if (best == nullptr || forward.zone.label_count() > best->zone.label_count()) best = &forward;
  }
  return best;
}

bool overrides_local(const UpstreamSettings& settings, const wire::Name& name, const wire::Name& local_zone) {
  for (const auto& forward : settings.forwards) {
    if (forward.zone.is_within(local_zone) && name.is_within(forward.zone)) return true;
  }
  return false;
}

}  // namespace shirube::upstream
