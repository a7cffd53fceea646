#include "bridge/server/structured_field.h"

#include <algorithm>
#include <optional>

#include "runtime/base/encoding.h"

namespace kiosk::bridge::partner {
namespace {

constexpr std::size_t kIntegerDigitsMax = 15, kWholeDigitsMax = 12, kFractionDigitsMax = 3;
constexpr std::int64_t kThousand = 1000;

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return isLower(c) || (c >= 'A' && c <= 'Z'); }
bool isTokenChar(char c) {
  return isLetter(c) || isDigit(c) ||
         std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
}

/// The bytes of padded base64; none when another text would decode to the same.
std::optional<std::string> fromBase64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string url(text.substr(0, text.size() - padding));
  if (url.find_first_of("-_=") != std::string::npos) return std::nullopt;
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  return fromBase64Url(url);
}

/// Reads from left to right; the first thing that does not fit ends it.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : text_(text) {}

  Result<FieldDictionary> dictionary() {
    FieldDictionary all;
    skip(" ");
    while (!done()) {
      auto member = readMember();
      if (!member) return member.error();
      if (findMember(all, member->key) != nullptr) return wrong("a key stands twice");
      all.push_back(*std::move(member));
      if (all.size() > kFieldMembersMax) return wrong("too many members");
      skip(" \t");
      if (done()) return all;
      if (!take(',')) return wrong("a comma should stand here");
      skip(" \t");
      if (done()) return wrong("nothing follows the last comma");
    }
    return all;
  }

 private:
  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip(std::string_view blanks) {
    while (!done() && blanks.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  Error wrong(const char* what) const {
    return {ErrorCode::InvalidParams,
            std::string(what) + " (byte " + std::to_string(at_) + " of the field)"};
  }

  Result<std::string> readKey() {
    if (!isLower(peek()) && peek() != '*') return wrong("a key begins with a lower-case letter");
    const std::size_t from = at_;
    while (isLower(peek()) || isDigit(peek()) ||
           (peek() != '\0' && std::string_view("_-.*").find(peek()) != std::string_view::npos)) {
      ++at_;
    }
    return std::string(text_.substr(from, at_ - from));
  }

  Result<FieldMember> readMember() {
    auto key = readKey();
    if (!key) return key.error();
    FieldMember member{*std::move(key), FieldItem{}};
    if (!take('=')) {
      auto parameters = readParameters();
      if (!parameters) return parameters.error();
      std::get<FieldItem>(member.value).parameters = *std::move(parameters);
      return member;
    }
    if (peek() == '(') {
      auto list = readInnerList();
      if (!list) return list.error();
      member.value = *std::move(list);
      return member;
    }
    auto item = readItem();
    if (!item) return item.error();
    member.value = *std::move(item);
    return member;
  }

  Result<InnerList> readInnerList() {
    InnerList list;
    take('(');
    for (;;) {
      skip(" ");
      if (take(')')) break;
      auto item = readItem();
      if (!item) return item.error();
      list.items.push_back(*std::move(item));
      if (list.items.size() > kFieldMembersMax) return wrong("too many items in a list");
      if (peek() != ' ' && peek() != ')') return wrong("a space or ) should stand here");
    }
    auto parameters = readParameters();
    if (!parameters) return parameters.error();
    list.parameters = *std::move(parameters);
    return list;
  }

  Result<FieldItem> readItem() {
    auto value = readBare();
    if (!value) return value.error();
    auto parameters = readParameters();
    if (!parameters) return parameters.error();
    return FieldItem{*std::move(value), *std::move(parameters)};
  }

  Result<FieldParameters> readParameters() {
    FieldParameters all;
    while (take(';')) {
      skip(" ");
      auto key = readKey();
      if (!key) return key.error();
      if (findParameter(all, *key) != nullptr) return wrong("a parameter stands twice");
      BareItem value;
      if (take('=')) {
        auto read = readBare();
        if (!read) return read.error();
        value = *std::move(read);
      }
      all.emplace_back(*std::move(key), std::move(value));
      if (all.size() > kFieldMembersMax) return wrong("too many parameters");
    }
    return all;
  }

  Result<BareItem> readBare() {
    const char c = peek();
    if (c == '-' || isDigit(c)) return readNumber();
    if (c == '"') return readString();
    if (c == ':') return readBytes();
    if (c == '?') return readBoolean();
    if (c == '*' || isLetter(c)) {
      const std::size_t from = at_;
      while (isTokenChar(peek())) ++at_;
      return BareItem{BareKind::Token, 0, std::string(text_.substr(from, at_ - from))};
    }
    return wrong("a value should stand here");
  }

  Result<BareItem> readNumber() {
    const bool negative = take('-');
    std::int64_t whole = 0, fraction = 0;
    std::size_t digits = 0, behind = 0;
    for (; isDigit(peek()); ++digits) {
      if (digits == kIntegerDigitsMax) return wrong("a number of too many digits");
      whole = whole * 10 + (text_[at_++] - '0');
    }
    if (digits == 0) return wrong("a digit should stand here");
    if (!take('.')) return BareItem{BareKind::Integer, negative ? -whole : whole, {}};
    if (digits > kWholeDigitsMax) return wrong("a number of too many digits");
    for (; isDigit(peek()); ++behind) {
      if (behind == kFractionDigitsMax) return wrong("a number of too many digits");
      fraction = fraction * 10 + (text_[at_++] - '0');
    }
    if (behind == 0) return wrong("a digit should stand here");
    for (; behind < kFractionDigitsMax; ++behind) fraction *= 10;
    const std::int64_t all = whole * kThousand + fraction;
    return BareItem{BareKind::Decimal, negative ? -all : all, {}};
  }

  Result<BareItem> readString() {
    take('"');
    BareItem item{BareKind::String, 0, {}};
    while (!done()) {
      const char c = text_[at_++];
      if (c == '"') return item;
      if (c < 0x20 || c > 0x7e) return wrong("a character that no string holds");
      if (c == '\\') {
        if (peek() != '"' && peek() != '\\') return wrong("only \" and \\ are escaped");
        item.text += text_[at_++];
      } else {
        item.text += c;
      }
    }
    return wrong("a string has no end");
  }

  Result<BareItem> readBytes() {
    take(':');
    const std::size_t end = text_.find(':', at_);
    if (end == std::string_view::npos) return wrong("a byte sequence has no end");
    auto bytes = fromBase64(text_.substr(at_, end - at_));
    if (!bytes) return wrong("a byte sequence is not base64 with its padding");
    at_ = end + 1;
    return BareItem{BareKind::Bytes, 0, *std::move(bytes)};
  }

  Result<BareItem> readBoolean() {
    take('?');
    if (take('1')) return BareItem{BareKind::Boolean, 1, {}};
    if (take('0')) return BareItem{BareKind::Boolean, 0, {}};
    return wrong("a boolean is ?0 or ?1");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string writeDecimal(std::int64_t thousandths) {
  const std::int64_t size = thousandths < 0 ? -thousandths : thousandths;
  std::string fraction = std::to_string(kThousand + size % kThousand).substr(1);
  while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
  return (thousandths < 0 ? "-" : "") + std::to_string(size / kThousand) + "." + fraction;
}

std::string writeParameters(const FieldParameters& parameters) {
  std::string out;
  for (const auto& [key, value] : parameters) {
    out += ";" + key;
    if (value != BareItem{}) out += "=" + serializeItem(value);
  }
  return out;
}

}  // namespace

Result<FieldDictionary> parseDictionary(std::string_view text) {
  if (text.size() > kFieldBytesMax) {
    return Error{ErrorCode::InvalidParams, "the field is over 8192 bytes"};
  }
  const auto last = text.find_last_not_of(' ');
  return FieldReader(text.substr(0, last == std::string_view::npos ? 0 : last + 1)).dictionary();
}

const FieldMember* findMember(const FieldDictionary& dictionary, std::string_view key) {
  for (const FieldMember& member : dictionary) {
    if (member.key == key) return &member;
  }
  return nullptr;
}

const BareItem* findParameter(const FieldParameters& parameters, std::string_view key) {
  for (const auto& [name, value] : parameters) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::string serializeItem(const BareItem& item) {
  switch (item.kind) {
    case BareKind::Integer:
      return std::to_string(item.number);
    case BareKind::Decimal:
      return writeDecimal(item.number);
    case BareKind::String: {
      std::string out = "\"";
      for (const char c : item.text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
      return out + "\"";
    }
    case BareKind::Token:
      return item.text;
    case BareKind::Bytes:
      return ":" + toBase64(item.text) + ":";
    case BareKind::Boolean:
      return item.number != 0 ? "?1" : "?0";
  }
  return {};
}

std::string serializeList(const InnerList& list) {
  std::string out = "(";
  for (const FieldItem& item : list.items) {
    if (out.size() > 1) out += ' ';
    out += serializeItem(item.value) + writeParameters(item.parameters);
  }
  return out + ")" + writeParameters(list.parameters);
}

std::string toBase64(std::string_view bytes) {
  std::string out = toBase64Url(bytesOf(bytes));
  std::replace(out.begin(), out.end(), '-', '+');
  std::replace(out.begin(), out.end(), '_', '/');
  while (out.size() % 4 != 0) out += '=';
  return out;
}

}  // namespace kiosk::bridge::partner
