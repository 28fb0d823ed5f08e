// PendingQuery: all that is kept of a client's query after its packet is gone, and what follows from it.
// Threads:  a value.
#pragma once

#include "cache/answer_cache.hpp"
#include "cache/rendered_cache.hpp"
#include "policy/rewriter.hpp"
#include "server/query_handler.hpp"
#include "server/reply.hpp"
#include "server/serving.hpp"
#include "upstream/client_id.hpp"

namespace shirube::server {

inline constexpr wire::Duration kSendingTime = std::chrono::milliseconds{30};

struct PendingQuery {
  wire::Question question;
  wire::Bytes question_bytes;  // as asked, for the echo
  ReplyForm form;
  ReplyPath path;
  std::size_t profile = 0;
  ServingPtr serving;
  wire::Instant arrived{};

  [[nodiscard]] cache::View view() const {
    return form.header.cd ? cache::View::Unchecked : cache::View::Checked;
  }
  [[nodiscard]] upstream::ClientId client() const { return upstream::client_id(path.peer.address); }
  // Early enough that rendering and sending still end within it.
  [[nodiscard]] wire::Instant deadline() const {
    return arrived + serving->settings->upstream.deadline - kSendingTime;
  }
};

[[nodiscard]] PendingQuery make_pending(const wire::QueryView& query, const ReplyPath& path,
                                        std::size_t profile, ServingPtr serving, wire::Instant arrived);

// What the rewriters have to know of the client. A client without EDNS whose profile fits answers is taken
// for one with a 512-octet buffer over TCP as well: that is what unpatched qmail has.
[[nodiscard]] policy::ClientView client_view(const PendingQuery& pending);

// Under which key its finished packet is kept. Borrows `query`.
[[nodiscard]] cache::RenderedKey rendered_key(const wire::QueryView& query, const ReplyForm& form,
                                              std::size_t profile);

}  // namespace shirube::server
