#include "tests/bench/workload.h"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace kiosk::bench {
namespace {

constexpr std::size_t kBundleBytes = 100 * 1024;

/// Numbers that are the same on every machine.
class Sequence {
 public:
  std::uint32_t below(std::uint32_t bound) {
    state_ = state_ * 1103515245u + 12345u;
    return (state_ >> 8) % bound;
  }
  std::string word() {
    static constexpr const char* kStems[] = {"chat", "user", "pay",  "post", "role", "mark",
                                             "list", "item", "view", "sign", "send", "lock"};
    return kStems[below(12)] + std::to_string(below(1000));
  }

 private:
  std::uint32_t state_ = 20'261;
};

/// One module of the bundle, in one of three shapes that bundlers' output is full of.
std::string moduleSource(Sequence& random, int id) {
  std::string out = "d(function(e,r){e.id=" + std::to_string(id) + ";";
  switch (id % 3) {
    case 0:
      out += "var C=function(o){this.a=o||{};this.n=" + std::to_string(random.below(99)) +
             "};C.prototype.get=function(k){var v=this.a[k];return v===undefined?'" +
             random.word() +
             "':v};C.prototype.set=function(k,v){this.a[k]=v;this.n++;return this};"
             "e.make=function(o){return new C(o)};";
      break;
    case 1:
      out += "e.pick=function(s){switch(s){";
      for (int i = 0; i < 8; ++i)
        out += "case " + std::to_string(i) + ":return '" + random.word() + "';";
      out += "default:return '" + random.word() +
             "'}};e.hash=function(t){var h=" + std::to_string(random.below(9999)) +
             ";for(var i=0;i<t.length;i++)h=(h*31+t.charCodeAt(i))|0;return h};";
      break;
    default:
      out += "e.text={";
      for (int i = 0; i < 10; ++i) {
        out +=
            (i == 0 ? "" : ",") + random.word() + ":'" + random.word() + " " + random.word() + "'";
      }
      out += "};e.t=function(k){return e.text[k]||k};";
  }
  return out + "});\n";
}

std::string generatedBundle() {
  Sequence random;
  std::string out =
      "(function(){var F=[],M=[];function d(f){F.push(f)}"
      "function r(i){var m=M[i];if(!m){M[i]=m={e:{}};F[i](m.e,r)}return m.e}\n";
  int count = 0;
  while (out.size() < kBundleBytes - 300) out += moduleSource(random, count++);
  out += "for(var i=0;i<" + std::to_string(count) +
         ";i+=3){r(i)}\n"
         "var st=r(0).make({});globalThis.__app={handle:function(q){st.set(q.chatId,q.text);"
         "return{ok:true,id:r(1).hash(q.text),view:r(2).t(q.text)}}};\n})();\n";
  return out;
}

}  // namespace

std::string appSource(std::string_view name) {
  const bool isTiny = name == "tiny";
  if (const char* dir = std::getenv("KIOSK_BENCH_APPS"); dir != nullptr) {
    std::ifstream file(std::string(dir) + (isTiny ? "/tiny.js" : "/app100k.js"), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (file) return text.str();
  }
  if (!isTiny) return generatedBundle();
  return "globalThis.__app={handle:function(q){return{ok:true,id:1,view:q.text}}};\n";
}

std::shared_ptr<const Package> packageOf(std::string_view source, int serial) {
  auto package = std::make_shared<Package>();
  package->manifest.appId = AppId("org.example.bench" + std::to_string(serial + 1));
  package->manifest.name = "Bench";
  package->manifest.versionName = "1.0.0";
  package->manifest.versionCode = 1;
  package->payloadHash = std::string(56, '0') + std::to_string(10'000'000 + serial);
  package->files["app.js"] = "/*" + std::to_string(serial) + "*/" + std::string(source);
  return package;
}

std::string hostileSource(std::string_view attack) {
  static constexpr std::pair<std::string_view, const char*> kAttacks[] = {
      {"spin", "for(;;){}"},
      {"microtask", "(async()=>{for(;;)await 0})()"},
      {"regex", "/(a+)+$/.test('a'.repeat(40)+'b')"},
      {"finally", "(function f(){try{f()}finally{f()}})()"},
      {"atomics", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0)"},
      {"heap", "const a=[];for(;;)a.push({x:new Array(1000).fill(Math.random())})"},
      {"string", "const a=[];for(let i=0;;i++)a.push(JSON.stringify('x'.repeat(1<<22)+i))"},
      {"buffer", "const a=[];for(;;){const b=new Uint8Array(64<<20);b.fill(1);a.push(b)}"},
  };
  for (const auto& [name, source] : kAttacks) {
    if (name == attack) return source;
  }
  return "";
}

}  // namespace kiosk::bench
