#pragma once
// A question to the user: the sheet's words, and the hash that binds the answer to them.

#include <kiosk/bridge/catalogue.h>
#include <kiosk/providers.h>

namespace kiosk::bridge {

/// What a consent sheet will say and what the answer is bound to.
struct ConsentQuestion {
  ConsentPrompt prompt;     ///< its id is given when it is shown
  std::string method;       ///< the call that asks
  std::string grantName;    ///< under which the answer is remembered, and refusals are counted
  nlohmann::json text;      ///< every word of the sheet: app, facts, language, operator, …
  std::string textHash;     ///< SHA-256 of the canonical form of `text`, hex
  std::string actHash;      ///< SHA-256 of the canonical form of {bound, params}, hex
  std::string consentHash;  ///< what the answer is bound to; see `consentHashOf`
  std::vector<std::string> dataCategories;
};

/// What one consent holds for: this user, this code, this act and these words, and no other.
struct ConsentBinding {
  std::string app;       ///< its id
  std::string codeHash;  ///< payload hash of the package
  std::string method;
  std::string principal;  ///< the user, as the app's developer knows them
  std::string actHash, textHash;
};

/// SHA-256, hex, of the canonical JSON (RFC 8785) of {act, app, code, method, text, user}. A
/// receipt holds all six, so that anybody can compute it again.
std::string consentHashOf(const ConsentBinding& binding);

/// What is asked, without the app's and the host's words around it.
struct QuestionSource {
  std::string method;     ///< the call that asks
  std::string grantName;  ///< a permission's or a method's name
  std::string title;      ///< host words, in the session's language
  std::vector<ConsentFact> facts;
  /// What exactly is agreed to: the call's parameters, and what `prepare` made of them. Both empty
  /// for a permission that outlives the call.
  nlohmann::json params = nlohmann::json::object();
  nlohmann::json bound = nlohmann::json::object();
  bool everyTime = false;
  std::string principal;  ///< the user, as the app's developer knows them; empty: the host's id
  std::vector<std::string> dataCategories;  ///< kinds of data that a yes would disclose
};

/// Words the sheet for the session's user. Whatever comes from an app or a service is bounded and
/// made printable: no line break, colour or change of direction can fake another field.
///
/// Errors: InvalidParams   a number in `params` or `bound` has no canonical form.
///         Internal        more facts than a sheet shows.
Result<ConsentQuestion> askFor(const SessionInfo& session, QuestionSource source);

}  // namespace kiosk::bridge
