#pragma once
// What handlers answer with. Header values come from here, and none holds a line break.

#include <httplib.h>
#include <kiosk/error.h>

#include <string>
#include <string_view>

#include "guard.h"
#include "json.h"

namespace web_host {

void answerJson(httplib::Response& response, const Json& body);
/// 204
void answerDone(httplib::Response& response);
void answerRefusal(httplib::Response& response, const Refusal& refusal);
/// The status that fits the error's code.
void answerError(httplib::Response& response, const kiosk::Error& error);
/// Bytes of a type that this server found itself.
void answerBytes(httplib::Response& response, std::string_view bytes, std::string_view type);

/// REQUIRES: no line break in `value`.
void setHeader(httplib::Response& response, const char* name, const std::string& value);

/// What every answer bears that says nothing else.
httplib::Headers strictHeaders();
/// The policy of the page: its own script and style, its own pictures, nothing from elsewhere.
std::string pagePolicy();

}  // namespace web_host
