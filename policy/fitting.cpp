#include "policy/fitting.hpp"

#include <algorithm>

namespace shirube::policy {

Fitting::Fitting(const wire::Question& question, const Frame& frame,
                 std::span<const wire::ExtendedError> errors)
    : with_signatures_(frame.with_signatures),
      opt_size_(frame.edns ? wire::encoded_size({.errors = errors}) : 0),
      builder_(buffer_, frame.limit) {
  builder_.reserve(opt_size_);
  question_fits_ = builder_.add_question(question);
}

bool Fitting::add(wire::Section section, const wire::RRset& rrset) {
  return question_fits_ && builder_.add(section, rrset, rrset.ttl, with_signatures_);
}

bool Fitting::add_all(const wire::Answer& answer) {
  const auto add_section = [this](wire::Section section, const std::vector<wire::RRset>& rrsets) {
    return std::ranges::all_of(rrsets, [&](const wire::RRset& rrset) { return add(section, rrset); });
  };
  return question_fits_ && add_section(wire::Section::Answer, answer.answer) &&
         add_section(wire::Section::Authority, answer.authority) &&
         add_section(wire::Section::Additional, answer.additional);
}

std::optional<std::size_t> rendered_size(const wire::Question& question, const wire::Answer& answer,
                                         const Frame& frame) {
  Fitting message(question, frame, answer.errors);
  if (!message.add_all(answer)) return std::nullopt;
  return message.size();
}

}  // namespace shirube::policy
