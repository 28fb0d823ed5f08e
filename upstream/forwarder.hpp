// Asking the servers of a [[forward]] until one answers.
// Threads:  the loop of the Network.
// Errors:   Failure with a cause for each server that was asked.
#pragma once

#include <expected>

#include "upstream/forwarder_watch.hpp"
#include "upstream/server_race.hpp"
#include "upstream/settings.hpp"
#include "upstream/source.hpp"

namespace shirube::upstream {

struct ForwardedReply {
  wire::Answer answer;
  Source source;
  CaseDoubt case_doubt = CaseDoubt::None;
};

// All references must outlive the task. `checking_disabled` goes upstream as CD.
[[nodiscard]] Task<std::expected<ForwardedReply, Failure>> forward(AskContext context, ForwarderWatch& watch,
                                                                   const ZoneServers& zone,
                                                                   wire::Question question,
                                                                   bool checking_disabled, Budget& budget);

}  // namespace shirube::upstream
