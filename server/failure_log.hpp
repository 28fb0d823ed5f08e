// FailureLog: the resolver's reports as log lines. Failed lookups are folded by zone and cause, so that a
// dead or lame server never floods the log; details have a limit of their own.
// Threads:  one worker's loop; the logs behind it are shared.
#pragma once

#include "server/detail_log.hpp"
#include "server/folded_log.hpp"
#include "server/forwarder_health.hpp"
#include "upstream/network.hpp"
#include "upstream/observer.hpp"

namespace shirube::server {

class FailureLog final : public upstream::Observer {
 public:
  FailureLog(FoldedLog& log, DetailLog& details, ForwarderHealth& forwarders,
             const upstream::Network& network)
      : log_(log), details_(details), forwarders_(forwarders), network_(network) {}
  void lookup_failed(const wire::Question& question, const upstream::Failure& failure) override;
  void forwarder_changed(const upstream::ForwarderChange& change) override;
  [[nodiscard]] bool wants_details() const override { return details_.wanted(); }
  void server_changed(const upstream::ServerChange& change) override;
  void trust_changed(const upstream::TrustChange& change) override;

 private:
  FoldedLog& log_;
  DetailLog& details_;
  ForwarderHealth& forwarders_;
  const upstream::Network& network_;
};

}  // namespace shirube::server
