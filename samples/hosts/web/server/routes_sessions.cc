// Mini-apps: opening, acting, closing; and the questions that they make the host ask.

#include "answer.h"
#include "routes.h"

namespace web_host {
namespace {

using kiosk::Error;
using kiosk::ErrorCode;
using kiosk::Result;

constexpr std::size_t kChatIdBytesMax = 128;

/// Runs `act` with the user's own session; another user's is not there for this one.
void withSession(Api& api, const Ask& ask, httplib::Response& response,
                 std::function<Result<void>(OpenApp&)> act) {
  const auto done = api.loop.ask<bool>([&api, user = ask.login.user, id = ask.parts[0],
                                        act = std::move(act)](Loop::Done<bool> answer) {
    auto* app = api.worlds.of(user).find(id);
    if (app == nullptr || app->session().end()) {
      return answer(Error{ErrorCode::NotFound, "The mini-app is not open any more."});
    }
    const auto acted = act(*app);
    answer(acted ? Result<bool>(true) : Result<bool>(acted.error()));
  });
  if (!done) return answerError(response, done.error());
  answerDone(response);
}

void openApp(Api& api, const Ask& ask, httplib::Response& response) {
  auto package = api.gallery.find(kiosk::AppId(textOf(ask.body, "app")));
  if (package == nullptr) {
    return answerError(response, {ErrorCode::NotFound, "There is no such mini-app here."});
  }
  kiosk::OpenOptions options;
  options.entryPoint = textOf(ask.body, "entryPoint") == "chat" ? "chat" : "gallery";
  options.chatId = textOf(ask.body, "chatId");
  if (options.chatId.size() > kChatIdBytesMax) {
    return answerError(response, {ErrorCode::InvalidParams, "There is no such chat."});
  }
  // The page may have chosen its language a moment ago, with the word of it still on its way.
  const auto opened =
      api.loop.ask<Json>([&api, user = ask.login.user, package, options,
                          language = textOf(ask.body, "language")](Loop::Done<Json> done) {
        auto& world = api.worlds.of(user);
        world.speak(language);
        done(world.open(package, options));
      });
  if (!opened) return answerError(response, opened.error());
  answerJson(response, {{"session", *opened}});
}

void setVisible(Api& api, const Ask& ask, httplib::Response& response) {
  const bool visible = truthOf(ask.body, "visible", true);
  withSession(api, ask, response, [visible](OpenApp& app) -> Result<void> {
    if (visible) {
      app.session().show();
    } else {
      app.session().hide();
    }
    return {};
  });
}

void promptAnswered(httplib::Response& response, const Result<bool>& done) {
  if (done) return answerDone(response);
  if (done.error().code == ErrorCode::NotReady) {
    return answerRefusal(response, {409, "too_early", done.error().message});
  }
  answerError(response, done.error());
}

Result<bool> heard(const Result<void>& result) {
  return result ? Result<bool>(true) : Result<bool>(result.error());
}

}  // namespace

void addSessionRoutes(Router& router, Api& api) {
  router.on("POST", "/api/sessions",
            [&api](const Ask& ask, auto& response) { openApp(api, ask, response); });
  router.on("DELETE", "/api/sessions/*", [&api](const Ask& ask, auto& response) {
    withSession(api, ask, response, [](OpenApp& app) -> Result<void> {
      app.session().close();
      return {};
    });
  });
  router.on("POST", "/api/sessions/*/act", [&api](const Ask& ask, auto& response) {
    withSession(api, ask, response, [body = ask.body](OpenApp& app) { return app.act(body); });
  });
  router.on("POST", "/api/sessions/*/environment", [&api](const Ask& ask, auto& response) {
    withSession(api, ask, response,
                [body = ask.body](OpenApp& app) { return app.setEnvironment(body); });
  });
  router.on("POST", "/api/sessions/*/button", [&api](const Ask& ask, auto& response) {
    withSession(api, ask, response, [&api, which = textOf(ask.body, "which")](OpenApp& app) {
      return api.services.chromePressed(app.session().info().id, which);
    });
  });
  router.on("POST", "/api/sessions/*/visible",
            [&api](const Ask& ask, auto& response) { setVisible(api, ask, response); });
  router.on("POST", "/api/prompts/*/shown", [&api](const Ask& ask, auto& response) {
    promptAnswered(response, api.loop.ask<bool>([&api, user = ask.login.user,
                                                 id = ask.parts[0]](Loop::Done<bool> done) {
      api.prompts.shown(user, id);
      done(true);
    }));
  });
  router.on("POST", "/api/prompts/*", [&api](const Ask& ask, auto& response) {
    promptAnswered(response, api.loop.ask<bool>([&api, user = ask.login.user, id = ask.parts[0],
                                                 body = ask.body](Loop::Done<bool> done) {
      done(heard(api.prompts.answer(user, id, body)));
    }));
  });
}

}  // namespace web_host
