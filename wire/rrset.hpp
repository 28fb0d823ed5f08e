// RRset: records of one owner, type and class, owned and uncompressed, with the signatures over them.
// Threads:  a value.
// Units:    ttl in seconds.
// Rules:    one TTL an RRset, the lowest seen (RFC 2181 §5.2); duplicates are dropped (§5); RDATA without
//           compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "wire/bytes.hpp"
#include "wire/name.hpp"
#include "wire/types.hpp"

namespace shirube::wire {

// A list of RDATAs in one allocation: for each a 16-bit length, then its bytes.
class RdataList {
 public:
  class Iterator {
   public:
    using value_type = BytesView;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using pointer = const BytesView*;
    using reference = BytesView;
    Iterator() = default;
    explicit Iterator(const std::uint8_t* at) : at_(at) {}
    [[nodiscard]] BytesView operator*() const { return {at_ + 2, read_u16(at_)}; }
    Iterator& operator++() {
      at_ += 2 + read_u16(at_);
      return *this;
    }
    Iterator operator++(int) {
      auto old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const std::uint8_t* at_ = nullptr;
  };

  // REQUIRES: rdata.size() <= 65535.
  void add(BytesView rdata);
  // For a few records; for many, add() all and drop_duplicates() once.
  void add_unless_present(BytesView rdata);
  // Keeps the first of equal ones, in their order. Sorts instead of comparing each with each.
  void drop_duplicates();
  [[nodiscard]] bool contains(BytesView rdata) const;
  [[nodiscard]] Iterator begin() const { return Iterator(packed_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(packed_.data() + packed_.size()); }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::size_t byte_size() const { return packed_.size(); }
  void shrink() { packed_.shrink_to_fit(); }
  friend bool operator==(const RdataList&, const RdataList&) = default;

 private:
  std::vector<std::uint8_t> packed_;
  std::uint32_t count_ = 0;
};

struct RRset {
  Name owner;
  Type type = Type::A;
  Class klass = Class::IN;
  std::uint32_t ttl = 0;
  RdataList rdatas = {};
  RdataList signatures = {};  // RDATA of the RRSIGs that cover `type` at `owner`

  friend bool operator==(const RRset&, const RRset&) = default;
};

// Bytes of memory that it holds, for cache accounting.
[[nodiscard]] std::size_t memory_size(const RRset& rrset);

// Where names and fixed fields stand in RDATA (uncompressed): all callers that look inside use these.
// Each returns nullopt when the RDATA does not hold it.
// Of CNAME, DNAME, NS, PTR, MX, SRV, KX and AFSDB.
[[nodiscard]] std::optional<Name> rdata_target(Type type, BytesView rdata);
[[nodiscard]] std::optional<std::uint16_t> mx_preference(BytesView rdata);  // also SRV's priority
struct Soa {
  Name mname, rname;
  std::uint32_t serial, refresh, retry, expire, minimum;
};
[[nodiscard]] std::optional<Soa> read_soa(BytesView rdata);

}  // namespace shirube::wire
