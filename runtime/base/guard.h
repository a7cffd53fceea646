#pragma once
// The enforcement points of Kiosk by name. A check that keeps a mini-app, a package or a guest from
// what it must not do is written as
//
//   if (!KIOSK_GUARD("gate.declared", manifest.declared(name) != nullptr)) return refuse(…);
//
// The condition is what has to hold. Where a guard is an act and not a question, it is
// KIOSK_GUARDED("guest.strings", context->AllowCodeGenerationFromStrings(false)). A name that is
// not in kGuards does not compile, and a house rule sees that each one in kGuards is used. In every
// build but `mutation` the macro is its condition and nothing else; in that build
// KIOSK_GUARD_OFF=NAME makes one condition hold always, so that `tests/run --mutate` can show which
// test notices.

#include <array>
#include <cstddef>
#include <string_view>

#ifdef KIOSK_MUTATION
#include <cstdlib>
#endif

namespace kiosk {

struct GuardSpec {
  std::string_view name;   ///< "layer.what", unique
  std::string_view claim;  ///< what it keeps out
  std::string_view proof;  ///< the test program that notices when it is gone
};

// clang-format off
inline constexpr auto kGuards = std::to_array<GuardSpec>({
    {"json.depth", "text nested deeper than the reader's bound", "unit-base"},
    {"json.values", "text of more values than the reader's bound", "unit-base"},
    {"json.keys", "a key that stands twice in one object", "unit-base"},
    {"json.numbers", "numbers that change when they are read", "unit-base"},
    {"package.names", "file names that are absolute, lead out, or are not plain", "unit-package"},
    {"package.features", "links, encryption, and packing other than plain", "unit-package"},
    {"package.ratio", "a file that unpacks to a hundred times its size", "unit-package"},
    {"package.twins", "two files whose names are the same but for case", "unit-package"},
    {"package.contents", "files of more than 64 MiB together", "unit-package"},
    {"package.overlap", "files that overlap, and bytes that belong to none", "unit-package"},
    {"package.signed", "a package without a signing block", "unit-package"},
    {"package.bytes", "bytes other than those that were signed", "unit-package"},
    {"package.developer", "a package that its developer did not sign", "unit-package"},
    {"package.trusted", "a package of keys that the host does not trust", "unit-package"},
    {"package.files", "files other than those that were signed", "unit-package"},
    {"package.identity", "a signature for another app or version", "unit-package"},
    {"apps.developer", "an update by another developer than the installed version", "unit-package"},
    {"apps.downgrade", "a version older than what was installed before", "unit-package"},
    {"apps.rights", "an update that asks for more and runs without approval", "unit-package"},
    {"frame.size", "a frame larger than one message may be", "unit-channel"},
    {"frame.empty", "a frame without a message", "unit-channel"},
    {"rpc.version", "a message that is not JSON-RPC 2.0", "unit-channel"},
    {"rpc.id", "an id that JavaScript or the host could read in two ways", "unit-channel"},
    {"rpc.method", "a method's name that is too long or of other characters", "unit-channel"},
    {"rpc.members", "members of a message that nobody knows", "unit-channel"},
    {"host.callId", "a call's id that was used before", "unit-runtime"},
    {"host.reserved", "calls of the names that only notifications bear", "unit-runtime"},
    {"host.inFlight", "more calls at once than the limit", "unit-runtime"},
    {"host.answer", "an answer larger than one message may be", "unit-runtime"},
    {"host.unread", "a guest that does not read what it asked for", "unit-runtime"},
    {"host.logs", "a flood of log lines", "unit-runtime"},
    {"host.claim", "a guest that gives itself an end which is the host's to give", "unit-runtime"},
    {"host.typed", "text of the user's that is too long or not UTF-8", "unit-runtime"},
    {"host.watch", "a guest that uses CPU time and does not answer", "unit-runtime"},
    {"host.sessions", "more sessions than the host is to run", "unit-runtime"},
    {"host.sessionsOfUser", "more sessions of one user than the limit", "unit-runtime"},
    {"host.sessionsOfApp", "more sessions of one app than the limit", "unit-runtime"},
    {"template.process", "a template that passes on something else than a guest", "unit-runtime"},
    {"template.busy", "a template that uses CPU time for no guest", "unit-runtime"},
    {"template.silent", "a template that leaves an open without an answer", "unit-runtime"},
    {"template.failures", "a template that fails and is made again and again", "unit-runtime"},
    {"touch.age", "an activation that is older than five seconds", "unit-runtime"},
    {"touch.once", "an activation that is used twice", "unit-runtime"},
    {"view.depth", "a view that is too deep", "unit-host"},
    {"view.nodes", "a view of too many nodes", "unit-host"},
    {"view.bytes", "a view of too much text", "unit-host"},
    {"view.components", "components that are not on the list", "unit-host"},
    {"view.properties", "properties that their component does not have", "unit-host"},
    {"view.values", "values that their property does not take", "unit-host"},
    {"view.source", "an image from outside the package", "unit-host"},
    {"view.events", "events that are not on the list", "unit-host"},
    {"jail.filter", "system calls that are not on the list", "unit-jail"},
    {"jail.descriptors", "descriptors of the zygote in a guest", "unit-jail"},
    {"jail.limits", "memory, files and processes beyond the limits", "unit-jail"},
    {"jail.identity", "the host's own user and its capabilities", "unit-jail"},
    {"jail.dumpable", "other processes of the same user that look into a guest", "unit-jail"},
    {"template.filter", "system calls that a template has no use for", "unit-jail"},
    {"template.limits", "memory and CPU time beyond what taking an app in may cost", "unit-jail"},
    {"guest.strings", "code from strings: eval and Function", "conformance"},
    {"guest.frozen", "changes to the language's own objects", "conformance"},
    {"guest.specifier", "modules from outside the package", "conformance"},
    {"gate.state", "calls of a session that is closing", "unit-bridge"},
    {"gate.revoked", "calls of an app that the operator revoked", "unit-bridge"},
    {"gate.rate", "a session that calls too often", "unit-bridge"},
    {"gate.methodRate", "a method that is called too often", "unit-bridge"},
    {"gate.promptRate", "a user who is asked too often", "unit-bridge"},
    {"gate.schema", "parameters that the catalogue does not describe", "unit-bridge"},
    {"gate.key", "an act of value without an idempotency key", "unit-bridge"},
    {"gate.declared", "what the manifest does not declare", "unit-bridge"},
    {"gate.privileged", "privileged methods for apps that are not listed", "unit-bridge"},
    {"gate.policy", "what the operator's policy denies", "unit-bridge"},
    {"gate.sameKey", "one idempotency key for two different acts", "unit-bridge"},
    {"gate.repeats", "a crowd of repeats that wait for one act", "unit-bridge"},
    {"gate.activation", "acts that follow no touch of the user's", "unit-bridge"},
    {"gate.consent", "acts that the user did not agree to", "unit-bridge"},
    {"gate.policyAgain", "what policy denied while the user thought", "unit-bridge"},
    {"gate.grantAgain", "what the user revoked meanwhile", "unit-bridge"},
    {"gate.intent", "acts without a record on disk before them", "unit-bridge"},
    {"gate.result", "answers that the catalogue does not describe", "unit-bridge"},
    {"consent.bound", "acts other than the one that the user was shown", "unit-bridge"},
    {"consent.redeem", "a yes for one act that is used twice, or for another act", "unit-bridge"},
    {"consent.blocked", "a question that was refused a short while ago", "unit-bridge"},
    {"consent.day", "more consent sheets in a day than an app may show", "unit-bridge"},
    {"consent.inFlight", "answers that rest on a permission which was taken back", "unit-bridge"},
    {"budget.privacy", "more kinds of data than an app has privacy points for", "unit-bridge"},
    {"budget.day", "more notifications or badges in a day than an app may send", "unit-bridge"},
    {"receipt.signature", "receipts that the host did not sign", "unit-bridge"},
    {"receipt.text", "receipts whose words are not the ones that were hashed", "unit-bridge"},
    {"receipt.place", "receipts that were removed, moved or put between others", "unit-bridge"},
    {"secure.sealed", "a stored value that was altered or is another owner's", "unit-bridge"},
    {"secure.quota", "more secure values than the manifest may keep", "unit-bridge"},
    {"audit.chain", "audit records that were altered, removed or put in between", "unit-bridge"},
    {"audit.head", "an audit log rewritten by somebody without the host's key", "unit-bridge"},
    {"audit.end", "an audit log whose end was cut off", "unit-bridge"},
    {"audit.anchor", "an audit log other than that whose head was kept elsewhere", "unit-bridge"},
    {"erase.rows", "rows of a user that stay after the erasure", "unit-bridge"},
    {"erase.names", "the user's name in the books after the erasure", "unit-bridge"},
    {"erase.scrub", "erased text in free pages and logs of the database", "unit-bridge"},
    {"order.merchant", "an order of another merchant than the manifest declares", "unit-bridge"},
    {"order.signature", "an order that the merchant did not sign", "unit-bridge"},
    {"order.payee", "a payee by another name than the registered one", "unit-bridge"},
    {"order.currency", "a currency that the manifest does not declare", "unit-bridge"},
    {"order.cap", "an amount over the manifest's cap", "unit-bridge"},
    {"order.expiry", "an order that has expired", "unit-bridge"},
    {"order.sum", "an amount that is not the sum of its items", "unit-bridge"},
    {"login.assertion", "a client that does not sign with its merchant's key", "unit-bridge"},
    {"login.assertionExpiry", "a client's assertion that ended, or never ends", "unit-bridge"},
    {"login.assertionOnce", "a client's assertion that is used twice", "unit-bridge"},
    {"login.audience", "a client's assertion for another server", "unit-bridge"},
    {"login.client", "a log-in's code in the hands of another client", "unit-bridge"},
    {"login.once", "a log-in's code that is used twice", "unit-bridge"},
    {"login.expiry", "a log-in's code that has expired", "unit-bridge"},
    {"login.verifier", "a log-in's code without the verifier of who asked for it", "unit-bridge"},
    {"login.consent", "a log-in after its consent was taken back", "unit-bridge"},
    {"login.tokenExpiry", "an access token that has expired", "unit-bridge"},
    {"login.tokenConsent", "an access token after its consent was taken back", "unit-bridge"},
    {"login.ownApp", "launch data of apps that are not the partner's", "unit-bridge"},
    {"net.origin", "calls to an origin that the manifest does not list", "unit-bridge"},
    {"net.redirect", "redirects to an origin that the manifest does not list", "unit-bridge"},
    {"net.address", "a mini-app's call or a merchant's event to an address inside", "unit-bridge"},
    {"net.headers", "headers that are the host's to set, and line breaks in any", "unit-bridge"},
    {"store.commit", "an answer whose commit failed", "unit-bridge"},
    {"payment.once", "a second payment of an order, or under a key that was used", "unit-bridge"},
    {"payment.confirmed", "a charge other than the user confirmed", "unit-bridge"},
    {"payment.day", "payments over the limit of a day", "unit-bridge"},
    {"refund.left", "a refund of more than is left of the order", "unit-bridge"},
    {"refund.merchant", "a refund token of another merchant than the manifest's", "unit-bridge"},
    {"refund.signature", "a refund that the merchant did not sign", "unit-bridge"},
    {"refund.owner", "a refund of what another user paid", "unit-bridge"},
    {"refund.once", "a second refund by one token", "unit-bridge"},
    {"refund.expiry", "a refund token that has expired", "unit-bridge"},
    {"order.reserved", "a merchant's order under an id of the host's", "unit-bridge"},
    {"plan.recurring", "a subscription that the manifest does not declare", "unit-bridge"},
    {"plan.once", "a plan's token that is used again", "unit-bridge"},
    {"mandate.live", "a charge of a subscription that was ended", "unit-bridge"},
    {"mandate.due", "a charge before its period begins", "unit-bridge"},
    {"mandate.last", "more charges than the user agreed to", "unit-bridge"},
    {"mandate.signed", "a charge other than the mandate that the host signed", "unit-bridge"},
    {"subscription.owner", "somebody else's subscription that is cancelled", "unit-bridge"},
    {"money.currency", "a request of money in a currency that the host does not deal in",
     "unit-bridge"},
    {"money.peer", "a request of money to others than the other one in a chat of two",
     "unit-bridge"},
    {"money.self", "a user who asks themselves for money", "unit-bridge"},
    {"money.key", "two requests of money under one id of the app", "unit-bridge"},
    {"money.open", "more open requests of money than one user may have", "unit-bridge"},
    {"money.openPair", "more open requests of money to one user than they may get", "unit-bridge"},
    {"money.nagging", "a user who asks another for money again and again", "unit-bridge"},
    {"money.payer", "a request of money that somebody else answers", "unit-bridge"},
    {"money.once", "a request of money that is answered twice", "unit-bridge"},
    {"money.expiry", "a request of money that is paid too late", "unit-bridge"},
    {"erase.money", "the user's name in requests of money after the erasure", "unit-bridge"},
    {"erase.events", "the user's name in what merchants are told after the erasure", "unit-bridge"},
});
// clang-format on

/// The place of `name` in kGuards; a name that is not there does not compile.
consteval std::size_t guardIndex(std::string_view name) {
  for (std::size_t i = 0; i < kGuards.size(); ++i) {
    if (kGuards[i].name == name) return i;
  }
  throw "a guard that is not listed in kGuards";
}

#ifdef KIOSK_MUTATION
/// Whether KIOSK_GUARD_OFF names this guard. Threads: any.
inline bool guardIsOff(std::size_t index) {
  static const char* const off = std::getenv("KIOSK_GUARD_OFF");
  return off != nullptr && kGuards[index].name == off;
}
#define KIOSK_GUARD(name, condition) \
  (::kiosk::guardIsOff(::kiosk::guardIndex(name)) || static_cast<bool>(condition))
#define KIOSK_GUARDED(name, act)                           \
  do {                                                     \
    if (!::kiosk::guardIsOff(::kiosk::guardIndex(name))) { \
      act;                                                 \
    }                                                      \
  } while (false)
#else
#define KIOSK_GUARD(name, condition) \
  (static_cast<void>(::kiosk::guardIndex(name)), static_cast<bool>(condition))
#define KIOSK_GUARDED(name, act)                  \
  do {                                            \
    static_cast<void>(::kiosk::guardIndex(name)); \
    act;                                          \
  } while (false)
#endif

}  // namespace kiosk
