#pragma once
// The frames around mini-apps and what apps say in their own words, for the pages to draw.

#include <kiosk/bridge/chrome.h>

#include "worlds.h"

namespace web_host {

/// Threads: the loop's own.
class Frames final : public kiosk::bridge::Chrome {
 public:
  /// Borrowed; outlives the frames.
  explicit Frames(PromptDesk& prompts) : prompts_(prompts) {}
  /// Before the first session opens. Borrowed.
  void drawnIn(Worlds& worlds) { worlds_ = &worlds; }

  void chromeChanged(const kiosk::SessionInfo& session,
                     const kiosk::bridge::ChromeState& chrome) override;
  void toast(const kiosk::SessionInfo& session, const std::string& message,
             const std::string& tone) override;
  void alert(const kiosk::SessionInfo& session, const kiosk::bridge::SheetPrompt& prompt,
             std::function<void(std::string)> done) override {
    prompts_.alert(session, prompt, std::move(done));
  }
  void actionSheet(const kiosk::SessionInfo& session, const kiosk::bridge::SheetPrompt& prompt,
                   std::function<void(std::string)> done) override {
    prompts_.actionSheet(session, prompt, std::move(done));
  }
  void withdrawSheet(std::uint64_t id) override { prompts_.withdrawSheet(id); }
  kiosk::bridge::ThemeState theme(const kiosk::SessionInfo& session) override;
  kiosk::bridge::ViewportState viewport(const kiosk::SessionInfo& session) override;

 private:
  OpenApp* find(const kiosk::SessionInfo& session);

  PromptDesk& prompts_;
  Worlds* worlds_ = nullptr;
};

}  // namespace web_host
