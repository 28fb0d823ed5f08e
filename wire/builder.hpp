// MessageBuilder: the only code that writes packet bytes. Writes into the caller's buffer, compresses names,
// never past the limit, never allocates.
// Threads:  one owner.
// Owns:     nothing; the buffer must outlive it.
// Errors:   add() returns false and leaves the message as it was when the RRset does not fit whole.
// Source:   RFC 1035 §4.1.4, RFC 3597 §4 (only old types' RDATA names are compressed), RFC 2181 §9, RFC 6891.
// Rules:    a name is compressed onto a suffix that is the same octet for octet, because a pointer shows the
//           client the case of its target. One exception: an owner equal to the question name without case
//           points at the question, so that the client sees its own spelling (RFC 4343 §4.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "wire/answer.hpp"
#include "wire/bytes.hpp"
#include "wire/compression_targets.hpp"
#include "wire/edns.hpp"
#include "wire/message.hpp"
#include "wire/rdata_layout.hpp"

namespace shirube::wire {

struct OptToWrite {
  std::uint16_t udp_size = 1232;
  bool dnssec_ok = false;
  bool compact_ok = false;  // RFC 9824
  std::uint8_t version = 0;
  // NOLINTBEGIN(readability-redundant-member-init): without them GCC asks each caller to name these members
  std::span<const ExtendedError> errors = {};
  BytesView nsid = {};                                // empty: no option
  std::optional<std::uint16_t> keepalive_100ms = {};  // RFC 7828, units of 100 ms
  // NOLINTEND(readability-redundant-member-init)
};

class MessageBuilder {
 public:
  // REQUIRES: buffer.size() >= kHeaderSize. The message never grows over min(buffer.size(), limit).
  MessageBuilder(BytesSpan buffer, std::size_t limit);

  // Counts in `header` are ignored: the builder keeps them. May be called again until finish().
  void set_header(const Header& header);
  void set_truncated() { truncated_ = true; }
  [[nodiscard]] bool add_question(const Question& question);
  // The question section byte for byte as the client sent it: one question. False if it is not one.
  [[nodiscard]] bool add_question_bytes(BytesView question);
  // All records of the set with `ttl`, or none. REQUIRES: no later section was begun. `with_signatures` adds
  // its RRSIGs behind it.
  [[nodiscard]] bool add(Section section, const RRset& rrset, std::uint32_t ttl, bool with_signatures);
  // Bytes kept free for an OPT record until add_opt().
  void reserve(std::size_t bytes) { reserved_ = bytes; }
  // The rcode's upper eight bits are set by `rcode`. Releases the reserve.
  [[nodiscard]] bool add_opt(const OptToWrite& opt, Rcode rcode);

  [[nodiscard]] std::size_t size() const { return size_; }
  // The cost of compression so far, in labels looked up; at most kMaxLabelSteps.
  [[nodiscard]] std::size_t label_steps() const { return targets_.steps(); }
  // Writes the header (with TC when set_truncated or header.tc) and gives the whole message.
  [[nodiscard]] BytesSpan finish();

 private:
  struct Mark {
    std::size_t size;
    std::size_t targets;
  };
  [[nodiscard]] Mark mark() const { return {size_, targets_.count()}; }
  void roll_back(Mark mark);
  [[nodiscard]] bool put(BytesView bytes);
  [[nodiscard]] bool put_u16(std::uint16_t value);
  [[nodiscard]] bool put_u32(std::uint32_t value);
  [[nodiscard]] bool put_fixed(Type type, Class klass, std::uint32_t ttl);
  [[nodiscard]] bool put_options(const OptToWrite& opt);
  [[nodiscard]] bool put_option_header(OptionCode code, std::size_t size);
  // `pointer`: to the owner once the RRset's first record has it, else 0.
  [[nodiscard]] bool put_owner(const Name& owner, std::uint16_t& pointer);
  [[nodiscard]] bool put_name(BytesView wire_name);
  [[nodiscard]] std::uint16_t pointer_to_name_at(std::size_t offset) const;
  [[nodiscard]] bool put_record(const RRset& rrset, Type type, std::uint32_t ttl, BytesView rdata,
                                std::uint16_t& owner_pointer);
  [[nodiscard]] bool put_rdata(Type type, BytesView rdata);
  [[nodiscard]] bool put_fields(BytesView rdata, const RdataLayout& layout);
  [[nodiscard]] bool fits(std::size_t bytes) const { return size_ + reserved_ + bytes <= limit_; }

  BytesSpan buffer_;
  std::size_t limit_;
  std::size_t size_ = kHeaderSize;
  std::size_t reserved_ = 0;
  std::size_t question_name_size_ = 0;  // the name stands at kHeaderSize; 0: no question yet
  bool truncated_ = false;
  Header header_{};
  std::array<std::uint16_t, 4> counts_{};
  CompressionTargets targets_;
};

// Octets that the OPT record of `opt` takes.
[[nodiscard]] std::size_t encoded_size(const OptToWrite& opt);

}  // namespace shirube::wire
