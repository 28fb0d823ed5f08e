#include "server/anchor_keeper.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "conf/read_file.hpp"
#include "dnssec/records.hpp"
#include "server/anchor_state.hpp"

namespace shirube::server {
namespace {

using conf::LogLevel;
using dnssec::KeyState;

constexpr auto kEvent = "root_keys";

// The root's DNSKEY records in a fresh and validated answer; nullptr if it has none.
const wire::RRset* believable_keys(const cache::CachedAnswer& found) {
  const auto& answer = found.answer;
  if (!answer.authentic || answer.rcode != wire::Rcode::NoError || found.freshness == cache::Freshness::Stale)
    return nullptr;
  const auto keys = std::ranges::find_if(answer.answer, [](const wire::RRset& rrset) {
    return rrset.type == wire::Type::DNSKEY && rrset.owner.is_root();
  });
  return keys == answer.answer.end() ? nullptr : &*keys;
}

struct SignatureTimes {
  wire::Seconds original_ttl{};
  wire::Seconds left{};  // until the first of them expires
};

SignatureTimes times_of(const wire::RRset& keys, std::int64_t wall_time) {
  SignatureTimes times{wire::Seconds{keys.ttl}, std::chrono::days{15}};
  const auto now = static_cast<std::uint32_t>(wall_time);
  for (const auto rdata : keys.signatures) {
    const auto rrsig = dnssec::read_rrsig(rdata);
    if (!rrsig || !dnssec::serial_before(now, rrsig->expiration)) continue;
    times.original_ttl = wire::Seconds{rrsig->original_ttl};
    times.left = std::min(times.left, wire::Seconds{rrsig->expiration - now});
  }
  return times;
}

std::string_view explain(const dnssec::KeyChange& change) {
  if (!change.to) return "a new root key is gone before it was trusted";
  switch (*change.to) {
    case KeyState::Pending:
      return "a new root key was seen; it will be trusted in thirty days if it stays";
    case KeyState::Valid:
      return change.from == KeyState::Missing ? "a trusted root key is published again"
                                              : "a new root key is trusted from now on";
    case KeyState::Missing:
      return "a trusted root key is no longer published";
    case KeyState::Revoked:
      return "a root key was revoked by its owner and is no longer trusted";
    case KeyState::Removed:
      return "a revoked root key is gone for good";
  }
  return {};
}

}  // namespace

AnchorKeeper::AnchorKeeper(Log& log, FileCalls& calls, std::filesystem::path file, std::int64_t wall_time)
    : log_(log),
      calls_(calls),
      file_(std::move(file)),
      rollover_(wire::Name(), read_file()),
      retry_after_(dnssec::refresh_times({}, {}).after_failure) {
  const auto read = rollover_.keys();
  rollover_.trust(dnssec::built_in_root_anchor(), wall_time);
  if (rollover_.keys() != read) write_file();
  anchor_ = rollover_.anchor();
}

std::vector<dnssec::FollowedKey> AnchorKeeper::read_file() {
  std::error_code cannot_tell;
  if (!std::filesystem::exists(file_, cannot_tell) && !cannot_tell) return {};
  const auto text = conf::read_file(file_, kMaxAnchorStateSize);
  if (!text) {
    put_aside(text.error());
    return {};
  }
  auto keys = parse_anchor_state(*text);
  if (keys) return *std::move(keys);
  put_aside(keys.error());
  return {};
}

// What a person may still want to look at is not written over.
void AnchorKeeper::put_aside(const std::string& reason) {
  auto aside = file_;
  aside += ".bad";
  const bool kept = calls_.rename(file_.c_str(), aside.c_str()) == 0;
  log_.event(LogLevel::Warning, kEvent,
             fmt::format("{}: {}; starting with the built-in root keys{}", file_.string(), reason,
                         kept ? fmt::format(", the file is kept as {}", aside.string()) : ""));
}

void AnchorKeeper::write_file() {
  const auto written = replace_file(calls_, file_, anchor_state_text(rollover_.keys()));
  const auto error = written ? std::string() : written.error();
  if (!error.empty() && error != write_error_) {
    log_.event(LogLevel::Warning, kEvent,
               error + "; going on without it: after a restart the built-in root keys will be used again");
  }
  write_error_ = error;
}

bool AnchorKeeper::learn(const cache::CachedAnswer& found, wire::Instant now, std::int64_t wall_time) {
  const auto* keys = believable_keys(found);
  if (keys == nullptr) {
    next_look_ = now + retry_after_;
    return false;
  }
  const auto times = times_of(*keys, wall_time);
  const auto refresh = dnssec::refresh_times(times.original_ttl, times.left);
  next_look_ = now + refresh.after_success;
  retry_after_ = refresh.after_failure;

  const auto time = static_cast<std::uint32_t>(wall_time);
  dnssec::Effort effort;
  if (!rollover_.vouches_for(*keys, time, effort)) {
    refuse("no trusted root key has signed the root's DNSKEY records: they are ignored");
    return false;
  }
  const auto before = rollover_.keys();
  const auto changes =
      rollover_.observe({.dnskeys = keys,
                         .self_revoked = dnssec::self_revoked_keys(*keys, time, effort),
                         .original_ttl = static_cast<std::uint32_t>(times.original_ttl.count()),
                         .now = wall_time});
  if (!changes) {
    refuse("the root's DNSKEY records would leave no trusted key: they are ignored");
    return false;
  }
  refused_ = {};
  report(*changes);
  if (rollover_.keys() != before) write_file();
  if (std::ranges::none_of(*changes, dnssec::changes_trust)) return false;
  anchor_ = rollover_.anchor();
  return true;
}

void AnchorKeeper::refuse(std::string_view reason) {
  if (reason != refused_) log_.event(LogLevel::Warning, kEvent, std::string(reason));
  refused_ = reason;
}

void AnchorKeeper::report(const std::vector<dnssec::KeyChange>& changes) {
  for (const auto& change : changes) {
    const bool is_bad = change.to == KeyState::Missing;
    log_.event(is_bad ? LogLevel::Warning : LogLevel::Info, kEvent, std::string(explain(change)),
               {{"key", fmt::format("{}", change.tag)}});
  }
}

}  // namespace shirube::server
