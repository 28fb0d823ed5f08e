#include "wire/answer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace shirube::wire {
namespace {

// RRsets of one section, found again by owner and type. The index is ordered, not hashed: a peer chooses the
// names, and without a key it could choose them to collide.
class Grouping {
 public:
  explicit Grouping(std::vector<RRset>& rrsets) : rrsets_(rrsets) {}

  [[nodiscard]] RRset* find(const Name& owner, Type type) {
    // Records of an RRset nearly always stand together.
    if (last_ < rrsets_.size() && is(rrsets_[last_], owner, type)) return &rrsets_[last_];
    const auto found = index_.find({owner, type});
    if (found == index_.end()) return nullptr;
    last_ = found->second;
    return &rrsets_[last_];
  }
  [[nodiscard]] RRset& find_or_add(const Name& owner, Type type, std::uint32_t ttl) {
    if (RRset* found = find(owner, type)) return *found;
    last_ = rrsets_.size();
    index_.emplace(Key{owner, type}, last_);
    return rrsets_.emplace_back(RRset{.owner = owner, .type = type, .ttl = ttl});
  }

 private:
  struct Key {
    Name owner;
    Type type;
  };
  struct ByTypeAndOwner {
    bool operator()(const Key& a, const Key& b) const {
      if (a.type != b.type) return a.type < b.type;
      return compare_ignoring_case(a.owner.wire(), b.owner.wire()) < 0;
    }
  };
  static bool is(const RRset& rrset, const Name& owner, Type type) {
    return rrset.type == type && rrset.owner == owner;
  }

  std::vector<RRset>& rrsets_;
  std::map<Key, std::size_t, ByTypeAndOwner> index_;
  std::size_t last_ = 0;
};

class AnswerReader {
 public:
  explicit AnswerReader(const MessageView& message) : message_(message) { answer_.rcode = message.rcode(); }

  // False when an RRset has too many records.
  [[nodiscard]] bool read() {
    // Signatures second: one may stand before what it covers.
    return read_records([](Type type) { return type != Type::RRSIG; }) &&
           read_records([](Type type) { return type == Type::RRSIG; });
  }
  [[nodiscard]] Answer take() {
    for (auto* section : {&answer_.answer, &answer_.authority, &answer_.additional}) {
      for (RRset& rrset : *section) {
        rrset.rdatas.shrink();
        rrset.signatures.shrink();
      }
    }
    return std::move(answer_);
  }

 private:
  template <class Wanted>
  [[nodiscard]] bool read_records(Wanted wanted) {
    for (const RecordView& record : message_) {
      if (record.klass != Class::IN || is_meta(record.type) || !wanted(record.type)) continue;
      if (!add(record)) return false;
    }
    return true;
  }

  [[nodiscard]] bool add(const RecordView& record) {
    message_.full_rdata(record, rdata_);
    const Name owner = message_.owner(record);
    Grouping& section = sections_[static_cast<std::size_t>(record.section)];
    RRset* covered = nullptr;
    if (record.type == Type::RRSIG) covered = section.find(owner, Type{read_u16(rdata_.data())});
    RRset& rrset = covered != nullptr ? *covered : section.find_or_add(owner, record.type, record.ttl);
    RdataList& list = covered != nullptr ? rrset.signatures : rrset.rdatas;
    rrset.ttl = std::min(rrset.ttl, record.ttl);
    list.add_unless_present(rdata_);
    return list.count() <= kMaxRecordsPerRRset;
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
  if (!reader.read()) return std::nullopt;
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
