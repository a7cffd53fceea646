#include "tests/unit/jail/zygote_fixture.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace kiosk::jail {
namespace {

constexpr int kPatienceMs = 10'000;

bool readable(int fd) {
  pollfd watched = {fd, POLLIN, 0};
  return ::poll(&watched, 1, kPatienceMs) == 1;
}

}  // namespace

std::string probePath() {
  // The run as another user has copies elsewhere: that user may not read the build folder.
  const char* elsewhere = std::getenv("KIOSK_JAIL_PROBE");
  return elsewhere != nullptr ? elsewhere : KIOSK_BINARY_DIR "/bin/jail-probe";
}

ZygoteFixture::ZygoteFixture(Tier tier, std::string appArgument, std::uint32_t forksMax)
    : ZygoteFixture([&] {
        ZygoteLaunch launch;
        launch.tier = tier;
        launch.forksMax = forksMax;
        if (!appArgument.empty()) launch.appArguments = {std::move(appArgument)};
        return launch;
      }()) {}

ZygoteFixture::ZygoteFixture(ZygoteLaunch launch) {
  launch.guestPath = probePath();
  auto started = ZygoteProcess::start(launch);
  REQUIRE_MESSAGE(started.has_value(), (started ? "" : started.error().message));
  zygote_ = std::move(started).value();
}

ZygoteFixture::ZygoteFixture(ZygoteFixture& parent, const std::string& act, GuestLimits limits,
                             std::uint32_t forksMax)
    : idInParent_(++parent.lastId_) {
  TemplateRequest request;
  request.requestId = idInParent_;
  request.config = act;
  request.limits = limits;
  request.forksMax = forksMax;
  constexpr std::string_view kPackage = "template's package";
  auto memory = makeSealedMemory(std::as_bytes(std::span(kPackage)));
  REQUIRE(memory.has_value());
  request.package = std::move(memory).value();
  parent.guests_[idInParent_];
  auto made = parent.zygote_->makeTemplate(std::move(request));
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().message));
  zygote_ = std::move(made).value();
}

pid_t ZygoteFixture::orphanedPid(std::uint64_t requestId) {
  Guest& guest = guests_[requestId];
  while (guest.outcome.orphanedPid == 0 && !guest.ended && step()) continue;
  return guest.outcome.orphanedPid;
}

std::optional<GuestExited> ZygoteFixture::orphanExit(pid_t pid) {
  while (orphans_.count(pid) == 0) {
    if (!step()) return std::nullopt;
  }
  return orphans_[pid];
}

std::uint64_t ZygoteFixture::begin(const std::string& probe, GuestLimits limits,
                                   std::string_view package) {
  std::array<int, 2> ends = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
  ForkRequest request;
  request.requestId = ++lastId_;
  request.sessionSocket = Fd(ends[1]);
  request.config = probe;
  request.limits = limits;
  if (idInParent_ == 0) {
    auto memory = makeSealedMemory(std::as_bytes(std::span(package)));
    REQUIRE(memory.has_value());
    request.package = std::move(memory).value();
  }
  guests_[lastId_].socket = Fd(ends[0]);
  const auto asked = zygote_->fork(std::move(request));
  REQUIRE_MESSAGE(asked.has_value(), (asked ? "" : asked.error().message));
  return lastId_;
}

int ZygoteFixture::pidfdOf(std::uint64_t requestId) {
  Guest& guest = guests_[requestId];
  while (!guest.outcome.forked && !guest.ended && step()) continue;
  return guest.pidfd.get();
}

std::string ZygoteFixture::hear(std::uint64_t requestId) {
  std::array<char, 4096> text;
  const int socket = guests_[requestId].socket.get();
  if (!readable(socket)) return "(silence)";
  const ssize_t got = ::read(socket, text.data(), text.size());
  return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : "";
}

void ZygoteFixture::hangUp(std::uint64_t requestId) { guests_[requestId].socket.reset(); }

ProbeOutcome ZygoteFixture::finish(std::uint64_t requestId) {
  Guest& guest = guests_[requestId];
  while (!guest.ended) {
    REQUIRE_MESSAGE(step(), "the guest did not end");
  }
  std::array<char, 4096> text;
  ssize_t got = 0;
  while (guest.socket &&
         (got = ::recv(guest.socket.get(), text.data(), text.size(), MSG_DONTWAIT)) > 0) {
    guest.outcome.said.append(text.data(), static_cast<std::size_t>(got));
  }
  ProbeOutcome outcome = std::move(guest.outcome);
  guests_.erase(requestId);
  return outcome;
}

ProbeOutcome ZygoteFixture::run(const std::string& probe, GuestLimits limits) {
  return finish(begin(probe, limits));
}

bool ZygoteFixture::waitReady() {
  while (!ready_ && !gone_ && step()) continue;
  return ready_;
}

bool ZygoteFixture::waitGone() {
  while (!gone_ && step()) continue;
  return gone_;
}

bool ZygoteFixture::step() {
  pollfd watched = {zygote_->fd(), zygote_->pollEvents(), 0};
  if (gone_ || ::poll(&watched, 1, kPatienceMs) != 1) return false;
  for (ZygoteEvent& event : zygote_->poll()) take(std::move(event));
  return true;
}

void ZygoteFixture::take(ZygoteEvent event) {
  if (std::holds_alternative<ZygoteReady>(event)) {
    ready_ = true;
  } else if (auto* forked = std::get_if<GuestForked>(&event)) {
    guests_[forked->requestId].pidfd = std::move(forked->pidfd);
    guests_[forked->requestId].outcome.forked = true;
  } else if (auto* exited = std::get_if<GuestExited>(&event)) {
    guests_[exited->requestId].ended = true;
    guests_[exited->requestId].outcome.exit = *exited;
  } else if (auto* lost = std::get_if<GuestOrphaned>(&event)) {
    guests_[lost->requestId].outcome.orphanedPid = lost->pid;
  } else if (auto* orphan = std::get_if<OrphanExited>(&event)) {
    orphans_[orphan->pid] = orphan->exit;
  } else if (auto* refused = std::get_if<ForkRefused>(&event)) {
    guests_[refused->requestId].ended = true;
    guests_[refused->requestId].outcome.refusedWhy = refused->why;
  } else if (auto* gone = std::get_if<ZygoteGone>(&event)) {
    gone_ = true;
    goneWhy_ = gone->why;
  }
}

}  // namespace kiosk::jail
