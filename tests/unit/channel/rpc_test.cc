// Goal: only JSON-RPC 2.0 calls and notifications of the form we speak get past the channel.
// Method: one well-formed message, then each member wrong in each way; answers are parsed back.

#include "runtime/channel/rpc.h"

#include <doctest/doctest.h>

using namespace kiosk;

namespace {

bool refused(std::string_view text) { return !readMessage(text, {}).has_value(); }

}  // namespace

TEST_CASE("rpc: a call is read with its members") {
  auto message = readMessage(
      R"({"jsonrpc":"2.0","id":7,"method":"messages.share","params":{"text":"hi"},
    "kiosk":{"idempotencyKey":"k1"}})",
      {});
  REQUIRE(message);
  CHECK(message->kind == Incoming::Kind::Call);
  CHECK(message->id == 7);
  CHECK(message->method == "messages.share");
  CHECK(message->params == nlohmann::json{{"text", "hi"}});
  CHECK(message->idempotencyKey == "k1");
}

TEST_CASE("rpc: a message without an id is a notification, and params may be absent") {
  auto message = readMessage(R"({"jsonrpc":"2.0","method":"$/started"})", {});
  REQUIRE(message);
  CHECK(message->kind == Incoming::Kind::Notification);
  CHECK(message->params.is_object());
}

TEST_CASE("rpc: what is not a message of ours is refused") {
  CHECK(refused("[]"));
  CHECK(refused("null"));
  CHECK(refused(R"([{"jsonrpc":"2.0","id":1,"method":"a"}])"));
  CHECK(refused(R"({"id":1,"method":"a"})"));
  CHECK(refused(R"({"jsonrpc":"1.0","id":1,"method":"a"})"));
  CHECK(refused(R"({"jsonrpc":2.0,"id":1,"method":"a"})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":""})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a b"})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":7})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a","extra":1})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a","params":[1]})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a","params":null})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string(65, 'a') + "\"}"));
}

TEST_CASE("rpc: a result is never taken from a guest") {
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"result":{}})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a","result":{}})"));
}

TEST_CASE("rpc: ids are whole numbers from 1 to 2^53") {
  for (const char* id : {"0", "-1", "1.5", "\"1\"", "null", "true", "9007199254740993", "1e3"}) {
    CAPTURE(id);
    CHECK(refused(std::string(R"({"jsonrpc":"2.0","method":"a","id":)") + id + "}"));
  }
  CHECK_FALSE(refused(R"({"jsonrpc":"2.0","method":"a","id":9007199254740992})"));
}

TEST_CASE("rpc: duplicate members, invalid UTF-8, depth and size are refused") {
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"id":2,"method":"a"})"));
  CHECK(refused(R"({"jsonrpc":"2.0","id":1,"method":"a","params":{"amount":1,"amount":999}})"));
  CHECK(refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"t\":\"\xFF\"}}"));
  std::string deep = R"({"jsonrpc":"2.0","id":1,"method":"a","params":{"x":)";
  deep += std::string(40, '[') + std::string(40, ']') + "}}";
  CHECK(readMessage(deep, {}).error().code == ErrorCode::PayloadTooLarge);
}

TEST_CASE("rpc: the idempotency key is a text of 1 to 255 bytes and nothing stands beside it") {
  const auto with = [](const std::string& extension) {
    return R"({"jsonrpc":"2.0","id":1,"method":"a","kiosk":)" + extension + "}";
  };
  CHECK(refused(with("7")));
  CHECK(refused(with(R"({"idempotencyKey":""})")));
  CHECK(refused(with(R"({"idempotencyKey":7})")));
  CHECK(refused(with(R"({"idempotencyKey":"k","other":1})")));
  CHECK(refused(with(R"({"idempotencyKey":")" + std::string(256, 'k') + "\"}")));
  CHECK_FALSE(refused(with(R"({"idempotencyKey":")" + std::string(255, 'k') + "\"}")));
}

TEST_CASE("rpc: an error answer carries the code's three faces and when to come back") {
  const auto message =
      nlohmann::json::parse(errorMessage(3, {ErrorCode::RateLimited, "slow down", 1500}));
  CHECK(message["id"] == 3);
  CHECK(message["error"]["message"] == "slow down");
  CHECK(message["error"]["data"]["code"] == "rate_limited");
  CHECK(message["error"]["data"]["errno"] == 109);
  CHECK(message["error"]["data"]["retryable"] == true);
  CHECK(message["error"]["data"]["retryAfterMs"] == 1500);
}
