// FailureLog: failed lookups as log lines, folded by zone and cause, so that a dead or lame server never
// floods the log.
// Threads:  one worker's loop; the FoldedLog behind it is shared.
#pragma once

#include "server/folded_log.hpp"
#include "server/forwarder_health.hpp"
#include "upstream/network.hpp"
#include "upstream/observer.hpp"

namespace shirube::server {

class FailureLog final : public upstream::Observer {
 public:
  FailureLog(FoldedLog& log, ForwarderHealth& forwarders, const upstream::Network& network)
      : log_(log), forwarders_(forwarders), network_(network) {}
  void lookup_failed(const wire::Question& question, const upstream::Failure& failure) override;
  void forwarder_changed(const upstream::ForwarderChange& change) override;

 private:
  FoldedLog& log_;
  ForwarderHealth& forwarders_;
  const upstream::Network& network_;
};

}  // namespace shirube::server
