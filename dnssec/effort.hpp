// Effort: how much cryptography one client's question may still cost. It travels in the question's budget and
// is never reset.
// Threads:  one owner.
// Units:    checks and hashes; nominal microseconds (of a slow core, by algorithm: nothing is measured).
// Source:   KeyTrap (CVE-2023-50387), NSEC3 (CVE-2023-50868).
#pragma once

namespace shirube::dnssec {

// KeyTrap: signatures verified for one client's question.
inline constexpr unsigned kMaxSignatureChecks = 64;
// Of those, with a result other than "good": honest zones have hardly any.
inline constexpr unsigned kMaxFailedChecks = 8;
// CVE-2023-50868: NSEC3 hashes computed for one client's question.
inline constexpr unsigned kMaxNsec3Hashes = 96;
// Whoever has used this much since it last let others go on has to pause: no query holds its worker for 5 ms.
inline constexpr unsigned kPauseAfterMicroseconds = 1'500;

struct Effort {
  unsigned checks_left = kMaxSignatureChecks;
  unsigned failures_left = kMaxFailedChecks;
  unsigned hashes_left = kMaxNsec3Hashes;
  unsigned since_pause = 0;  // nominal microseconds

  // Before a verification that costs about `cost`. False: none is left.
  [[nodiscard]] bool take_check(unsigned cost) {
    if (checks_left == 0 || failures_left == 0) return false;
    --checks_left;
    since_pause += cost;
    return true;
  }
  // After a verification that failed.
  void note_failure() {
    if (failures_left > 0) --failures_left;
  }
  [[nodiscard]] bool take_hash(unsigned cost) {
    if (hashes_left == 0) return false;
    --hashes_left;
    since_pause += cost;
    return true;
  }
  [[nodiscard]] bool needs_pause() const { return since_pause >= kPauseAfterMicroseconds; }
  void paused() { since_pause = 0; }
};

}  // namespace shirube::dnssec
