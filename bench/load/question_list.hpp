// QuestionList: the queries to send, ready made but for their IDs, handed out in turn.
// Threads:  one owner.
// Owns:     the packets; what next() points at lives as long as the list.
// Errors:   std::runtime_error (file, line, reason): a bad list ends the program before it starts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/bytes.hpp"

namespace shirube::bench {

class QuestionList {
 public:
  enum class Rounds : std::uint8_t { One, Endless };

  // One "name type" a line; empty lines and those that start with # are passed over. `edns`: the UDP size
  // that the queries offer, nullopt for queries without OPT.
  [[nodiscard]] static QuestionList read(const std::string& path, std::optional<std::uint16_t> edns,
                                         Rounds rounds);

  // nullptr when every question was asked once and once was all.
  [[nodiscard]] const wire::Bytes* next();
  [[nodiscard]] bool is_over() const { return rounds_ == Rounds::One && at_ == packets_.size(); }

 private:
  QuestionList(std::vector<wire::Bytes> packets, Rounds rounds)
      : packets_(std::move(packets)), rounds_(rounds) {}

  std::vector<wire::Bytes> packets_;
  Rounds rounds_;
  std::size_t at_ = 0;
};

}  // namespace shirube::bench
