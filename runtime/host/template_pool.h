#pragma once
// The app templates of one host: which apps have one, when it is made, and when it goes.
//
//   Making ──it is ready──► Ready ──► Leaving ──its last guest is gone──► (killed, forgotten)
//      └──it says no, dies, or takes too long──────────────────────────► (killed, forgotten)
//
//   Making    the app was opened a second time, or is to be prepared; opens take the zygote
//   Ready     opens are forked from it
//   Leaving   its forks are used up, its zygote retires, it lay idle, or another app has its place
//
// What is believed of a template: that its guests are guests of its app. It works on hostile
// source, so it may have been taken over. What it passes on must be a process (its filter lets it
// have no handles but of its own children), an end that it tells must be one (SessionCore asks the
// pidfd), CPU time that no fork explains costs it its life, and silence and words out of turn do
// too. A session that it lets down before its guest lives goes to the zygote.

#include <kiosk/clock.h>
#include <kiosk/package.h>

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/channel/uv_loop.h"
#include "runtime/host/guest_meter.h"
#include "runtime/host/zygote_pool.h"
#include "runtime/jail/zygote_client.h"

namespace kiosk {

/// Apps of which it is remembered how often they were opened.
constexpr std::size_t kAppsRememberedMax = 256;
/// Templates of one app that may end before their time; after that, opens take the zygote.
constexpr int kTemplateFailuresMax = 3;
/// Memory that taking an app in may use, and that a session of a template may have.
constexpr std::uint64_t kTemplateMemoryBytesMax = std::uint64_t{256} << 20;
/// CPU time, and time, that taking an app in may use.
constexpr std::uint64_t kTemplateCpuSecondsMax = 5;
constexpr std::chrono::seconds kTemplateMakingMax{20};
/// How long a template may take to fork a guest.
constexpr std::chrono::milliseconds kTemplateAnswerMax{2000};
/// How often templates are looked at.
constexpr std::chrono::milliseconds kTemplateWatchInterval{1000};
/// CPU time between two looks that needs no explanation, and what one fork explains.
constexpr std::chrono::milliseconds kTemplateIdleCpuMax{50}, kTemplateForkCpuMax{20};

/// What the pool needs of its host.
class TemplateOwner {
 public:
  virtual ~TemplateOwner() = default;
  virtual UvLoop& loop() = 0;
  virtual Clock& clock() = 0;
  virtual std::uint64_t newRequestId() = 0;
  /// Fills in package and configuration, and asks a zygote.
  virtual Result<ZygotePool::MadeTemplate> askForTemplate(
      const std::shared_ptr<const Package>& package, jail::TemplateRequest request) = 0;
  /// What became of a session's guest: GuestForked, GuestExited, or ForkRefused, upon which the
  /// zygote can still be asked.
  virtual void templateTold(jail::ZygoteEvent event) = 0;
};

struct TemplateBounds {
  std::uint32_t templatesMax = 16;
  std::uint32_t forksMax = 1000;
  std::chrono::milliseconds idleMax{300'000};
};

/// Threads: the loop's own.
class TemplatePool {
 public:
  /// `owner` is borrowed and must outlive the pool.
  TemplatePool(TemplateOwner& owner, TemplateBounds bounds);
  ~TemplatePool();

  /// Asks the template of `package` for a guest; false, and `request` is left as it was, when none
  /// is ready for it. `request` brings no package.
  bool fork(const Package& package, jail::ForkRequest& request);

  /// Counts an open of `package`, and begins a template at the second.
  void opened(const std::shared_ptr<const Package>& package);

  /// Begins a template unless there is one. `done` is told on the loop, possibly at once, whether
  /// opens are forked from it now.
  void prepare(const std::shared_ptr<const Package>& package, std::function<void(bool)> done);

  /// Takes an event of `zygote` that is about a template or a guest of one; false when it is not.
  bool takes(const jail::ZygoteProcess& zygote, jail::ZygoteEvent& event);
  /// `zygote` has ended, and is forgotten.
  void zygoteGone(const jail::ZygoteProcess& zygote);

  /// Templates being made and ready.
  std::size_t size() const;

 private:
  enum class State : std::uint8_t { Making, Ready, Leaving };
  struct Template;
  struct App {
    std::string key;
    std::uint32_t opens = 0;
    int failures = 0;

    bool mayHaveOne() const;
  };
  struct Orphan {
    std::uint64_t requestId = 0;
    std::uint64_t baselineKiB = 0;
  };
  using Place = std::pair<const jail::ZygoteProcess*, pid_t>;

  App& appOf(const std::string& key);
  Template* find(const std::string& key);
  bool begin(const std::shared_ptr<const Package>& package, const std::string& key);
  bool makeRoom();
  void onTemplate(Template& it);
  void take(Template& it, jail::ZygoteEvent& event);
  void takeForked(Template& it, jail::GuestForked& forked);
  void takeOrphaned(Template& it, const jail::GuestOrphaned& orphaned);
  bool takeOrphanExit(const jail::ZygoteProcess& zygote, const jail::OrphanExited& orphan);
  void becomeReady(Template& it);
  void leave(Template& it);
  void condemn(Template& it, const char* why);
  void drop(Template& it);
  void answer(Template& it, bool ready);
  void scheduleWatch();
  void watch(Template& it);

  TemplateOwner& owner_;
  const TemplateBounds bounds_;
  std::list<std::unique_ptr<Template>> templates_;
  std::list<App> apps_;  // the most recently opened first
  std::map<Place, Orphan> orphans_;
  std::map<Place, jail::GuestExited> orphanExits_;  // told before their template's end was seen
  std::optional<Executor::TimerId> watchTimer_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // owner: the pool; tasks look
};

}  // namespace kiosk
