#include "wire/message.hpp"

#include <array>

#include "wire/rdata_layout.hpp"

namespace shirube::wire {
namespace {

constexpr std::uint8_t kPointerMark = 0xC0;
constexpr std::uint16_t kPointerOffset = 0x3FFF;

// Follows the name at `offset` through its pointers, calls take(run of labels) for each stretch of it that
// stands together, and returns the offset behind the name where it began.
template <class Take>
std::expected<std::size_t, NameError> walk_name(BytesView message, std::size_t offset, Take take) {
  std::size_t at = offset;
  std::size_t part = offset;  // where the labels that we are in began: the next pointer must go below
  std::size_t next = 0;       // known from the first pointer on
  std::size_t size = 1;
  std::size_t pointers = 0;
  while (at < message.size()) {
    const std::size_t length = message[at];
    if (length == 0) {
      take(message.subspan(part, at - part));
      return next != 0 ? next : at + 1;
    }
    if (length <= kMaxLabelLength) {
      size += 1 + length;
      if (size > kMaxNameLength) return std::unexpected(NameError::NameTooLong);
      at += 1 + length;
      continue;
    }
    if (length < kPointerMark) return std::unexpected(NameError::LabelTooLong);
    if (at + 2 > message.size()) return std::unexpected(NameError::Truncated);
    const std::size_t target = read_u16(&message[at]) & kPointerOffset;
    if (target < kHeaderSize || target >= part || ++pointers > kMaxPointersInName) {
      return std::unexpected(NameError::BadPointer);
    }
    take(message.subspan(part, at - part));
    if (next == 0) next = at + 2;
    at = part = target;
  }
  return std::unexpected(NameError::Truncated);
}

// REQUIRES: the name was checked.
std::size_t end_of_checked_name(BytesView message, std::size_t at) {
  while (message[at] != 0) {
    if (message[at] >= kPointerMark) return at + 2;
    at += std::size_t{1} + message[at];
  }
  return at + 1;
}

// REQUIRES: kRecordFixedSize octets and RDLENGTH more behind the owner.
RecordView record_at(BytesView message, std::size_t owner, std::size_t owner_end, Section section) {
  const std::uint8_t* fixed = &message[owner_end];
  const Type type{read_u16(fixed)};
  const std::uint32_t ttl = read_u32(fixed + 4);
  const bool ttl_counts = type == Type::OPT || ttl < 0x80000000U;
  const std::size_t rdata = owner_end + kRecordFixedSize;
  return {.section = section,
          .owner_offset = owner,
          .ttl_offset = owner_end + 4,
          .rdata_offset = rdata,
          .type = type,
          .klass = Class{read_u16(fixed + 2)},
          .ttl = ttl_counts ? ttl : 0,
          .rdata = message.subspan(rdata, read_u16(fixed + 8))};
}

// The message has the whole record whose owner ends at `owner_end`.
bool holds_record(BytesView message, std::size_t owner_end) {
  const std::size_t rdata = owner_end + kRecordFixedSize;
  return rdata <= message.size() && rdata + read_u16(&message[rdata - 2]) <= message.size();
}

const RdataLayout& layout_of(const RecordView& record) {
  // What RDATA looks like in another class is not known (RFC 3597 §2).
  return record.klass == Class::IN ? rdata_layout(record.type) : opaque_layout();
}

// The message up to the end of this RDATA: a name that stays in it stays in its record.
BytesView up_to_end_of(const RecordView& record, BytesView message) {
  return message.first(record.rdata_offset + record.rdata.size());
}

}  // namespace

std::string_view to_text(ParseError error) {
  switch (error) {
    case ParseError::TooShort:
      return "shorter than a header";
    case ParseError::BadName:
      return "bad name";
    case ParseError::BadRecord:
      return "bad record";
    case ParseError::TooManyNames:
      return "names too long in all";
    case ParseError::BadOpt:
      return "bad OPT record";
    case ParseError::TrailingBytes:
      return "bytes after the message";
  }
  return "unknown error";
}

Header read_header(BytesView message) {
  const std::uint8_t* p = message.data();
  const auto bit = [](std::uint8_t octet, unsigned mask) { return (octet & mask) != 0; };
  return {.id = read_u16(p),
          .qr = bit(p[2], 0x80),
          .aa = bit(p[2], 0x04),
          .tc = bit(p[2], 0x02),
          .rd = bit(p[2], 0x01),
          .ra = bit(p[3], 0x80),
          .ad = bit(p[3], 0x20),
          .cd = bit(p[3], 0x10),
          .opcode = static_cast<Opcode>((p[2] >> 3) & 0x0F),
          .rcode_low = static_cast<std::uint8_t>(p[3] & 0x0F),
          .question_count = read_u16(p + 4),
          .answer_count = read_u16(p + 6),
          .authority_count = read_u16(p + 8),
          .additional_count = read_u16(p + 10)};
}

std::expected<ReadName, NameError> read_name(BytesView message, std::size_t offset) {
  std::array<std::uint8_t, kMaxNameLength> wire;
  std::size_t size = 0;
  const auto next = walk_name(message, offset, [&](BytesView labels) {
    std::memcpy(&wire[size], labels.data(), labels.size());
    size += labels.size();
  });
  if (!next) return std::unexpected(next.error());
  wire[size++] = 0;
  return ReadName{Name::from_checked_wire({wire.data(), size}), *next};
}

std::expected<std::size_t, NameError> skip_name(BytesView message, std::size_t offset) {
  return walk_name(message, offset, [](BytesView) {});
}

std::expected<RecordView, ParseError> read_record(BytesView message, std::size_t offset, Section section) {
  const auto owner_end = skip_name(message, offset);
  if (!owner_end) return std::unexpected(ParseError::BadName);
  if (!holds_record(message, *owner_end)) return std::unexpected(ParseError::BadRecord);
  return record_at(message, offset, *owner_end, section);
}

bool is_in_place(const RecordView& opt, BytesView message) {
  return opt.section == Section::Additional && message[opt.owner_offset] == 0;
}

std::expected<MessageView, ParseError> MessageView::parse(BytesView message) {
  if (message.size() < kHeaderSize) return std::unexpected(ParseError::TooShort);
  MessageView view;
  view.bytes_ = message;
  view.header_ = read_header(message);
  view.rcode_ = Rcode{view.header_.rcode_low};

  auto end = view.check_questions();
  if (!end) return std::unexpected(end.error());
  view.records_offset_ = *end;
  const std::size_t count = view.record_count();
  for (std::size_t i = 0; i < count; ++i) {
    end = view.check_record(*end, view.section_of(i));
    if (!end) return std::unexpected(end.error());
  }
  view.end_ = *end;
  return view;
}

std::expected<std::size_t, ParseError> MessageView::check_questions() {
  std::size_t at = kHeaderSize;
  for (std::size_t i = 0; i < header_.question_count; ++i) {
    const auto name_end = check_name(bytes_, at);
    if (!name_end) return std::unexpected(ParseError::BadName);
    if (name_octets_ > kMaxNameOctets) return std::unexpected(ParseError::TooManyNames);
    at = *name_end + kQuestionFixedSize;
    if (at > bytes_.size()) return std::unexpected(ParseError::BadRecord);
  }
  return at;
}

std::expected<std::size_t, ParseError> MessageView::check_record(std::size_t offset, Section section) {
  const auto owner_end = check_name(bytes_, offset);
  if (!owner_end) return std::unexpected(ParseError::BadName);
  if (!holds_record(bytes_, *owner_end)) return std::unexpected(ParseError::BadRecord);
  const auto record = record_at(bytes_, offset, *owner_end, section);
  if (record.type == Type::OPT) {
    if (!take_opt(record)) return std::unexpected(ParseError::BadOpt);
  } else if (!check_rdata(record)) {
    return std::unexpected(ParseError::BadRecord);
  }
  if (name_octets_ > kMaxNameOctets) return std::unexpected(ParseError::TooManyNames);
  return record.rdata_offset + record.rdata.size();
}

std::expected<std::size_t, NameError> MessageView::check_name(BytesView bytes, std::size_t offset) {
  constexpr std::size_t kPointerSize = 2;
  return walk_name(bytes, offset, [this](BytesView labels) { name_octets_ += labels.size() + kPointerSize; });
}

bool MessageView::check_rdata(const RecordView& record) {
  const RdataLayout& layout = layout_of(record);
  const BytesView bytes = up_to_end_of(record, bytes_);
  if (!layout.accept_compressed) return fields_fit(bytes, record.rdata_offset, layout);
  std::size_t at = record.rdata_offset;
  for (const Field field : layout.fields) {
    if (field.kind == FieldKind::Name) {
      const auto end = check_name(bytes, at);
      if (!end) return false;
      at = *end;
    } else {
      const auto end = field_end(bytes, at, field, true);
      if (!end) return false;
      at = *end;
    }
  }
  return at == bytes.size();
}

bool MessageView::take_opt(const RecordView& opt) {
  if (opt_ || !is_in_place(opt, bytes_)) return false;
  opt_ = opt;
  rcode_ = static_cast<Rcode>(((opt.ttl >> 24) << 4) | header_.rcode_low);
  return true;
}

std::optional<Question> MessageView::question() const {
  if (header_.question_count == 0) return std::nullopt;
  auto name = read_name(bytes_, kHeaderSize);
  const std::uint8_t* fixed = &bytes_[name->next];
  return Question{std::move(name->name), Type{read_u16(fixed)}, Class{read_u16(fixed + 2)}};
}

Name MessageView::owner(const RecordView& record) const {
  return read_name(bytes_, record.owner_offset)->name;
}

Bytes MessageView::full_rdata(const RecordView& record) const {
  Bytes rdata;
  full_rdata(record, rdata);
  return rdata;
}

void MessageView::full_rdata(const RecordView& record, Bytes& into) const {
  const RdataLayout& layout = layout_of(record);
  if (!layout.accept_compressed) {
    into.assign(record.rdata.begin(), record.rdata.end());
    return;
  }
  into.clear();
  const BytesView bytes = up_to_end_of(record, bytes_);
  std::size_t at = record.rdata_offset;
  for (const Field field : layout.fields) {
    const std::size_t begin = at;
    if (field.kind == FieldKind::Name) {
      at = *walk_name(bytes, begin,
                      [&into](BytesView labels) { into.insert(into.end(), labels.begin(), labels.end()); });
      into.push_back(0);
    } else {
      at = field_end(bytes, begin, field, true).value_or(bytes.size());
      into.insert(into.end(), &bytes[begin], &bytes[begin] + (at - begin));
    }
  }
}

std::size_t MessageView::record_count() const {
  return std::size_t{header_.answer_count} + header_.authority_count + header_.additional_count;
}

Section MessageView::section_of(std::size_t index) const {
  if (index < header_.answer_count) return Section::Answer;
  if (index < std::size_t{header_.answer_count} + header_.authority_count) return Section::Authority;
  return Section::Additional;
}

MessageView::Iterator MessageView::begin() const { return {this, records_offset_, 0}; }
MessageView::Iterator MessageView::end() const { return {this, end_, record_count()}; }

MessageView::Iterator::Iterator(const MessageView* message, std::size_t offset, std::size_t index)
    : message_(message), offset_(offset), index_(index) {
  load();
}

MessageView::Iterator& MessageView::Iterator::operator++() {
  offset_ = record_.rdata_offset + record_.rdata.size();
  ++index_;
  load();
  return *this;
}

void MessageView::Iterator::load() {
  if (index_ >= message_->record_count()) return;
  const BytesView bytes = message_->bytes_;
  record_ = record_at(bytes, offset_, end_of_checked_name(bytes, offset_), message_->section_of(index_));
}

}  // namespace shirube::wire
