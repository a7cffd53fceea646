#include "runtime/base/json.h"
#include "sdk/c/handles.h"

using kiosk::Error;
using kiosk::ErrorCode;
using kiosk::Result;
namespace c = kiosk::c;

namespace {

Result<kiosk::Limits> limitsOf(std::string_view text) {
  kiosk::Limits limits;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view one = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    const auto equals = one.find('=');
    if (equals == std::string_view::npos) {
      return Error{ErrorCode::InvalidParams, "limits are NAME=VALUE, e.g. heap=32M,turn=100ms"};
    }
    auto set = kiosk::setLimit(limits, one.substr(0, equals), one.substr(equals + 1));
    if (!set) return set.error();
  }
  return limits;
}

Result<kiosk::OpenOptions> optionsOf(const kiosk_session_config& config) {
  auto limits = limitsOf(c::viewOf(config.limits));
  if (!limits) return limits.error();
  if (config.user.length == 0) return Error{ErrorCode::InvalidParams, "user is missing"};
  kiosk::OpenOptions options;
  options.user = kiosk::UserId(c::stringOf(config.user));
  options.limits = *limits;
  if (config.entry_point.length > 0) options.entryPoint = c::stringOf(config.entry_point);
  options.startParam = c::stringOf(config.start_param);
  options.chatId = c::stringOf(config.chat_id);
  if (config.language.length > 0) options.language = c::stringOf(config.language);
  return options;
}

}  // namespace

void kiosk_session::started(std::chrono::microseconds launch) {
  if (config.started != nullptr) config.started(config.context, launch.count());
}

void kiosk_session::viewChanged(const kiosk::ViewNode& root) {
  if (config.view_changed == nullptr) return;
  const std::string text = kiosk::dumpJson(c::jsonOf(root));
  config.view_changed(config.context, c::textOf(text));
}

void kiosk_session::logged(kiosk::LogLevel level, std::string_view text) {
  if (config.logged == nullptr) return;
  config.logged(config.context, c::textOf(kiosk::logLevelName(level)), c::textOf(text));
}

void kiosk_session::called(std::string_view method, std::string_view outcome,
                           std::chrono::microseconds duration) {
  if (config.called == nullptr) return;
  config.called(config.context, c::textOf(method), c::textOf(outcome), duration.count());
}

void kiosk_session::stateChanged(kiosk::SessionState state) {
  if (config.state_changed == nullptr) return;
  config.state_changed(config.context, c::textOf(kiosk::sessionStateName(state)));
}

void kiosk_session::ended(const kiosk::SessionEnd& end) {
  if (config.ended == nullptr) return;
  config.ended(config.context, c::textOf(kiosk::endReasonName(end.reason)), c::textOf(end.detail));
}

kiosk_status kiosk_session_open(kiosk_host* host, kiosk_text path,
                                const kiosk_session_config* config, kiosk_session** session,
                                kiosk_error* error) noexcept {
  kiosk_session_config taken;
  if (session == nullptr || !c::take(config, taken)) {
    return c::fail({ErrorCode::InvalidParams, "a config with its size, a place for the session"},
                   error);
  }
  *session = nullptr;
  auto options = optionsOf(taken);
  if (!options) return c::fail(options.error(), error);
  auto package = kiosk::loadPackage(c::stringOf(path));
  if (!package) return c::fail(package.error(), error);
  auto made = std::make_unique<kiosk_session>(taken);
  auto opened = host->host->open(*std::move(package), *std::move(options), *made);
  if (!opened) return c::fail(opened.error(), error);
  made->session = *std::move(opened);
  *session = made.release();
  return 0;
}

kiosk_status kiosk_session_open_app(kiosk_host* host, kiosk_text appId,
                                    const kiosk_session_config* config,
                                    kiosk_opened opened) noexcept {
  kiosk_session_config taken;
  if (opened == nullptr || !c::take(config, taken)) {
    return kiosk::errorNumber(ErrorCode::InvalidParams);
  }
  auto options = optionsOf(taken);
  if (!options) return c::statusOf(options.error());
  // Owners: the callback, until it gives the session to the caller.
  auto made =
      std::make_shared<std::unique_ptr<kiosk_session>>(std::make_unique<kiosk_session>(taken));
  host->host->open(kiosk::AppId(c::stringOf(appId)), *std::move(options), **made,
                   [made, opened](Result<std::unique_ptr<kiosk::Session>> outcome) {
                     void* context = (*made)->config.context;
                     if (!outcome) {
                       const Error& error = outcome.error();
                       return opened(context, c::statusOf(error), nullptr,
                                     c::textOf(error.message));
                     }
                     (*made)->session = *std::move(outcome);
                     opened(context, 0, made->release(), {});
                   });
  return 0;
}

void kiosk_session_free(kiosk_session* session) noexcept { delete session; }
void kiosk_session_show(kiosk_session* session) noexcept { session->session->show(); }
void kiosk_session_hide(kiosk_session* session) noexcept { session->session->hide(); }
void kiosk_session_suspend(kiosk_session* session) noexcept { session->session->suspend(); }
void kiosk_session_resume(kiosk_session* session) noexcept { session->session->resume(); }
void kiosk_session_close(kiosk_session* session) noexcept { session->session->close(); }

kiosk_status kiosk_session_tap(kiosk_session* session, uint64_t node) noexcept {
  const auto tapped = session->session->tap(node);
  return tapped ? 0 : c::statusOf(tapped.error());
}

kiosk_status kiosk_session_type(kiosk_session* session, uint64_t node, kiosk_text text) noexcept {
  const auto typed = session->session->type(node, c::viewOf(text));
  return typed ? 0 : c::statusOf(typed.error());
}

kiosk_status kiosk_session_send_event(kiosk_session* session, kiosk_text type,
                                      kiosk_text detail) noexcept {
  const auto parsed = kiosk::parseJson(c::viewOf(detail));
  if (!parsed) return c::statusOf(parsed.error());
  session->session->sendEvent(c::stringOf(type), *parsed);
  return 0;
}

size_t kiosk_session_view(const kiosk_session* session, char* buffer, size_t capacity) noexcept {
  return c::copyOut(kiosk::dumpJson(c::jsonOf(session->session->view())), buffer, capacity);
}

size_t kiosk_session_metrics(const kiosk_session* session, char* buffer, size_t capacity) noexcept {
  return c::copyOut(kiosk::dumpJson(c::jsonOf(session->session->metrics())), buffer, capacity);
}
