// How big will the reply be? Answered by writing it, with the builder that will write the real one: exact,
// name compression and all.
// Threads:  pure; a Fitting keeps one message on the stack.
// Units:    octets.
// Rules:    room for the OPT record of an EDNS client is set aside (RFC 6891 §6.2.5), with the extended
//           errors of the answer. Options that the client asks for beyond those (NSID) are the business of
//           whoever sets the limit.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "wire/answer.hpp"
#include "wire/builder.hpp"
#include "wire/edns.hpp"

namespace shirube::policy {

struct Frame {
  std::size_t limit = wire::kMaxMessageSize;
  bool edns = false;
  bool with_signatures = false;
};

// A message that grows RRset by RRset for as long as it fits. Sections in their order on the wire.
class Fitting {
 public:
  Fitting(const wire::Question& question, const Frame& frame,
          std::span<const wire::ExtendedError> errors = {});
  // False: it does not fit, and the message is as before.
  [[nodiscard]] bool add(wire::Section section, const wire::RRset& rrset);
  [[nodiscard]] bool add_all(const wire::Answer& answer);
  // With the OPT record.
  [[nodiscard]] std::size_t size() const { return builder_.size() + opt_size_; }

 private:
  bool with_signatures_;
  std::size_t opt_size_;
  std::array<std::uint8_t, wire::kMaxMessageSize> buffer_;
  wire::MessageBuilder builder_;
  bool question_fits_;
};

// nullopt: it does not fit the frame's limit.
[[nodiscard]] std::optional<std::size_t> rendered_size(const wire::Question& question,
                                                       const wire::Answer& answer, const Frame& frame);

}  // namespace shirube::policy
