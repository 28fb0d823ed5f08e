#include "wire/answer.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace shirube::wire {
namespace {

// RRsets of one section, found again by owner and type. The index is ordered, not hashed: a peer chooses the
// names, and without a key it could choose them to collide.
class Grouping {
 public:
  explicit Grouping(std::vector<RRset>& rrsets) : rrsets_(rrsets), index_(Order{&rrsets}) {}

  [[nodiscard]] RRset* find(const Name& owner, Type type) {
    if (is_last(owner, type)) return &rrsets_[last_];
    const auto found = index_.find(Key{owner, type});
    return found == index_.end() ? nullptr : &rrsets_[last_ = *found];
  }
  [[nodiscard]] RRset& find_or_add(const Name& owner, Type type, std::uint32_t ttl) {
    if (is_last(owner, type)) return rrsets_[last_];
    const Key key{owner, type};
    const auto place = index_.lower_bound(key);
    if (place != index_.end() && !index_.key_comp()(key, *place)) return rrsets_[last_ = *place];
    last_ = rrsets_.size();
    rrsets_.push_back(RRset{.owner = owner, .type = type, .ttl = ttl});
    index_.insert(place, last_);
    return rrsets_.back();
  }

 private:
  struct Key {
    const Name& owner;
    Type type;
  };
  struct Order {
    using is_transparent = void;
    const std::vector<RRset>* rrsets;

    [[nodiscard]] Key key(std::size_t index) const { return {(*rrsets)[index].owner, (*rrsets)[index].type}; }
    [[nodiscard]] static Key key(const Key& key) { return key; }
    bool operator()(const auto& left, const auto& right) const {
      const Key a = key(left);
      const Key b = key(right);
      return a.type != b.type ? a.type < b.type : compare_ignoring_case(a.owner.wire(), b.owner.wire()) < 0;
    }
  };

  // Records of an RRset nearly always stand together.
  [[nodiscard]] bool is_last(const Name& owner, Type type) const {
    return last_ < rrsets_.size() && rrsets_[last_].type == type && rrsets_[last_].owner == owner;
  }

  std::vector<RRset>& rrsets_;
  std::set<std::size_t, Order> index_;
  std::size_t last_ = 0;
};

[[nodiscard]] bool is_security(Type type) {
  return type == Type::DNSKEY || type == Type::DS || type == Type::CDNSKEY || type == Type::CDS ||
         type == Type::RRSIG || is_denial(type);
}

[[nodiscard]] bool is_too_large(const RRset& rrset) {
  const std::size_t count = rrset.rdatas.count();
  const std::size_t each = rrset.owner.size() + kRecordFixedSize;
  return rrset.signatures.count() > kMaxSecurityRecords ||
         (is_security(rrset.type) && count > kMaxSecurityRecords) ||
         count * each + rrset.rdatas.byte_size() > kMaxRRsetBytes;
}

class AnswerReader {
 public:
  explicit AnswerReader(const MessageView& message) : message_(message) { answer_.rcode = message.rcode(); }

  void read() {
    // Signatures second: one may stand before what it covers.
    read_records([](Type type) { return type != Type::RRSIG; });
    read_records([](Type type) { return type == Type::RRSIG; });
  }
  // nullopt: an RRset is too large.
  [[nodiscard]] std::optional<Answer> take() {
    for (auto* section : {&answer_.answer, &answer_.authority, &answer_.additional}) {
      for (RRset& rrset : *section) {
        rrset.rdatas.drop_duplicates();
        rrset.signatures.drop_duplicates();
        if (is_too_large(rrset)) return std::nullopt;
        rrset.rdatas.shrink();
        rrset.signatures.shrink();
      }
    }
    return std::move(answer_);
  }

 private:
  template <class Wanted>
  void read_records(Wanted wanted) {
    for (const RecordView& record : message_) {
      if (record.klass != Class::IN || is_meta(record.type) || !wanted(record.type)) continue;
      add(record);
    }
  }

  void add(const RecordView& record) {
    message_.full_rdata(record, rdata_);
    const Name owner = message_.owner(record);
    Grouping& section = sections_[static_cast<std::size_t>(record.section)];
    RRset* covered = nullptr;
    if (record.type == Type::RRSIG) covered = section.find(owner, Type{read_u16(rdata_.data())});
    RRset& rrset = covered != nullptr ? *covered : section.find_or_add(owner, record.type, record.ttl);
    RdataList& list = covered != nullptr ? rrset.signatures : rrset.rdatas;
    rrset.ttl = std::min(rrset.ttl, record.ttl);
    list.add(rdata_);
  }

  const MessageView& message_;
  Answer answer_;
  Grouping sections_[3] = {Grouping(answer_.answer), Grouping(answer_.authority),
                           Grouping(answer_.additional)};
  Bytes rdata_;
};

}  // namespace

std::optional<Answer> read_answer(const MessageView& message) {
  AnswerReader reader(message);
  reader.read();
  return reader.take();
}

std::optional<std::uint32_t> lowest_ttl(const Answer& answer) {
  std::optional<std::uint32_t> lowest;
  for (const auto* section : {&answer.answer, &answer.authority}) {
    for (const RRset& rrset : *section) lowest = std::min(lowest.value_or(rrset.ttl), rrset.ttl);
  }
  return lowest;
}

}  // namespace shirube::wire
