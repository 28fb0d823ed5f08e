// Effort: how much cryptography one client's query may still cost. It travels with all that is done for the
// query, and is never reset.
// Threads:  any: a query whose answer is put together from several questions may have them on several loops.
// Units:    checks and hashes; nominal microseconds (of a slow core, by algorithm: nothing is measured).
// Source:   KeyTrap (CVE-2023-50387), NSEC3 (CVE-2023-50868).
#pragma once

#include <atomic>

namespace shirube::dnssec {

// KeyTrap: signatures verified for one client's query.
inline constexpr unsigned kMaxSignatureChecks = 64;
// Of those, with a result other than "good": honest zones have hardly any.
inline constexpr unsigned kMaxFailedChecks = 8;
// CVE-2023-50868: NSEC3 hashes computed for one client's query.
inline constexpr unsigned kMaxNsec3Hashes = 96;
// Whoever has used this much since it last let others go on has to pause: no query holds its worker for 5 ms.
inline constexpr unsigned kPauseAfterMicroseconds = 1'500;

struct Effort {
  using Count = std::atomic<unsigned>;
  Count checks_left = kMaxSignatureChecks;
  Count failures_left = kMaxFailedChecks;
  Count hashes_left = kMaxNsec3Hashes;
  Count since_pause = 0U;  // nominal microseconds

  // Before a verification that costs about `cost`. False: none is left.
  [[nodiscard]] bool take_check(unsigned cost) {
    if (failures_left == 0 || take(checks_left, 1) == 0) return false;
    since_pause += cost;
    return true;
  }
  // After a verification that failed.
  void note_failure() { static_cast<void>(take(failures_left, 1)); }
  [[nodiscard]] bool take_hash(unsigned cost) {
    if (take(hashes_left, 1) == 0) return false;
    since_pause += cost;
    return true;
  }
  // How many there are, at most `wanted`; what of them is not needed is to be given back.
  [[nodiscard]] unsigned take_hashes(unsigned wanted) { return take(hashes_left, wanted); }
  void give_back_hashes(unsigned unused) { hashes_left += unused; }

  [[nodiscard]] bool needs_pause() const { return since_pause >= kPauseAfterMicroseconds; }
  void paused() { since_pause = 0; }

 private:
  // Never below zero, whoever else takes at the same time.
  [[nodiscard]] static unsigned take(Count& left, unsigned wanted) {
    unsigned seen = left;
    unsigned taken = 0;
    do {
      taken = seen < wanted ? seen : wanted;
    } while (!left.compare_exchange_weak(seen, seen - taken));
    return taken;
  }
};

}  // namespace shirube::dnssec
