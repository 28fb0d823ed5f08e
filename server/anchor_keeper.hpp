// AnchorKeeper: keeps the root's keys over years, in memory and in a file: what is in the file at start takes
// the place of the built-in keys.
// Threads:  one owner; its file is written on the calling thread.
// Owns:     the keys; borrows log and calls. The file is its own.
// Units:    seconds since 1970 for what is in the file, instants for when to look again.
// Errors:   none: a file that is missing, unreadable or not writable costs at most a warning. Without it the
//           built-in keys count at each start.
// Source:   RFC 5011; RFC 5011 §2.3 for when to look again.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "cache/cached_answer.hpp"
#include "dnssec/key_rollover.hpp"
#include "server/durable_file.hpp"
#include "server/log.hpp"

namespace shirube::server {

class AnchorKeeper {
 public:
  // Reads the file, and writes it when it does not say what is now known.
  AnchorKeeper(Log& log, FileCalls& calls, std::filesystem::path file, std::int64_t wall_time);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  // Changes only if learn() returns true: a digest stays a digest after its key has been seen.
  [[nodiscard]] const dnssec::TrustAnchor& anchor() const { return anchor_; }
  // What to ask for then, and give to learn().
  [[nodiscard]] static wire::Question question() {
    return {wire::Name(), wire::Type::DNSKEY, wire::Class::IN};
  }
  [[nodiscard]] bool is_due(wire::Instant now) const { return now >= next_look_; }
  // True: the set of trusted keys and anchor() have changed; the caller drops all data validated under the
  // old set. Only a DNSKEY RRset that a trusted key has signed is used, because a signature by any known key
  // of the root already makes the answer authentic.
  [[nodiscard]] bool learn(const cache::CachedAnswer& found, wire::Instant now, std::int64_t wall_time);

 private:
  [[nodiscard]] std::vector<dnssec::FollowedKey> read_file();
  void put_aside(const std::string& reason);
  void write_file();
  void report(const std::vector<dnssec::KeyChange>& changes);
  void refuse(std::string_view reason);

  Log& log_;
  FileCalls& calls_;
  std::filesystem::path file_;
  dnssec::KeyRollover rollover_;
  dnssec::TrustAnchor anchor_;
  wire::Instant next_look_ = wire::Instant::min();
  wire::Seconds retry_after_;
  std::string write_error_;   // logged once
  std::string_view refused_;  // the reason for the last refusal: logged once
};

}  // namespace shirube::server
