#pragma once
// What a request must look like before anything of it is believed.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bridge/server/api_message.h"

namespace kiosk::bridge::partner {

/// Why the request's form is refused; none when it is sound. `authorities` are our own names.
std::optional<Refusal> checkForm(const ApiRequest& request,
                                 const std::vector<std::string>& authorities);

/// The object in the body; an empty body is an empty object.
/// Errors: InvalidParams, PayloadTooLarge   as parseJson, or it is no object.
Result<nlohmann::json> parseBody(const ApiRequest& request);

/// The one Idempotency-Key of 1..128 visible ASCII characters.
/// Errors: InvalidParams   absent, twice, or of another form.
Result<std::string> idempotencyKey(const ApiRequest& request);

}  // namespace kiosk::bridge::partner
