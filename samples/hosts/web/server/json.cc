#include "json.h"

#include "bounds.h"

namespace web_host {

std::optional<Json> parseBody(std::string_view body) {
  if (body.empty()) return Json::object();
  bool tooDeep = false;
  const auto look = [&tooDeep](int depth, Json::parse_event_t, Json&) {
    if (depth > kBodyDepthMax) tooDeep = true;
    return !tooDeep;
  };
  Json parsed = Json::parse(body, look, false);
  if (tooDeep || !parsed.is_object()) return std::nullopt;
  return parsed;
}

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string textOf(const Json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::int64_t numberOf(const Json& object, const char* name, std::int64_t otherwise) {
  const auto member = object.find(name);
  return member != object.end() && member->is_number_integer() ? member->get<std::int64_t>()
                                                               : otherwise;
}

std::string clipped(const std::string& utf8, std::size_t bytesMax) {
  if (utf8.size() <= bytesMax) return utf8;
  auto end = bytesMax;
  while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80) --end;
  return utf8.substr(0, end) + "…";
}

bool truthOf(const Json& object, const char* name, bool otherwise) {
  const auto member = object.find(name);
  return member != object.end() && member->is_boolean() ? member->get<bool>() : otherwise;
}

}  // namespace web_host
