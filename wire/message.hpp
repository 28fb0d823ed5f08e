// MessageView: one DNS message read in place: bounds checked once, nothing copied, nothing allocated.
// Threads:  a view; as safe as the bytes under it.
// Owns:     nothing: the bytes must outlive the view and every RecordView from it.
// Errors:   parse() says what is wrong; after it succeeded no accessor can fail.
// Source:   RFC 1035 §4.1, RFC 9267 (what parsers got wrong): a compression pointer goes strictly below the
//           start of the part of the name that it ends, so that loops cannot be; names and RDATA stay inside
//           their record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <iterator>
#include <optional>
#include <string_view>

#include "wire/bytes.hpp"
#include "wire/name.hpp"
#include "wire/types.hpp"

namespace shirube::wire {

inline constexpr std::size_t kHeaderSize = 12;
inline constexpr std::size_t kMaxMessageSize = 65535;
inline constexpr std::size_t kQuestionFixedSize = 4;  // type and class, behind the name
inline constexpr std::size_t kRecordFixedSize = 10;   // type, class, TTL and RDLENGTH, behind the owner
// A name of 127 labels needs no more pointers than this. Bounds chains of pointers to pointers, which would
// make the 5000 names of one message cost 30,000 steps each.
inline constexpr std::size_t kMaxPointersInName = 126;
// Octets and pointers of all names of one message, as they read without compression. Bounds chains of labels
// that thousands of records share: 64 KiB of them would read as 2 MB, and cost 11 ms. An answer of 3,000 host
// names for an address of IPv6 reads as 320 KB.
inline constexpr std::size_t kMaxNameOctets = std::size_t{512} << 10;

enum class ParseError : std::uint8_t {
  TooShort,       // no whole header
  BadName,        // a label, length or pointer that is not allowed in a question or an owner
  BadRecord,      // a record runs past the end, or its RDATA does not hold what its type needs
  TooManyNames,   // all names together are longer than kMaxNameOctets
  BadOpt,         // OPT not in the additional section, more than one, or not at the root (RFC 6891 §6.1.1)
  TrailingBytes,  // only where the caller asked for strictness
};
[[nodiscard]] std::string_view to_text(ParseError error);

struct Header {
  std::uint16_t id = 0;
  bool qr = false, aa = false, tc = false, rd = false, ra = false, ad = false, cd = false;
  Opcode opcode = Opcode::Query;
  std::uint8_t rcode_low = 0;  // the header's four bits; MessageView::rcode() adds EDNS' eight
  std::uint16_t question_count = 0, answer_count = 0, authority_count = 0, additional_count = 0;
};

// REQUIRES: at least kHeaderSize bytes.
[[nodiscard]] Header read_header(BytesView message);

// Reads the name at `offset` of `message`, following pointers; `next` is the offset after it in the record.
struct ReadName {
  Name name;
  std::size_t next;
};
[[nodiscard]] std::expected<ReadName, NameError> read_name(BytesView message, std::size_t offset);
// The same without building the Name: only checks, returns `next`.
[[nodiscard]] std::expected<std::size_t, NameError> skip_name(BytesView message, std::size_t offset);

struct Question {
  Name name;
  Type type = Type::A;
  Class klass = Class::IN;
  friend bool operator==(const Question&, const Question&) = default;  // names without case
};

enum class Section : std::uint8_t { Answer, Authority, Additional };

struct RecordView {
  Section section;
  std::size_t owner_offset;  // of the owner name, in the message
  std::size_t ttl_offset;    // of the four TTL bytes, in the message
  std::size_t rdata_offset;
  Type type;
  Class klass;
  std::uint32_t ttl;  // RFC 2181 §8: a value with the top bit set reads as 0 (OPT: the raw 32 bits)
  BytesView rdata;    // as it stands in the message: names in it may be compressed
};

// The record at `offset`, its bounds checked; the content of its RDATA is not.
[[nodiscard]] std::expected<RecordView, ParseError> read_record(BytesView message, std::size_t offset,
                                                                Section section);
// RFC 6891 §6.1.1: an OPT belongs to the root, in the additional section.
[[nodiscard]] bool is_in_place(const RecordView& opt, BytesView message);

class MessageView {
 public:
  // Checks the whole message: header, questions, every record, and in class IN that RDATA is what
  // rdata_layout() says of its type, with compressed names only in the types of RFC 1035 and RFC 3597 §4.
  // Bytes after the last record are tolerated (see trailing()).
  [[nodiscard]] static std::expected<MessageView, ParseError> parse(BytesView message);

  [[nodiscard]] const Header& header() const { return header_; }
  [[nodiscard]] BytesView bytes() const { return bytes_; }
  [[nodiscard]] Rcode rcode() const { return rcode_; }  // with EDNS' upper bits
  // The first question; nullopt when QDCOUNT is 0.
  [[nodiscard]] std::optional<Question> question() const;
  [[nodiscard]] bool has_opt() const { return opt_.has_value(); }
  [[nodiscard]] const std::optional<RecordView>& opt() const { return opt_; }
  [[nodiscard]] std::size_t trailing() const { return bytes_.size() - end_; }

  [[nodiscard]] Name owner(const RecordView& record) const;
  // The RDATA with every name in it uncompressed, ready to be stored or put into another message.
  [[nodiscard]] Bytes full_rdata(const RecordView& record) const;
  // The same into a buffer that the caller uses again and again; what was in it is dropped.
  void full_rdata(const RecordView& record, Bytes& into) const;

  // Walks all records in order, OPT among them. Single pass, no allocation.
  class Iterator {
   public:
    using value_type = RecordView;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using pointer = const RecordView*;
    using reference = const RecordView&;
    Iterator() = default;
    [[nodiscard]] const RecordView& operator*() const { return record_; }
    [[nodiscard]] const RecordView* operator->() const { return &record_; }
    Iterator& operator++();
    Iterator operator++(int) {
      auto old = *this;
      ++*this;
      return old;
    }
    [[nodiscard]] bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class MessageView;
    Iterator(const MessageView* message, std::size_t offset, std::size_t index);
    void load();
    const MessageView* message_ = nullptr;
    std::size_t offset_ = 0;
    std::size_t index_ = 0;
    RecordView record_{};
  };
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;

 private:
  MessageView() = default;
  [[nodiscard]] std::size_t record_count() const;
  [[nodiscard]] Section section_of(std::size_t index) const;
  [[nodiscard]] std::expected<std::size_t, ParseError> check_questions();
  [[nodiscard]] std::expected<std::size_t, ParseError> check_record(std::size_t offset, Section section);
  [[nodiscard]] bool take_opt(const RecordView& opt);
  // Returns the offset after the name at `offset` of `bytes`, and adds the cost of the name.
  [[nodiscard]] std::expected<std::size_t, NameError> check_name(BytesView bytes, std::size_t offset);
  [[nodiscard]] bool check_rdata(const RecordView& record);

  BytesView bytes_;
  Header header_;
  Rcode rcode_ = Rcode::NoError;
  std::size_t records_offset_ = 0;
  std::size_t end_ = 0;
  std::size_t name_octets_ = 0;
  std::optional<RecordView> opt_;
};

}  // namespace shirube::wire
