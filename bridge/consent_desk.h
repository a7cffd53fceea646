#pragma once
// The desk where users are asked: one sheet at a time per session, answers remembered, refusals
// respected.
//
//   ask ─► wait for the turn ─► granted meanwhile? blocked after a refusal? ─► budgets ─► sheet
//                                                                                   │
//   granted ─► grant (when remembered) and receipt on disk ─► receipt id ◄──────────┤
//   refused, dismissed ─► refusal and receipt on disk ─► no question under this  ◄──┘
//                         name for 10 s, then 20 s, 40 s … 23 h

#include <kiosk/clock.h>
#include <kiosk/providers.h>

#include <deque>
#include <map>
#include <unordered_map>

#include "bridge/audit.h"
#include "bridge/consent.h"
#include "bridge/consent_question.h"
#include "bridge/quota.h"

namespace kiosk::bridge {

/// Whether an answer outlives the call that asked.
enum class Remember : std::uint8_t { No, Yes };

/// Threads: the loop's own.
class ConsentDesk {
 public:
  /// All borrowed; must outlive the desk.
  struct Parts {
    ConsentUi& ui;
    GrantStore& grants;
    AuditLog& audit;
    Clock& clock;
    Random& random;
    GateLimits limits;
  };
  /// The receipt's id, or why there is none.
  using Answer = std::function<void(Result<std::string>)>;
  using Ticket = std::uint64_t;

  explicit ConsentDesk(Parts parts);
  ~ConsentDesk();
  ConsentDesk(const ConsentDesk&) = delete;
  ConsentDesk& operator=(const ConsentDesk&) = delete;

  /// `session` is borrowed until `closed`.
  void opened(DoorSession& session, std::shared_ptr<const AuditSubject> subject);
  /// Takes the session's sheets away; its questions stay unanswered.
  void closed(const SessionId& session);

  /// The receipt of the standing grant for the session's user, app and code; empty when there is
  /// none. What another process changed is seen within half a second.
  void find(const SessionId& session, const std::string& grantName, Answer done);
  /// Whether `receiptId` is still what `find` would say, as far as this process knows.
  bool stands(const SessionId& session, const std::string& grantName,
              const std::string& receiptId) const;

  /// Whether the yes for one act that `receiptId` proves was to exactly what `consentHash` binds.
  /// It is used up by the question, whatever the answer: it holds once, and not after a mismatch.
  bool redeem(const SessionId& session, const std::string& receiptId,
              const std::string& consentHash);

  /// How a permission stands with the session's user.
  struct State {
    std::string receiptId;          ///< of the standing grant; empty: none
    std::int64_t blockedForMs = 0;  ///< not asked before this has passed
  };
  void state(const SessionId& session, const std::string& grantName,
             std::function<void(Result<State>)> done);

  /// Asks the user. `answer` comes once, unless the question is withdrawn or the session closes
  /// first.
  /// Errors: UserRefused         refused or dismissed
  ///         PermissionBlocked   refused a short while ago, or the app's sheets of the day are used
  ///                             up; retryAfterMs says when to ask again
  ///         RateLimited         the session's budget of sheets is used up
  ///         Busy                too many questions wait already
  ///         HostError           the answer could not be stored
  Ticket ask(const SessionId& session, ConsentQuestion question, Remember remember, Answer answer);
  /// Takes a question back. Unknown tickets are ignored.
  void withdraw(const SessionId& session, Ticket ticket);

  bool promptsExhausted(const SessionId& session);
  void addPrompts(const SessionId& session, QuotaSnapshot& quota);

  /// Takes a grant back, for every session; true when there was one. Calls that rest on it end at
  /// once (see `onRevoked`).
  void revoke(const UserId& user, const AppId& app, const std::string& permission,
              CollectionMethod method, std::function<void(Result<bool>)> done);
  /// Told of each revocation before it is on disk. Set once, by the gate.
  std::function<void(const UserId&, const AppId&, const std::string& permission)> onRevoked;

  /// The user as the developer of the session's app knows them.
  std::string principal(const SessionInfo& session) { return parts_.grants.principal(session); }

 private:
  struct Question {
    Ticket ticket = 0;
    ConsentQuestion what;
    Remember remember = Remember::No;
    Answer answer;
    Refusals refusals = {};  ///< of the same question, before this one
  };
  struct KnownGrant {
    Grant grant;
    std::int64_t untilUs = 0;  ///< looked at again after this
  };
  struct SessionDesk {
    DoorSession* live;
    SessionInfo info;
    std::shared_ptr<const AuditSubject> subject;
    TokenBucket prompts;
    std::map<std::string, KnownGrant, std::less<>> granted;  ///< known to stand
    /// Yeses for one act that were not used yet: what each is bound to, by receipt.
    std::map<std::string, std::string, std::less<>> unspent;
    std::deque<Question> waiting;
    std::optional<Question> shown;  ///< its sheet is open, or about to be
    std::uint64_t promptId = 0;     ///< of the open sheet; 0: none
  };

  SessionDesk* deskOf(const SessionId& session);
  const SessionDesk* deskOf(const SessionId& session) const;
  void next(const SessionId& session);
  void show(const SessionId& session);
  void openSheet(const SessionId& session);
  void answered(const SessionId& session, std::uint64_t promptId, ConsentAnswer answer);
  void granted(const SessionId& session, SessionDesk& desk);
  void refused(const SessionId& session, SessionDesk& desk);
  void settle(const SessionId& session, Result<std::string> outcome);
  void settleTicket(const SessionId& session, Ticket ticket, Result<std::string> outcome);
  void findAgain(const SessionId& session, Ticket ticket, const std::string& grantName);
  void store(const SessionId& session, Ticket ticket, Grant grant, ReceiptDraft receipt);
  /// Whether the question `ticket` is the one at the front.
  bool atFront(const SessionId& session, Ticket ticket) const;
  std::int64_t blockedForMs(const Refusals& refusals) const;
  std::uint32_t promptsPerDay(const SessionDesk& desk) const;
  ReceiptDraft draftOf(const SessionDesk& desk, ReceiptKind kind);
  void remember(SessionDesk& desk, Grant grant);

  Parts parts_;
  std::unordered_map<SessionId, SessionDesk> sessions_;
  Ticket nextTicket_ = 1;
  std::uint64_t nextPromptId_ = 1;
  /// Moved by every revocation: a find that was under way across one is asked anew.
  std::uint64_t revocations_ = 0;
  /// Callbacks hold it weakly; gone with the desk.
  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace kiosk::bridge
