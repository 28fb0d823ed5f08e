// A small zone drawn by lot, the truth about every name in it, and its NSEC and NSEC3 chains. Truth is found
// by looking through the whole zone, never by way of the records.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "dnssec/digest.hpp"
#include "wire/rrset.hpp"

namespace shirube::dnssec::drawn {

using Types = std::set<wire::Type>;
struct CanonicalLess {
  bool operator()(const wire::Name& a, const wire::Name& b) const { return a.compare_canonical(b) < 0; }
};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // From 0 to below `end`.
  unsigned below(unsigned end) { return static_cast<unsigned>(engine_() % end); }
  bool one_in(unsigned count) { return below(count) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct Hashing {
  wire::Bytes salt = {};
  std::uint16_t iterations = 0;
  bool opt_out = false;
};

class Zone {
 public:
  explicit Zone(Dice& dice);

  [[nodiscard]] const wire::Name& apex() const { return apex_; }
  [[nodiscard]] const std::map<wire::Name, Types, CanonicalLess>& names() const { return names_; }

  // Truth. With data of its own or below it.
  [[nodiscard]] bool exists(const wire::Name& name) const;
  // Below a cut or DNAME: not for this zone to say.
  [[nodiscard]] bool is_hidden(const wire::Name& name) const;
  [[nodiscard]] bool is_cut(const wire::Name& name) const;
  [[nodiscard]] wire::Name closest_encloser(const wire::Name& name) const;
  [[nodiscard]] bool is_no_data(const wire::Name& name, wire::Type type) const;
  [[nodiscard]] bool is_no_name(const wire::Name& name) const;
  // The name is not left out of an opt-out chain.
  [[nodiscard]] bool is_in_opt_out_chain(const wire::Name& name) const;

  [[nodiscard]] std::vector<wire::RRset> nsec_chain() const;
  [[nodiscard]] std::vector<wire::RRset> nsec3_chain(const Hashing& hashing) const;

 private:
  [[nodiscard]] const Types& types_at(const wire::Name& name) const;
  [[nodiscard]] bool lacks(const wire::Name& owner, wire::Type type) const;
  [[nodiscard]] std::set<wire::Name, CanonicalLess> all_that_exist() const;
  wire::Name apex_;
  std::map<wire::Name, Types, CanonicalLess> names_;
};

// Somewhere in the zone: at, above, below or beside what exists.
[[nodiscard]] wire::Name draw_name(const Zone& zone, Dice& dice);
[[nodiscard]] Hashing draw_hashing(Dice& dice);

}  // namespace shirube::dnssec::drawn
