#pragma once
// A catalogue of three methods, one for each consent class, that asks for everything a gate can ask
// for.

#include <doctest/doctest.h>
#include <kiosk/bridge/catalogue.h>

#include <array>

namespace kiosk::bridge::rig {

inline Catalogue smallCatalogue() {
  static constexpr std::string_view kPermissions = R"({"permissions":[
    {"name":"test.once","consent":"once","privacyPoints":1,"title":"Know your name",
     "titleRu":"Знать имя","summary":"s"},
    {"name":"test.each","consent":"each","privacyPoints":1,"title":"Take money",
     "titleRu":"Взять деньги","summary":"s"},
    {"name":"test.rare","consent":"once","privileged":true,"privacyPoints":1,"title":"Rare",
     "titleRu":"Редкое","summary":"s"}]})";
  static constexpr std::string_view kMethods = R"({"namespace":"test","summary":"s","methods":[
    {"name":"plain","summary":"s","since":1,"permission":null,"consent":"none","activation":false,
     "timeoutMs":1000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,
               "properties":{"text":{"type":"string","maxLength":8}}}},
    {"name":"once","summary":"s",
     "since":1,"permission":"test.once","consent":"once","activation":false,
     "timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"rare","summary":"s",
     "since":1,"permission":"test.rare","consent":"once","activation":false,
     "timeoutMs":5000,"errors":[],"result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"properties":{}}},
    {"name":"pay","summary":"s",
     "since":1,"permission":"test.each","consent":"each","activation":true,
     "value":true,"rate":{"perMinute":60},"timeoutMs":5000,"errors":["order_invalid","declined"],
     "result":{"type":"null"},
     "params":{"type":"object","additionalProperties":false,"required":["order"],
               "properties":{"order":{"type":"string","maxLength":8}}}}]})";
  static constexpr std::array<CatalogueFile, 1> kFiles = {{{"test/test.api.json", kMethods}}};
  auto loaded = Catalogue::load(kFiles, kPermissions);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().message));
  return *std::move(loaded);
}

}  // namespace kiosk::bridge::rig
