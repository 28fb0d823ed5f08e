// FailureLog: failed lookups as log lines, folded by zone and cause, so that a dead or lame server never
// floods the log.
// Threads:  one worker's loop; the FoldedLog behind it is shared.
#pragma once

#include "server/folded_log.hpp"
#include "upstream/network.hpp"
#include "upstream/observer.hpp"

namespace shirube::server {

class FailureLog final : public upstream::Observer {
 public:
  FailureLog(FoldedLog& log, const upstream::Network& network) : log_(log), network_(network) {}
  void lookup_failed(const wire::Question& question, const upstream::Failure& failure) override;

 private:
  FoldedLog& log_;
  const upstream::Network& network_;
};

}  // namespace shirube::server
