#pragma once
// ui.*: the frame that the host draws around a mini-app, questions in the app's own words, and the
// stack of its pages. What a mini-app draws itself is its view, and goes another way.
//
//   pages   [ "/" ] ─navigateTo─► [ "/", "/orders" ] ─redirectTo─► [ "/", "/order" ] ─back─► [ "/"
//   ]
//
// The stack holds names and parameters; the app draws the page of which `navigated` tells.

#include <kiosk/bridge/chrome.h>
#include <kiosk/bridge/service.h>
#include <kiosk/executor.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::bridge {

constexpr std::size_t kPagesMax = 10;
constexpr std::size_t kPageParamsBytesMax = 4096;
/// How long an alert or an action sheet stays open.
constexpr std::chrono::minutes kSheetTimeMax{10};

/// Threads: the loop's own.
class UiService final : public Service {
 public:
  /// Borrowed; must outlive the service. Null: every method answers `unsupported`.
  explicit UiService(Chrome* chrome) : chrome_(chrome) {}

  std::vector<MethodBinding> bindings() override;
  void attached(Executor& loop) override { loop_ = &loop; }
  void sessionClosed(const SessionInfo& session) override;
  void callCancelled(const SessionInfo& session, std::uint64_t callId) override;

  /// As Services::chromePressed.
  Result<void> pressed(const SessionId& session, std::string_view button);

 private:
  struct Page {
    std::string path = "/";
    nlohmann::json params;
  };
  /// An alert or an action sheet that is open.
  struct Sheet {
    std::uint64_t id = 0;
    std::uint64_t callId = 0;
    std::vector<SheetChoice> choices;
    std::string member;            ///< of the result: "button" or "item"
    std::shared_ptr<Reply> reply;  ///< owners: this, and the call that settles it
    Executor::TimerId timer = 0;
  };
  struct Frame {
    SessionInfo session;
    std::function<DoorSession*()> live;
    ChromeState chrome;
    bool ownBack = false;  ///< the app asked for a way back
    std::vector<Page> pages = std::vector<Page>(1);
    bool announced = false;  ///< chromeChanged is on its way
    std::unique_ptr<Sheet> sheet;
  };
  using Act = void (UiService::*)(Frame& frame, const ContextPtr& context, Reply reply);

  MethodBinding binding(const char* method, Act act);
  void setTitle(Frame& frame, const ContextPtr& context, Reply reply);
  void setMainButton(Frame& frame, const ContextPtr& context, Reply reply);
  void setSecondaryButton(Frame& frame, const ContextPtr& context, Reply reply);
  void setBackButton(Frame& frame, const ContextPtr& context, Reply reply);
  void setButton(Frame& frame, ChromeButton& button, const ContextPtr& context, Reply reply);
  void toast(Frame& frame, const ContextPtr& context, Reply reply);
  void alert(Frame& frame, const ContextPtr& context, Reply reply);
  void actionSheet(Frame& frame, const ContextPtr& context, Reply reply);
  void navigateTo(Frame& frame, const ContextPtr& context, Reply reply);
  void redirectTo(Frame& frame, const ContextPtr& context, Reply reply);
  void back(Frame& frame, const ContextPtr& context, Reply reply);
  void reLaunch(Frame& frame, const ContextPtr& context, Reply reply);
  void theme(Frame& frame, const ContextPtr& context, Reply reply);
  void viewport(Frame& frame, const ContextPtr& context, Reply reply);

  enum class Question : std::uint8_t { Alert, ActionSheet };
  void open(Frame& frame, const ContextPtr& context, Reply reply, SheetPrompt prompt,
            Question question);
  void answered(const SessionId& session, std::uint64_t sheetId, const std::string& choice);
  void giveUp(const SessionId& session, std::uint64_t sheetId);
  std::unique_ptr<Sheet> take(Frame& frame);
  static Page pageOf(const ContextPtr& context);
  void goBack(Frame& frame, std::size_t delta);
  void arrived(Frame& frame, const char* direction);
  void announce(Frame& frame);
  Frame* find(const SessionId& session);

  Chrome* chrome_;
  Executor* loop_ = nullptr;
  std::map<SessionId, Frame> frames_;  // of sessions that called, until they end
  std::uint64_t lastSheet_ = 0;
  /// Tasks and answers that outlive the service find this gone.
  const std::shared_ptr<char> alive_ = std::make_shared<char>();
};

}  // namespace kiosk::bridge
