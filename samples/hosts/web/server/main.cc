// kiosk-web: a messenger with mini-apps, served to browsers on this machine.
//
//   kiosk-web --data DIR --apps DIR --static DIR --trust KEYS
//
//   loop thread (main)    Host, Services, the users' worlds
//   HTTP threads          the guard, handlers that ask the loop, one stream for each open page
//   signal thread         SIGTERM and SIGINT: streams end, requests are answered, then all goes

#include <kiosk/bridge/services.h>
#include <kiosk/host.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <thread>

#include "frames.h"
#include "http_server.h"
#include "options.h"
#include "routes.h"
#include "secrets.h"

namespace web_host {
namespace {

constexpr const char* kHostName = "Kiosk";

int failed(const kiosk::Error& error) {
  std::fprintf(stderr, "kiosk-web: %s\n", error.message.c_str());
  return 2;
}

sigset_t endSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

kiosk::Result<std::unique_ptr<Logins>> openLogins(const std::string& folder) {
  auto secret = secretFile(folder + "/web.secret");
  if (!secret) return secret.error();
  return Logins::open(folder + "/web-logins.json", *std::move(secret));
}

std::string addressText(const Options& options, int port) {
  const bool isV6 = options.address.find(':') != std::string::npos;
  return "http://" + (isV6 ? "[" + options.address + "]" : options.address) + ":" +
         std::to_string(port) + "/";
}

/// Runs the loop while the threads serve; returns when a signal came and all is quiet.
void serve(kiosk::Host& host, HttpServer& http, Worlds& worlds) {
  std::thread serving([&http] { http.serve(); });
  std::thread waiting([&] {
    const sigset_t signals = endSignals();
    int which = 0;
    sigwait(&signals, &which);
    // Streams first: the server waits for its threads.
    host.post([&] {
      worlds.closeFeeds();
      http.stop();
    });
  });
  std::thread closing([&] {
    serving.join();
    host.stop();
  });
  host.run();
  closing.join();
  // When the server ended by itself, nobody has sent a signal yet.
  pthread_kill(waiting.native_handle(), SIGTERM);
  waiting.join();
}

int run(const Options& options) {
  PromptDesk prompts;
  Frames frames(prompts);
  kiosk::bridge::ServicesConfig config;
  config.dataDir = options.dataFolder;
  config.consentUi = &prompts;
  config.picker = &prompts;
  config.chrome = &frames;
  config.host.name = kHostName;
  config.host.platform = "web";
  config.demoData = kiosk::bridge::DemoData::Seed;
  const auto pointsMax = config.limits.privacyPointsMax;
  auto services = kiosk::bridge::Services::create(std::move(config));
  if (!services) return failed(services.error());
  auto logins = openLogins(options.dataFolder);
  if (!logins) return failed(logins.error());
  const auto gallery = Gallery::load(
      {options.dataFolder + "/registry", options.appFolders, options.trustPath, pointsMax});
  if (!gallery) return failed(gallery.error());

  Guard guard(**logins);
  Router router;
  HttpServer http(guard, router);
  const auto port = http.bind(options.address, options.port);
  if (!port) return failed(port.error());

  auto host = kiosk::Host::create({}, **services);
  if (!host) return failed(host.error());
  Worlds worlds({**host, **services, *gallery, prompts});
  frames.drawnIn(worlds);
  Loop loop(**host);
  Pages pages([&](const kiosk::UserId& user) {
    loop.post([&, user] { worlds.pagesChanged(user, pages.countOf(user)); });
  });
  Api api{loop,  worlds,    **services,          prompts, *gallery, **logins,
          pages, kHostName, options.staticFolder};
  addUserRoutes(router, api);
  addSessionRoutes(router, api);
  addChatRoutes(router, api);
  addPrivacyRoutes(router, api);
  addFileRoutes(router, api);

  std::printf("%s\n", addressText(options, *port).c_str());
  std::fflush(stdout);
  serve(**host, http, worlds);
  return 0;
}

}  // namespace
}  // namespace web_host

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 1 && arguments[0] == "--help") {
    std::printf("%s", web_host::usage());
    return 0;
  }
  const auto options = web_host::readOptions(arguments);
  if (!options) {
    std::fprintf(stderr, "kiosk-web: %s\n%s", options.error().message.c_str(), web_host::usage());
    return 2;
  }
  // Before any other thread: one that does not block them would end the process.
  const sigset_t signals = web_host::endSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return web_host::run(*options);
}
