#include "wire/builder.hpp"

#include <algorithm>
#include <cstring>

namespace shirube::wire {
namespace {

constexpr std::uint16_t kPointerBits = 0xC000;
constexpr std::size_t kOptFixedSize = 1 + kRecordFixedSize;
constexpr std::size_t kKeepaliveSize = 2;

std::uint16_t flags(const Header& header, bool truncated) {
  unsigned value = (static_cast<unsigned>(header.opcode) & 0x0FU) << 11U | (header.rcode_low & 0x0FU);
  const auto set_if = [&value](bool on, unsigned mask) { value |= on ? mask : 0; };
  set_if(header.qr, 0x8000);
  set_if(header.aa, 0x0400);
  set_if(header.tc || truncated, 0x0200);
  set_if(header.rd, 0x0100);
  set_if(header.ra, 0x0080);
  set_if(header.ad, 0x0020);
  set_if(header.cd, 0x0010);
  return static_cast<std::uint16_t>(value);
}

std::span<const ExtendedError> sent_errors(const OptToWrite& opt) {
  return opt.errors.first(std::min(opt.errors.size(), kMaxExtendedErrors));
}

std::size_t error_size(const ExtendedError& error) { return 2 + sent_text(error.text).size(); }

BytesView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

MessageBuilder::MessageBuilder(BytesSpan buffer, std::size_t limit)
    : buffer_(buffer), limit_(std::min({buffer.size(), limit, kMaxMessageSize})) {}

void MessageBuilder::set_header(const Header& header) { header_ = header; }

bool MessageBuilder::add_question(const Question& question) {
  std::array<std::uint8_t, kMaxNameLength + kQuestionFixedSize> bytes;
  const std::size_t name_size = question.name.size();
  std::ranges::copy(question.name.wire(), bytes.begin());
  write_u16(&bytes[name_size], static_cast<std::uint16_t>(question.type));
  write_u16(&bytes[name_size + 2], static_cast<std::uint16_t>(question.klass));
  return add_question_bytes(BytesView(bytes).first(name_size + kQuestionFixedSize));
}

bool MessageBuilder::add_question_bytes(BytesView question) {
  const auto name_size = measure_name(question);
  if (!name_size || question.size() != *name_size + kQuestionFixedSize) return false;
  const std::size_t begin = size_;
  if (!put(question)) return false;
  if (question_name_size_ == 0) question_name_size_ = *name_size;
  targets_.add(buffer_, targets_.split(buffer_, question.first(*name_size)), begin);
  ++counts_[0];
  return true;
}

bool MessageBuilder::add(Section section, const RRset& rrset, std::uint32_t ttl, bool with_signatures) {
  const Mark before = mark();
  std::size_t added = 0;
  std::uint16_t owner_pointer = 0;
  const auto add_all = [&](Type type, const RdataList& rdatas) {
    added += rdatas.count();
    return std::all_of(rdatas.begin(), rdatas.end(),
                       [&](BytesView rdata) { return put_record(rrset, type, ttl, rdata, owner_pointer); });
  };
  if (!add_all(rrset.type, rrset.rdatas) || (with_signatures && !add_all(Type::RRSIG, rrset.signatures))) {
    roll_back(before);
    return false;
  }
  std::uint16_t& count = counts_[1 + static_cast<std::size_t>(section)];
  count = static_cast<std::uint16_t>(count + added);
  return true;
}

bool MessageBuilder::add_opt(const OptToWrite& opt, Rcode rcode) {
  reserved_ = 0;
  const std::size_t size = encoded_size(opt);
  if (!fits(size)) return false;
  const std::uint32_t rcode_high = static_cast<std::uint32_t>(rcode) >> 4U;
  const std::uint32_t ttl = rcode_high << 24U | std::uint32_t{opt.version} << 16U |
                            (opt.dnssec_ok ? 0x8000U : 0U) | (opt.compact_ok ? 0x4000U : 0U);
  constexpr std::array<std::uint8_t, 1> kRoot = {0};
  ++counts_[3];
  return put(kRoot) && put_fixed(Type::OPT, Class{opt.udp_size}, ttl) &&
         put_u16(static_cast<std::uint16_t>(size - kOptFixedSize)) && put_options(opt);
}

bool MessageBuilder::put_options(const OptToWrite& opt) {
  if (!opt.nsid.empty() && !(put_option_header(OptionCode::Nsid, opt.nsid.size()) && put(opt.nsid)))
    return false;
  if (opt.keepalive_100ms &&
      !(put_option_header(OptionCode::TcpKeepalive, kKeepaliveSize) && put_u16(*opt.keepalive_100ms))) {
    return false;
  }
  return std::ranges::all_of(sent_errors(opt), [this](const ExtendedError& error) {
    return put_option_header(OptionCode::ExtendedError, error_size(error)) &&
           put_u16(static_cast<std::uint16_t>(error.code)) && put(as_bytes(sent_text(error.text)));
  });
}

bool MessageBuilder::put_option_header(OptionCode code, std::size_t size) {
  return put_u16(static_cast<std::uint16_t>(code)) && put_u16(static_cast<std::uint16_t>(size));
}

BytesSpan MessageBuilder::finish() {
  std::uint8_t* p = buffer_.data();
  write_u16(p, header_.id);
  write_u16(p + 2, flags(header_, truncated_));
  for (std::size_t i = 0; i < counts_.size(); ++i) write_u16(p + 4 + 2 * i, counts_[i]);
  return buffer_.first(size_);
}

void MessageBuilder::roll_back(Mark mark) {
  size_ = mark.size;
  targets_.roll_back(mark.targets);
}

bool MessageBuilder::put(BytesView bytes) {
  if (!fits(bytes.size())) return false;
  if (!bytes.empty()) std::memcpy(&buffer_[size_], bytes.data(), bytes.size());
  size_ += bytes.size();
  return true;
}

bool MessageBuilder::put_u16(std::uint16_t value) {
  if (!fits(2)) return false;
  write_u16(&buffer_[size_], value);
  size_ += 2;
  return true;
}

bool MessageBuilder::put_u32(std::uint32_t value) {
  if (!fits(4)) return false;
  write_u32(&buffer_[size_], value);
  size_ += 4;
  return true;
}

bool MessageBuilder::put_fixed(Type type, Class klass, std::uint32_t ttl) {
  return put_u16(static_cast<std::uint16_t>(type)) && put_u16(static_cast<std::uint16_t>(klass)) &&
         put_u32(ttl);
}

bool MessageBuilder::put_record(const RRset& rrset, Type type, std::uint32_t ttl, BytesView rdata,
                                std::uint16_t& owner_pointer) {
  if (!put_owner(rrset.owner, owner_pointer) || !put_fixed(type, rrset.klass, ttl)) return false;
  const std::size_t length_at = size_;
  if (!put_u16(0) || !put_rdata(type, rdata)) return false;
  write_u16(&buffer_[length_at], static_cast<std::uint16_t>(size_ - length_at - 2));
  return true;
}

bool MessageBuilder::put_rdata(Type type, BytesView rdata) {
  const RdataLayout& layout = rdata_layout(type);
  return layout.compress ? put_fields(rdata, layout) : put(rdata);
}

bool MessageBuilder::put_fields(BytesView rdata, const RdataLayout& layout) {
  std::size_t at = 0;
  for (const Field field : layout.fields) {
    const auto end = field_end(rdata, at, field, false);
    if (!end) break;
    const BytesView bytes = rdata.subspan(at, *end - at);
    if (field.kind == FieldKind::Name ? !put_name(bytes) : !put(bytes)) return false;
    at = *end;
  }
  // Nothing is left of RDATA that its type's layout describes; other octets go out as they are.
  return put(rdata.subspan(at));
}

// The records of one RRset share their owner: only the first record searches for it.
bool MessageBuilder::put_owner(const Name& owner, std::uint16_t& pointer) {
  if (pointer != 0) return put_u16(pointer);
  const bool is_asked = question_name_size_ > 1 &&
                        equal_ignoring_case(owner.wire(), buffer_.subspan(kHeaderSize, question_name_size_));
  const std::size_t begin = size_;
  if (is_asked ? !put_u16(kPointerBits | kHeaderSize) : !put_name(owner.wire())) return false;
  pointer = pointer_to_name_at(begin);
  return true;
}

// 0: too far behind for a pointer, or the root, which is shorter than one.
std::uint16_t MessageBuilder::pointer_to_name_at(std::size_t offset) const {
  if (buffer_[offset] > kMaxLabelLength) return read_u16(&buffer_[offset]);
  if (buffer_[offset] == 0 || offset > kMaxPointerTarget) return 0;
  return static_cast<std::uint16_t>(kPointerBits | offset);
}

bool MessageBuilder::put_name(BytesView wire_name) {
  const std::size_t begin = size_;
  const auto split = targets_.split(buffer_, wire_name);
  if (!put(wire_name.first(split.size))) return false;
  if (split.target && !put_u16(kPointerBits | *split.target)) return false;
  targets_.add(buffer_, split, begin);
  return true;
}

std::size_t encoded_size(const OptToWrite& opt) {
  std::size_t size = kOptFixedSize;
  if (!opt.nsid.empty()) size += kOptionHeaderSize + opt.nsid.size();
  if (opt.keepalive_100ms) size += kOptionHeaderSize + kKeepaliveSize;
  for (const ExtendedError& error : sent_errors(opt)) size += kOptionHeaderSize + error_size(error);
  return size;
}

}  // namespace shirube::wire
