#include "server/uv_tcp_connection.hpp"

#include <cerrno>
#include <utility>

#include <sys/socket.h>

namespace shirube::server {

UvTcpConnection::UvTcpConnection(TcpConnectionHost& host, OwnedFd fd, const ReplyPath& path)
    : host_(host),
      fd_(std::move(fd)),
      path_(path),
      last_used_(host.loop().now()),
      poll_(host.loop(), fd_.get(), [this](UvPoll::Event event) { on_event(event); }) {
  has_failed_ = !poll_.watch({.read = true});
}

void UvTcpConnection::on_event(UvPoll::Event event) {
  host_.slice().begin();
  if (event.error) has_failed_ = true;
  if (event.readable && wants_input()) receive();
  settle();
  if (is_finished()) host_.finished(path_.connection);
}

void UvTcpConnection::receive() {
  const auto room = input_.room();
  const auto got = ::recv(fd_.get(), room.data(), room.size(), MSG_DONTWAIT);
  if (got > 0) {
    input_.received(static_cast<std::size_t>(got));
  } else if (got == 0) {
    has_ended_ = true;
  } else if (errno != EAGAIN && errno != EINTR) {
    has_failed_ = true;
  }
}

void UvTcpConnection::reply(std::optional<wire::BytesView> packet) {
  if (in_flight_ > 0) --in_flight_;
  if (has_failed_ || !packet) return;
  if (is_output_full()) flush();
  // Answers given at once stop before that: only such as were in flight already can come in excess.
  if (is_output_full()) has_failed_ = true;
  if (!has_failed_) queue(*packet);
}

bool UvTcpConnection::claim_settling() { return !std::exchange(settling_is_claimed_, true); }

void UvTcpConnection::settle() {
  settling_is_claimed_ = false;
  do {
    answer_buffered();
    flush();
  } while (!has_failed_ && !is_paused_ && may_answer() && input_.has_whole_message());
  note_progress();
  if (has_failed_) return;
  if (!poll_.watch({.read = wants_input(), .write = !output_.pending().empty()})) has_failed_ = true;
}

void UvTcpConnection::resume() {
  is_paused_ = false;
  settle();
}

void UvTcpConnection::answer_buffered() {
  while (!has_failed_ && !is_paused_ && may_answer()) {
    const auto query = input_.next();
    if (!query) return;
    partial_since_.reset();
    if (query->empty()) {
      // Nobody's DNS message: whoever sends such does not speak our protocol.
      has_failed_ = true;
    } else {
      answer(*query);
    }
  }
}

void UvTcpConnection::answer(wire::BytesView query) {
  last_used_ = host_.loop().now();
  host_.tcp_counters().received.add();
  const auto out = host_.scratch();
  // Counted before: a reply that comes later may come at once, within this call.
  ++in_flight_;
  const auto result = host_.handler().on_packet(query, path_, out);
  auto& slice = host_.slice();
  is_paused_ = result.handled == Handled::Replied ? slice.is_over_after_cheap_step() : slice.is_over();
  if (is_paused_) host_.resume_later(path_.connection);
  if (result.handled == Handled::Later) return;
  --in_flight_;
  if (result.handled == Handled::Replied) queue(out.first(result.reply_size));
}

void UvTcpConnection::queue(wire::BytesView packet) {
  last_used_ = host_.loop().now();
  host_.tcp_counters().sent.add();
  output_.append(packet);
}

void UvTcpConnection::flush() {
  while (!has_failed_ && !output_.pending().empty()) {
    const auto pending = output_.pending();
    const auto count = ::send(fd_.get(), pending.data(), pending.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count >= 0) {
      output_.sent(static_cast<std::size_t>(count));
      sent_octets_ += static_cast<std::uint64_t>(count);
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      has_failed_ = true;
    }
  }
}

void UvTcpConnection::note_progress() {
  // While we do not read, a message that stays incomplete is not the client's fault.
  if (input_.empty() || !wants_input()) {
    partial_since_.reset();
  } else if (!partial_since_) {
    partial_since_ = host_.loop().now();
  }
  if (output_.pending().empty()) {
    stalled_since_.reset();
  } else if (!stalled_since_ || sent_octets_ >= stall_target_) {
    stalled_since_ = host_.loop().now();
    stall_target_ = sent_octets_ + output_.pending().size();
  }
}

bool UvTcpConnection::may_answer() const {
  return in_flight_ < host_.limits().in_flight && !is_output_full();
}

bool UvTcpConnection::is_output_full() const {
  return output_.pending().size() >= host_.limits().queued_output;
}

bool UvTcpConnection::wants_input() const {
  return !has_ended_ && may_answer() && !input_.has_whole_message();
}

bool UvTcpConnection::is_finished() const {
  return has_failed_ ||
         (has_ended_ && in_flight_ == 0 && output_.pending().empty() && !input_.has_whole_message());
}

bool UvTcpConnection::is_idle() const {
  return in_flight_ == 0 && output_.pending().empty() && input_.empty();
}

bool UvTcpConnection::is_overdue(wire::Instant now, wire::Duration idle) {
  const auto& limits = host_.limits();
  if (stalled_since_ && now - *stalled_since_ > limits.stalled_output) return true;
  if (partial_since_ && now - *partial_since_ > limits.whole_message) return true;
  return is_idle() && now - last_used_ > idle;
}

}  // namespace shirube::server
