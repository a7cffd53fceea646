// A host app with a world of its own: its users, chats, wallet and storage are its own
// (providers.h), it asks for consent itself (person.h), adds a namespace to the API, and opens
// three mini-apps at once, of which it shows one.
//
//   three-apps-host DATA APP APP APP
//
// Then, line by line:
//   app N        shows the app of that number and hides the others
//   tap LABEL    touches what bears that label
//   y, n, 1…     answers the sheet that is open
//   close shop   from now on the operator's rule refuses to share
//   quit

#include <kiosk/bridge/services.h>
#include <kiosk/host.h>
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "person.h"
#include "providers.h"

namespace three_apps {
namespace {

constexpr const char* kCityCatalogue = R"({
  "namespace": "city",
  "summary": "What this city's host knows.",
  "methods": [{
    "name": "district",
    "summary": "The district that the user lives in.",
    "since": 1,
    "permission": null,
    "consent": "each",
    "prompt": {"title": "Tell which district you live in"},
    "activation": true,
    "timeoutMs": 60000,
    "params": {"type": "object", "additionalProperties": false, "properties": {}},
    "result": {"type": "string", "maxLength": 64},
    "errors": []
  }]
})";

/// One mini-app on the screen of this host.
class Tile final : public kiosk::SessionObserver {
 public:
  Tile(int number, std::string name) : number_(number), name_(std::move(name)) {}

  void viewChanged(const kiosk::ViewNode& root) override {
    std::printf("[%d %s]\n%s\n", number_, name_.c_str(), kiosk::renderText(root).c_str());
  }
  void logged(kiosk::LogLevel, std::string_view text) override {
    std::printf("[%d %s] log: %.*s\n", number_, name_.c_str(), static_cast<int>(text.size()),
                text.data());
  }
  void stateChanged(kiosk::SessionState state) override {
    const std::string text(kiosk::sessionStateName(state));
    std::printf("[%d %s] is %s\n", number_, name_.c_str(), text.c_str());
  }
  void ended(const kiosk::SessionEnd& end) override {
    const std::string reason(kiosk::endReasonName(end.reason));
    std::printf("[%d %s] ended: %s %s\n", number_, name_.c_str(), reason.c_str(),
                end.detail.c_str());
  }

  /// Touches the element that bears `label`.
  void tap(const std::string& label) {
    for (const auto* target : kiosk::viewTargets(session->view())) {
      if (kiosk::viewLabel(*target) != label) continue;
      if (auto tapped = session->tap(target->id); !tapped) {
        std::printf("%s\n", tapped.error().message.c_str());
      }
      return;
    }
    std::printf("there is no '%s' here\n", label.c_str());
  }

  std::unique_ptr<kiosk::Session> session;

 private:
  int number_;
  std::string name_;
};

int failed(const kiosk::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 2;
}

/// What the person types, and the host's own descriptor, in one loop of this program's.
class Desk {
 public:
  Desk(kiosk::Host& host, Person& person, HouseRules& rules,
       std::vector<std::unique_ptr<Tile>>& tiles)
      : host_(host), person_(person), rules_(rules), tiles_(tiles) {}

  void run() {
    bool typing = true;
    while (typing || anyRunning()) {
      pollfd watched[] = {{host_.pollFd(), POLLIN, 0}, {typing ? STDIN_FILENO : -1, POLLIN, 0}};
      if (poll(watched, 2, -1) < 0) continue;
      if (watched[1].revents != 0 && !readLines()) {
        typing = false;
        for (auto& tile : tiles_) tile->session->close();
      }
      host_.runOnce(std::chrono::milliseconds(0));
    }
  }

 private:
  bool anyRunning() const {
    for (const auto& tile : tiles_) {
      if (!tile->session->end()) return true;
    }
    return false;
  }

  /// False at the end of the input.
  bool readLines() {
    char bytes[512];
    const ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got <= 0) return false;
    typed_.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end; (end = typed_.find('\n')) != std::string::npos;) {
      const std::string line = typed_.substr(0, end);
      typed_.erase(0, end + 1);
      if (line == "quit") return false;
      act(line);
    }
    return true;
  }

  void act(const std::string& line) {
    if (person_.answer(line)) return;
    if (line.rfind("app ", 0) == 0) return show(std::strtoul(line.c_str() + 4, nullptr, 10));
    if (line.rfind("tap ", 0) == 0) return tiles_[shown_]->tap(line.substr(4));
    if (line == "close shop") {
      rules_.shopClosed = true;
      return;
    }
    std::printf("app N, tap LABEL, close shop or quit\n");
  }

  void show(std::size_t number) {
    if (number < 1 || number > tiles_.size()) return;
    shown_ = number - 1;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      if (i == shown_) {
        tiles_[i]->session->show();
      } else {
        tiles_[i]->session->hide();
      }
    }
  }

  kiosk::Host& host_;
  Person& person_;
  HouseRules& rules_;
  std::vector<std::unique_ptr<Tile>>& tiles_;
  std::string typed_;
  std::size_t shown_ = 0;
};

int run(const std::string& dataDir, const std::vector<std::string>& paths) {
  Person person;
  Users users;
  Chats chats;
  PocketWallet wallet;
  MemoryStorage storage;
  HouseRules rules;

  kiosk::bridge::ServicesConfig config;
  config.dataDir = dataDir;
  config.consentUi = &person;
  config.picker = &person;
  config.identity = &users;
  config.messaging = &chats;
  config.wallet = &wallet;
  config.storage = &storage;
  config.policy = &rules;
  config.host.name = "Three Apps";
  config.registerNamespace(
      kCityCatalogue, {{"city.district", [](kiosk::bridge::ContextPtr call, kiosk::Reply reply) {
                          const bool known = call->session.user.value == "ada";
                          reply.result(known ? "Hamovniki" : "nowhere");
                        }}});
  auto services = kiosk::bridge::Services::create(std::move(config));
  if (!services) return failed(services.error());

  const std::string teaKey =
      "\x1a\xeb\xda\xdf\xf9\xcd\xbd\x0b\x64\xa2\xce\x16\xcc\x2c\x6a\x24"
      "\x90\xb4\x08\xf6\xed\x2b\x60\xa4\x78\x48\x3d\x6a\x55\x48\x92\xfb";
  auto registered = (*services)->registerMerchant({"tea", "Tea House", "tea-1", teaKey});
  if (!registered) return failed(registered.error());

  kiosk::HostConfig hostConfig;
  hostConfig.lifecycle.hiddenGrace = std::chrono::milliseconds(200);
  auto host = kiosk::Host::create(std::move(hostConfig), **services);
  if (!host) return failed(host.error());

  std::vector<std::unique_ptr<Tile>> tiles;
  for (const auto& path : paths) {
    auto package = kiosk::loadPackage(path);
    if (!package) return failed(package.error());
    kiosk::OpenOptions options;
    options.user = kiosk::UserId("ada");
    tiles.push_back(
        std::make_unique<Tile>(static_cast<int>(tiles.size()) + 1, (*package)->manifest.name));
    auto session = (*host)->open(std::move(*package), options, *tiles.back());
    if (!session) return failed(session.error());
    tiles.back()->session = std::move(*session);
  }

  Desk(**host, person, rules, tiles).run();
  std::printf("Ada has %lld.%02lld RUB left, %zu messages were sent\n",
              static_cast<long long>(wallet.balanceMinor("ada") / 100),
              static_cast<long long>(wallet.balanceMinor("ada") % 100), chats.posted.size());
  return 0;
}

}  // namespace
}  // namespace three_apps

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: three-apps-host DATA APP…\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  return three_apps::run(argv[1], {argv + 2, argv + argc});
}
