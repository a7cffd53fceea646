#include "bridge/shell/activity.h"

#include <algorithm>
#include <utility>

#include "bridge/audit_chain.h"
#include "runtime/base/json.h"
#include "runtime/base/quiet_thread.h"

namespace kiosk::bridge {
namespace {

constexpr std::uint64_t kSegmentBytesMax = std::uint64_t{256} << 20;
constexpr std::size_t kSaltBytesMax = 64;

std::string textOf(const nlohmann::json& record, const char* name) {
  const auto field = record.find(name);
  return field != record.end() && field->is_string() ? field->get<std::string>() : std::string();
}

/// None for a line that says nothing to a user: an intent has its outcome in another.
std::optional<ActivityEntry> entryOf(std::string_view line) {
  const auto record = parseJson(line);
  if (!record || !record->is_object()) return std::nullopt;
  ActivityEntry entry;
  entry.kind = textOf(*record, "kind");
  if (entry.kind == auditKindName(AuditKind::Intent)) return std::nullopt;
  const auto time = record->find("time");
  if (time == record->end() || !time->is_number()) return std::nullopt;
  entry.atMs = time->get<std::int64_t>();
  entry.app = AppId(textOf(*record, "app"));
  entry.method = textOf(*record, "method");
  entry.outcome = textOf(*record, "outcome");
  return entry;
}

/// Adds the entries of `text` that hold `mark`, from its last line up, until there are `countMax`.
void addFromEnd(std::string_view text, std::string_view mark, std::size_t countMax,
                std::vector<ActivityEntry>& found) {
  while (found.size() < countMax) {
    const auto at = text.rfind(mark);
    if (at == std::string_view::npos) return;
    const auto before = text.rfind('\n', at);
    const auto start = before == std::string_view::npos ? 0 : before + 1;
    const auto end = std::min(text.find('\n', at), text.size());
    if (auto entry = entryOf(text.substr(start, end - start))) found.push_back(*std::move(entry));
    text = text.substr(0, start);
  }
}

}  // namespace

Result<std::vector<ActivityEntry>> readActivity(const std::string& auditDir, const UserId& user,
                                                std::int64_t countMax) {
  const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(countMax, 1, kActivityMax));
  std::vector<ActivityEntry> all;
  for (const auto& chain : chainsBelow(auditDir)) {
    const auto salt = readFile(chain + "/salt", kSaltBytesMax);
    if (!salt) return salt.error();
    const std::string mark = "\"user\":\"" + saltedHash(*salt, user.value) + "\"";
    auto segments = listSegments(chain);
    std::reverse(segments.begin(), segments.end());
    if (segments.size() > kActivitySegmentsMax) segments.resize(kActivitySegmentsMax);
    std::vector<ActivityEntry> found;
    for (const auto number : segments) {
      if (found.size() >= most) break;
      const auto text = readFile(segmentPath(chain, number), kSegmentBytesMax);
      if (!text) return text.error();
      addFromEnd(*text, mark, most, found);
    }
    std::move(found.begin(), found.end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const ActivityEntry& a, const ActivityEntry& b) { return a.atMs > b.atMs; });
  if (all.size() > most) all.resize(most);
  return all;
}

ActivityReader::ActivityReader(std::string auditDir)
    : auditDir_(std::move(auditDir)), thread_(quietThread([this] { work(); })) {}

ActivityReader::~ActivityReader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void ActivityReader::ask(Executor& loop, const UserId& user, std::int64_t countMax, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (questions_.size() < kActivityWaitingMax) {
      questions_.push_back({&loop, user, countMax, std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  done(Error{ErrorCode::Busy, "too many ask for their activity just now"});
}

void ActivityReader::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !questions_.empty(); });
    if (stopping_) return;
    Question question = std::move(questions_.front());
    questions_.pop_front();
    lock.unlock();
    auto entries = readActivity(auditDir_, question.user, question.countMax);
    // Owners: the loop's task alone.
    auto answer = std::make_shared<decltype(entries)>(std::move(entries));
    question.loop->post([done = std::move(question.done), answer] { done(std::move(*answer)); });
    lock.lock();
  }
}

}  // namespace kiosk::bridge
