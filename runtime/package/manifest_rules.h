#pragma once
// What single fields of the manifest may hold, each rule with the words that a mistake shows.

#include "runtime/package/json_fields.h"

namespace kiosk::rules {

extern const TextRule kAppId;     ///< reverse-DNS, at most 128 bytes
extern const TextRule kPath;      ///< a file name that a package may have
extern const TextRule kLanguage;  ///< BCP 47
extern const TextRule kDeviceType;
extern const TextRule kToken;       ///< [a-z0-9_.-], 1..64 bytes
extern const TextRule kMerchantId;  ///< [A-Za-z0-9_.-], 1..64 bytes
extern const TextRule kPermission;  ///< of permission_names.h, or net:<origin>
extern const TextRule kOrigin;
extern const TextRule kDevOrigin;
extern const TextRule kClaim;
extern const TextRule kPaymentMethod;
extern const TextRule kCurrency;
extern const TextRule kCompat;
extern const TextRule kHttpsUrl;
extern const TextRule kEmail;
extern const TextRule kPhone;
extern const TextRule kInn;
extern const TextRule kOgrn;

}  // namespace kiosk::rules
