#pragma once
// The one place where error codes meet JSON-RPC's numbers.

#include <kiosk/error.h>

namespace kiosk {

/// The number in the envelope of an error (JSON-RPC 2.0, section 5.1); what apps look at is
/// `data.code`.
inline int jsonRpcCode(ErrorCode code) {
  switch (code) {
    case ErrorCode::Unsupported:
      return -32601;
    case ErrorCode::InvalidParams:
      return -32602;
    case ErrorCode::Internal:
      return -32603;
    default:
      return -32000;
  }
}

}  // namespace kiosk
