#include "bridge/consent_question.h"

#include "runtime/base/crypto.h"
#include "runtime/base/encoding.h"
#include "runtime/base/json.h"

namespace kiosk::bridge {
namespace {

using nlohmann::json;

// Bytes of UTF-8, a little over what a manifest may hold.
constexpr std::size_t kShownNameBytesMax = 200;
constexpr std::size_t kReasonBytesMax = 240;
constexpr std::size_t kPurposeBytesMax = 120;
constexpr std::size_t kFactBytesMax = 500;
constexpr std::size_t kFactsMax = 12;

const HostWords kUnverified = {"unverified developer", "непроверенный разработчик"};

json textOf(const ConsentPrompt& prompt, const std::string& language) {
  json facts = json::array();
  for (const auto& fact : prompt.facts) facts.push_back({fact.label, fact.value});
  return {{"app", prompt.appName},     {"facts", std::move(facts)},
          {"language", language},      {"operator", prompt.operatorName},
          {"purpose", prompt.purpose}, {"reason", prompt.reason},
          {"title", prompt.title}};
}

}  // namespace

Result<ConsentQuestion> askFor(const SessionInfo& session, QuestionSource source) {
  const auto& manifest = session.manifest();
  ConsentQuestion question;
  auto& prompt = question.prompt;
  prompt.permission = source.grantName;
  prompt.title = std::move(source.title);
  const auto texts = manifest.textsFor(session.language);
  prompt.appName = printable(texts.name, kShownNameBytesMax);
  prompt.operatorName = manifest.appOperator && !manifest.appOperator->name.empty()
                            ? printable(manifest.appOperator->name, kShownNameBytesMax)
                            : kUnverified.in(session.language);
  const auto words = texts.permissions.find(source.grantName);
  if (words != texts.permissions.end()) {
    prompt.reason = printable(words->second.reason, kReasonBytesMax);
    prompt.purpose = printable(words->second.purpose, kPurposeBytesMax);
  }
  if (source.facts.size() > kFactsMax) {
    return Error{ErrorCode::Internal, "a consent sheet shows at most 12 facts"};
  }
  for (const auto& fact : source.facts) {
    prompt.facts.push_back(
        {printable(fact.label, kFactBytesMax), printable(fact.value, kFactBytesMax)});
  }
  prompt.everyTime = source.everyTime;
  question.method = std::move(source.method);
  question.grantName = std::move(source.grantName);
  question.dataCategories = std::move(source.dataCategories);
  question.text = textOf(prompt, session.language);
  const auto act =
      canonicalJson({{"bound", std::move(source.bound)}, {"params", std::move(source.params)}});
  if (!act) return act.error();
  const auto text = canonicalJson(question.text);
  if (!text) return text.error();
  question.actHash = sha256Hex(*act);
  question.textHash = sha256Hex(*text);
  question.consentHash = consentHashOf(
      {.app = manifest.appId.value,
       .codeHash = session.package->payloadHash,
       .method = question.method,
       .principal = source.principal.empty() ? session.user.value : std::move(source.principal),
       .actHash = question.actHash,
       .textHash = question.textHash});
  return question;
}

std::string consentHashOf(const ConsentBinding& binding) {
  const auto canonical = canonicalJson({{"act", binding.actHash},
                                        {"app", binding.app},
                                        {"code", binding.codeHash},
                                        {"method", binding.method},
                                        {"text", binding.textHash},
                                        {"user", binding.principal}});
  KIOSK_CHECK(canonical.has_value(), "strings have a canonical form");
  return sha256Hex(*canonical);
}

}  // namespace kiosk::bridge
