// Log-in, the state of everything, and the stream of what changes.

#include <algorithm>

#include "answer.h"
#include "bounds.h"
#include "routes.h"

namespace web_host {
namespace {

using kiosk::Error;
using kiosk::ErrorCode;
using kiosk::UserId;
using kiosk::bridge::UserEntry;

kiosk::Result<std::vector<UserEntry>> usersOf(Api& api) {
  return api.loop.ask<std::vector<UserEntry>>(
      [&api](Loop::Done<std::vector<UserEntry>> done) { api.services.users(std::move(done)); });
}

std::string nameOf(const UserEntry& user) {
  const auto& profile = user.profile;
  return profile.lastName.empty() ? profile.firstName : profile.firstName + " " + profile.lastName;
}

const UserEntry* findUser(const std::vector<UserEntry>& users, const std::string& id) {
  const auto found = std::find_if(users.begin(), users.end(),
                                  [&id](const UserEntry& user) { return user.id.value == id; });
  return found == users.end() ? nullptr : &*found;
}

void setCookie(httplib::Response& response, const std::string& cookie, const char* more) {
  setHeader(response, "Set-Cookie",
            "kiosk_user=" + cookie + "; Path=/; HttpOnly; SameSite=Strict" + more);
}

void listUsers(Api& api, httplib::Response& response) {
  const auto users = usersOf(api);
  if (!users) return answerError(response, users.error());
  Json list = Json::array();
  for (const auto& user : *users) list.push_back({{"id", user.id.value}, {"name", nameOf(user)}});
  answerJson(response, {{"users", list}});
}

void logIn(Api& api, const Ask& ask, httplib::Response& response) {
  const auto users = usersOf(api);
  if (!users) return answerError(response, users.error());
  const auto* user = findUser(*users, textOf(ask.body, "user"));
  if (user == nullptr)
    return answerError(response, {ErrorCode::NotFound, "There is no such user."});
  auto cookie = api.logins.begin(user->id);
  if (!cookie) return answerError(response, cookie.error());
  setCookie(response, *cookie, "");
  answerDone(response);
}

void logOut(Api& api, const Ask& ask, httplib::Response& response) {
  if (auto ended = api.logins.end(Guard::cookieOf(ask.http)); !ended) {
    return answerError(response, ended.error());
  }
  setCookie(response, "", "; Max-Age=0");
  answerDone(response);
}

/// What the loop alone knows, as of one moment: number, sessions with their views, questions.
Json worldState(Api& api, const UserEntry& user, const std::string& language) {
  auto& world = api.worlds.of(user.id);
  if (world.language.empty()) world.language = user.profile.language == "ru" ? "ru" : "en";
  world.speak(language);
  Json state = {{"seq", world.flush()},
                {"boot", api.worlds.boot()},
                {"sessions", world.sessions()},
                {"prompts", api.prompts.openOf(user.id)},
                {"notices", world.notices()}};
  state["user"] = {{"id", user.id.value}, {"name", nameOf(user)}, {"language", world.language}};
  state["apps"] = api.gallery.list(world.language);
  return state;
}

void tellState(Api& api, const Ask& ask, httplib::Response& response) {
  const auto users = usersOf(api);
  if (!users) return answerError(response, users.error());
  const auto* user = findUser(*users, ask.login.user.value);
  if (user == nullptr) {
    return answerRefusal(response, {401, "not_logged_in", "Choose who you are first."});
  }
  const std::string language = ask.http.get_param_value("language");
  // The number first: what is read later is told again by the stream, which does no harm.
  auto state = api.loop.ask<Json>([&api, user = *user, language](Loop::Done<Json> done) {
    done(worldState(api, user, language));
  });
  if (!state) return answerError(response, state.error());
  using Chats = std::vector<kiosk::bridge::ChatSummary>;
  const auto chats = api.loop.ask<Chats>([&api, id = user->id](Loop::Done<Chats> done) {
    api.services.messenger()->chatsOf(id, std::move(done));
  });
  if (!chats) return answerError(response, chats.error());
  using Wallet = kiosk::bridge::WalletSummary;
  const auto wallet = api.loop.ask<Wallet>([&api, id = user->id](Loop::Done<Wallet> done) {
    api.services.wallet(id, kiosk::bridge::kPaymentsPageMax, std::move(done));
  });
  if (!wallet) return answerError(response, wallet.error());
  (*state)["csrf"] = ask.login.csrf;
  (*state)["host"] = {{"name", api.hostName}};
  (*state)["user"]["mark"] = api.logins.markOf(user->id);
  (*state)["chats"] = Json::array();
  for (const auto& chat : *chats) (*state)["chats"].push_back(toJson(chat));
  (*state)["wallet"] =
      toJson(*wallet, api.gallery, (*state)["user"]["language"].get<std::string>());
  answerJson(response, *state);
}

/// The number after which a stream begins: what the page says it knows, else from now on.
std::uint64_t startOf(const httplib::Request& request, const Feed& feed) {
  std::string number = request.get_header_value("Last-Event-ID");
  if (number.empty()) number = request.get_param_value("after");
  if (number.empty()) return feed.newest();
  if (number.size() > 18 || number.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoull(number);
}

void stream(Api& api, const Ask& ask, httplib::Response& response) {
  const std::string id = ask.http.get_param_value("page");
  if (id.empty() || id.size() > kPageIdBytesMax) {
    return answerError(response, {ErrorCode::InvalidParams, "A page names itself: ?page=ID."});
  }
  using FeedPtr = std::shared_ptr<Feed>;
  auto feed = api.loop.ask<FeedPtr>([&api, user = ask.login.user](Loop::Done<FeedPtr> done) {
    done(api.worlds.of(user).feed());
  });
  if (!feed) return answerError(response, feed.error());
  const auto after = startOf(ask.http, **feed);
  auto page = api.pages.open(ask.login.user, id, *feed);
  if (page == nullptr) {
    return answerError(response, {ErrorCode::LimitExceeded, "Too many pages are open."});
  }
  // Owners: the library's copies of this one provider.
  auto events = std::make_shared<PageStream>(api.pages, std::move(page), after, api.worlds.boot());
  setHeader(response, "X-Accel-Buffering", "no");
  response.status = 200;
  response.set_chunked_content_provider("text/event-stream",
                                        [events](std::size_t, httplib::DataSink& sink) {
                                          std::string out;
                                          if (!sink.is_writable() || !events->next(out)) {
                                            sink.done();
                                            return false;
                                          }
                                          return out.empty() || sink.write(out.data(), out.size());
                                        });
}

}  // namespace

void addUserRoutes(Router& router, Api& api) {
  router.on("GET", "/api/login", [&api](const Ask&, auto& response) { listUsers(api, response); });
  router.on("POST", "/api/login",
            [&api](const Ask& ask, auto& response) { logIn(api, ask, response); });
  router.on("POST", "/api/logout",
            [&api](const Ask& ask, auto& response) { logOut(api, ask, response); });
  router.on("GET", "/api/state",
            [&api](const Ask& ask, auto& response) { tellState(api, ask, response); });
  router.on("GET", "/api/events",
            [&api](const Ask& ask, auto& response) { stream(api, ask, response); });
}

}  // namespace web_host
