// The smallest host: opens one mini-app, prints its view once, ends.
//
//   minimal-host PATH      a folder or a signed .ma
//
// It has no services: its door answers every call with `unsupported`. A host with messages,
// identity and payments joins the bridge here instead (docs/embedding.md).

#include <kiosk/host.h>

#include <cstdio>
#include <string>

namespace {

/// A door without anything behind it.
class ClosedDoor final : public kiosk::Door {
 public:
  void attached(kiosk::Executor&) override {}
  void opened(kiosk::DoorSession&) override {}
  void call(kiosk::DoorSession&, kiosk::Call call, kiosk::Reply reply) override {
    reply.error(kiosk::ErrorCode::Unsupported, call.method + ": this host has no services");
  }
  void cancelled(kiosk::DoorSession&, std::uint64_t) override {}
  void closed(kiosk::DoorSession&, const kiosk::SessionEnd&) override {}
};

/// Prints the first view and ends the session.
class FirstView final : public kiosk::SessionObserver {
 public:
  explicit FirstView(kiosk::Host& host) : host_(host) {}

  void viewChanged(const kiosk::ViewNode& root) override {
    if (seen_) return;
    seen_ = true;
    std::printf("%s\n", kiosk::renderText(root).c_str());
    host_.stop();
  }

  void ended(const kiosk::SessionEnd& end) override {
    if (seen_) return;
    const std::string reason(kiosk::endReasonName(end.reason));
    std::fprintf(stderr, "The mini-app ended (%s) before it drew anything: %s\n", reason.c_str(),
                 end.detail.c_str());
    host_.stop();
  }

  bool seen() const { return seen_; }

 private:
  kiosk::Host& host_;
  bool seen_ = false;
};

int failed(const kiosk::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: minimal-host PATH\n");
    return 2;
  }
  auto package = kiosk::loadPackage(argv[1]);
  if (!package) return failed(package.error());

  ClosedDoor door;
  auto host = kiosk::Host::create({}, door);
  if (!host) return failed(host.error());

  kiosk::OpenOptions options;
  options.user = kiosk::UserId("somebody");
  FirstView observer(**host);
  auto session = (*host)->open(std::move(*package), options, observer);
  if (!session) return failed(session.error());

  (*host)->run();
  return observer.seen() ? 0 : 1;
}
