#pragma once
// The guest's event loop: one socket, one timer queue, one turn after the other.
//
// Everything that arrives is read before the next turn's output is sent, and a turn's output leaves
// in one write. The socket blocks on writing: a guest that sends more than the host will read
// waits.

#include <kiosk/limits.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/guest/engine/engine.h"
#include "runtime/guest/guest_config.h"

namespace kiosk::guest {

class GuestLoop final : public Surroundings {
 public:
  /// `engine` is borrowed for the life of the process.
  GuestLoop(Engine& engine, int socket) : engine_(engine), socket_(socket) {}

  /// Loads the app and runs it to its end.
  [[noreturn]] void run(const GuestConfig& config, std::string_view configText,
                        const ImageReader& image);

  bool send(std::string_view frame) override;
  void log(int level, std::string_view text) override;
  [[noreturn]] void endNow(std::string_view reason, std::string_view detail) override;

 private:
  enum class Phase : std::uint8_t { Loading, Running };

  void load(std::string_view configText);
  void afterTurn(const Turn& turn);
  void noteProgress();
  bool receiveSoon();
  /// Reads what is there and runs a turn for each frame; false when nothing was there.
  bool receive(int flags);
  void rest();
  void announce();
  void queue(std::string_view frame);
  void flush();
  void refillLogTokens();
  void sendLog(int level, std::string_view text);
  void reportDroppedLogs();
  void sendDroppedLogs();
  [[noreturn]] void end(EndReason reason, std::string_view detail);

  Engine& engine_;
  int socket_;
  GuestConfig config_;
  Phase phase_ = Phase::Loading;
  std::string out_;
  std::string in_;
  bool writing_ = false;
  bool trimAtRest_ = false;
  bool announced_ = false;
  double logTokens_ = 0;
  double logRefilledMs_ = 0;
  std::uint64_t logsDropped_ = 0;
};

}  // namespace kiosk::guest
