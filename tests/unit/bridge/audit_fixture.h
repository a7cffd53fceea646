#pragma once
// What the tests of the audit log share: a full record, a log, its lines as text, a signer.

#include <doctest/doctest.h>

#include <fstream>

#include "bridge/identity/host_keys.h"
#include "tests/unit/bridge/fakes.h"

namespace kiosk::bridge::rig {

inline AuditRecord recordOf(AuditKind kind, int number) {
  AuditRecord record;
  record.kind = kind;
  record.timeMs = 1'800'000'000'000 + number;
  auto subject = std::make_shared<AuditSubject>();
  subject->app = "ru.post.parcel";
  subject->payloadHash = std::string(64, 'a');
  subject->session = "s" + std::to_string(number);
  subject->user = "anna";
  subject->version = "1.2 \"бета\"\n";
  record.subject = subject;
  record.method = "payments.request";
  record.params = R"({"orderToken":"secret"})";
  record.shape = "orderToken:string";
  record.decision = "allowed";
  record.outcome = "ok";
  record.receipt = std::string(32, 'f');
  record.durationUs = number;
  record.count = static_cast<std::uint64_t>(number);
  return record;
}

inline std::unique_ptr<AuditLog> openLog(const std::string& dir,
                                         std::uint64_t segmentBytesMax = 1u << 20,
                                         AuditSigner signer = {}) {
  AuditConfig config;
  config.dir = dir;
  config.segmentBytesMax = segmentBytesMax;
  config.signer = std::move(signer);
  auto log = AuditLog::open(config);
  REQUIRE_MESSAGE(log.has_value(), (log ? "" : log.error().message));
  return *std::move(log);
}

inline std::vector<std::string> linesOf(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

inline void putLines(const std::string& path, const std::vector<std::string>& lines) {
  std::ofstream out(path, std::ios::trunc);
  for (const auto& line : lines) out << line << '\n';
}

/// A key of the test's own, as signer and as what verifiers know.
struct TestSigner {
  Ed25519Key key = Ed25519Key::generate(systemRandom());
  AuditSigner signer() const {
    return {keyIdOf(key.publicKey()),
            [this](std::string_view text) { return key.sign(bytesOf(text)); }};
  }
  AuditKeys keys() const { return {{keyIdOf(key.publicKey()), key.publicKey()}}; }
};

}  // namespace kiosk::bridge::rig
