#include "server/uv_udp_listener.hpp"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace shirube::server {

UvUdpListener::UvUdpListener(UvLoop& loop, OwnedFd socket, QueryHandler& handler, TimeSlice::Clock clock)
    : loop_(loop),
      socket_(std::move(socket)),
      handler_(handler),
      local_(local_endpoint(socket_.get())),
      is_wildcard_(is_wildcard(local_.address)),
      incoming_(std::make_unique<UdpReceiveBatch>()),
      slice_(clock ? std::move(clock) : [&loop] { return loop.now(); }),
      replies_(std::make_unique<UdpSendBatch>()),
      later_(std::make_unique<UdpSendBatch>()),
      poll_(loop, socket_.get(), [this](UvPoll::Event) { on_event(); }),
      is_watching_(poll_.watch({.read = true})),
      pass_end_(loop, [this] { flush(); }),
      resume_(loop, [this] { work(); }) {
  if (!is_watching_) throw std::runtime_error("cannot watch UDP " + local_.text());
}

UvUdpListener::~UvUdpListener() = default;

void UvUdpListener::on_event() {
  work();
  // Only after an error does this do anything; receiving has taken the error out of the socket.
  is_watching_ = poll_.watch({.read = true});
}

void UvUdpListener::work() {
  slice_.begin();
  slice_is_over_ = false;
  for (int round = 0; round < kMaxRounds && !slice_is_over_; ++round) {
    if (next_ == received_) {
      next_ = 0;
      received_ = incoming_->receive(socket_.get());
    }
    if (received_ > 0) answer_round();
    if (received_ < kUdpBatch) break;
  }
  if (next_ < received_) resume_.start(kNextPass);
}

void UvUdpListener::answer_round() {
  ReplyPath path{.sink = this, .transport = ClientTransport::Udp, .peer = {}, .local = local_.address};
  while (next_ < received_ && !slice_is_over_) {
    const auto i = next_++;
    if (incoming_->is_truncated(i)) {
      counters_.truncated_in.add();
      continue;
    }
    counters_.received.add();
    const auto& peer = incoming_->peer(i);
    path.peer = peer.endpoint();
    path.connection = peer.scope();
    if (is_wildcard_) path.local = incoming_->asked(i, local_.address);
    const auto result = hand_over(incoming_->packet(i), path);
    const bool is_cheap = result.handled == Handled::Replied;
    slice_is_over_ = is_cheap ? slice_.is_over_after_cheap_step() : slice_.is_over();
    if (!is_cheap) continue;
    replies_->commit(result.reply_size, peer, is_wildcard_ ? &path.local : nullptr);
  }
  count(replies_->send(socket_.get()));
}

HandleResult UvUdpListener::hand_over(wire::BytesView packet, const ReplyPath& path) {
  const UvLoop::HeldClock held(loop_);
  return handler_.on_packet(packet, path, replies_->slot());
}

void UvUdpListener::send(const ReplyPath& path, wire::BytesView packet) {
  if (packet.size() > kMaxDatagram) {
    counters_.dropped_send.add();
    return;
  }
  if (later_->is_full()) flush();
  std::memcpy(later_->slot().data(), packet.data(), packet.size());
  const auto scope = static_cast<std::uint32_t>(path.connection);
  later_->commit(packet.size(), SocketAddress(path.peer, scope), is_wildcard_ ? &path.local : nullptr);
}

void UvUdpListener::flush() {
  if (!later_->is_empty()) count(later_->send(socket_.get()));
  // The kernel was out of memory when it was to watch again: a listener must not stay deaf.
  if (!is_watching_) is_watching_ = poll_.watch({.read = true});
}

void UvUdpListener::count(UdpSendBatch::Outcome outcome) {
  counters_.sent.add(outcome.sent);
  counters_.dropped_send.add(outcome.dropped);
}

}  // namespace shirube::server
