#pragma once
// V8 as the rest of the guest sees it, without a V8 type.
//
//   zygote:    Engine::warm()          once: V8, isolate, context, web APIs, frozen intrinsics
//   template:  compileAhead()          where there is one: the modules of one app, compiled
//   guest:     adopt() → start() → load() → { deliver() | fireTimers() }*   one call is one turn
//
// A turn runs JavaScript, then microtasks until there are none, then reports rejections, then sends
// what the app drew. After a turn that says Stopped or Failed the process has only to say why and
// end.
//
// Threads: one, for the life of the process.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/package/image.h"

namespace kiosk::guest {

/// What the engine needs of the process around it.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  /// Queues one JSON-RPC frame for the host. False when it is larger than the host takes.
  virtual bool send(std::string_view frame) = 0;
  /// One line of the app's console; level 0 debug … 3 error.
  virtual void log(int level, std::string_view text) = 0;
  /// Says why the guest ends and ends it. Called where V8 cannot go on.
  [[noreturn]] virtual void endNow(std::string_view reason, std::string_view detail) = 0;
};

struct EngineOptions {
  bool jitless = false;
};

struct EngineLimits {
  std::size_t heapBytesMax = std::size_t{64} << 20;
  std::size_t bufferBytesMax = std::size_t{64} << 20;
};

enum class TurnOutcome : std::uint8_t {
  Done,
  Failed,   ///< an exception nobody caught; `text` is the message and the stack
  Stopped,  ///< terminated by a limit; `text` is the stack at that moment, if there was one
  Exited,   ///< the app asked to end
};

struct Turn {
  TurnOutcome outcome = TurnOutcome::Done;
  std::string text;
};

enum class LoadState : std::uint8_t { Pending, Ready, Failed };

class Engine {
 public:
  /// Starts V8 and everything an app may use. Once per process; ends the process with a message on
  /// standard error when the bootstrap fails, which is a bug of ours.
  static std::unique_ptr<Engine> warm(const EngineOptions& options);
  virtual ~Engine() = default;

  /// Compiles the module graph of `entry`, every function of it, and neither links nor evaluates
  /// any. Before `adopt`, in a process whose forks shall share the outcome: their `load` of the
  /// same app finds it. `image` is borrowed for the life of the process. False with `why` when the
  /// app does not compile.
  virtual bool compileAhead(const ImageReader& image, std::string_view appId,
                            std::string_view entry, std::string& why) = 0;

  /// Takes over in a forked child. `surroundings` and `image` are borrowed for the life of the
  /// process.
  virtual void adopt(const EngineLimits& limits, Surroundings& surroundings,
                     const ImageReader& image) = 0;
  /// Tells the web APIs who they run for; `config` is JSON.
  virtual Turn start(std::string_view config) = 0;
  /// Loads, links and evaluates the module graph of `entry`.
  virtual Turn load(std::string_view appId, std::string_view entry) = 0;
  /// Whether the entry module finished, which with top-level await may be later than `load`.
  /// When Failed, `why` is set.
  virtual LoadState loadState(std::string& why) = 0;

  virtual Turn deliver(std::string_view frame) = 0;
  virtual Turn fireTimers() = 0;
  /// Milliseconds until the next timer is due; negative when there is none.
  virtual double untilNextTimerMs() = 0;
  /// Nothing is left that could run the app again but an event of the host that it does not listen
  /// for.
  virtual bool idle() = 0;

  /// Asks the running turn to stop at V8's next check and to report its stack. Async-signal-safe in
  /// practice: V8 pushes to a queue that has room, and sets a flag.
  virtual void interrupt() = 0;
  /// Whether the near-heap-limit callback, not `interrupt`, stopped the turn.
  virtual bool heapLimitReached() const = 0;
};

}  // namespace kiosk::guest
