// Records in the ServerMemory what a server did, and tells the observer if that changes what is known of it.
// Threads:  the loop of the Network.
// Owns:     nothing.
// Cost:     without an observer that wants details, as much as the note_* functions of server_memory.hpp.
#pragma once

#include "upstream/ask_server.hpp"
#include "upstream/observer.hpp"

namespace shirube::upstream {

// A server whose usual time is at least this long is slow. It is no longer slow at half of it, so that a
// server near the limit does not fill the log.
inline constexpr wire::Duration kSlowServer = std::chrono::milliseconds{500};

void tell(const AskContext& context, const ServerChange& change);

void record_reply(const AskContext& context, const ServerQuery& asked, wire::Duration took);
void record_failure(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone,
                    wire::Instant sent, Tells tells = Tells::All);
// It does not serve the zone.
void record_lame(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone);
// It answered for the zone, with or without AA.
enum class SetsAa : bool { No, Yes };
void record_service(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone,
                    SetsAa sets_aa);
// True: this was known before.
bool record_sloppy(const AskContext& context, const wire::Endpoint& server, const wire::Name& zone);
// A server of a [[stub]] answered this query: with RD=1, for a while, or without RD from now on.
void record_recursion(const AskContext& context, const ServerQuery& answered);
// `scope`: see ServerMemory::case_standing().
void record_case_sensitive(const AskContext& context, const wire::Endpoint& server, const wire::Name& scope,
                           CaseProof proof);
// A server has replied to a name with capital letters below its zone.
struct MixedReply {
  wire::Instant sent;  // when the query was sent
  bool with_data = false;
};
void record_reply_in_random_case(const AskContext& context, const ServerQuery& asked,
                                 const MixedReply& reply);

}  // namespace shirube::upstream
