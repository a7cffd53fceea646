#pragma once
// What C's handles stand for.

#include <kiosk/bridge/services.h>
#include <kiosk/host.h>

#include <map>
#include <memory>
#include <string>

#include "sdk/c/convert.h"

/// A host with its services; draws sheets, moves money and rules through the caller's functions.
/// Questions that wait for an answer are held by an id each.
struct kiosk_host final : kiosk::ConsentUi,
                          kiosk::Picker,
                          kiosk::bridge::Wallet,
                          kiosk::bridge::PolicyHook {
  explicit kiosk_host(const kiosk_host_config& given) : config(given) {}
  ~kiosk_host() override {
    host.reset();
    services.reset();
  }

  void ask(const kiosk::SessionInfo& session, const kiosk::ConsentPrompt& prompt,
           std::function<void(kiosk::ConsentAnswer)> answer) override;
  void withdraw(std::uint64_t id) override;
  void pick(const kiosk::SessionInfo& session, const std::string& title,
            const std::vector<kiosk::PickerOption>& options,
            std::function<void(std::string)> chosen) override;
  std::vector<std::string> methods() const override { return {"wallet"}; }
  void charge(const kiosk::bridge::WalletCharge& charge,
              std::function<void(kiosk::bridge::ChargeAnswer)> done) override;
  void lookup(const std::string& paymentId,
              std::function<void(kiosk::bridge::ChargeAnswer)> done) override;
  kiosk::bridge::PolicyDecision decide(const kiosk::SessionInfo& session,
                                       const kiosk::bridge::MethodSpec& method,
                                       const nlohmann::json& params) override;
  void privateCall(const kiosk::bridge::ContextPtr& context, kiosk::Reply reply);

  kiosk_host_config config;
  std::uint64_t nextId = 1;
  std::map<std::uint64_t, std::function<void(kiosk::ConsentAnswer)>> consents;
  std::map<std::uint64_t, std::function<void(std::string)>> picks;
  std::map<std::uint64_t, std::function<void(kiosk::bridge::ChargeAnswer)>> charges;
  std::map<std::uint64_t, kiosk::Reply> calls;
  std::unique_ptr<kiosk::bridge::Services> services;
  std::unique_ptr<kiosk::Host> host;
};

struct kiosk_session final : kiosk::SessionObserver {
  explicit kiosk_session(const kiosk_session_config& given) : config(given) {}

  void started(std::chrono::microseconds launch) override;
  void viewChanged(const kiosk::ViewNode& root) override;
  void logged(kiosk::LogLevel level, std::string_view text) override;
  void called(std::string_view method, std::string_view outcome,
              std::chrono::microseconds duration) override;
  void stateChanged(kiosk::SessionState state) override;
  void ended(const kiosk::SessionEnd& end) override;

  kiosk_session_config config;  // its texts were used up when it was opened
  std::unique_ptr<kiosk::Session> session;
};
