#include "bridge/store/statement_cache.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kiosk::bridge::dialect {
namespace {

/// What reads and writes rows and holds transactions. A PRAGMA may act while it is prepared, and
/// what changes the schema is seldom said twice.
bool isWorthKeeping(std::string_view query) {
  constexpr std::string_view kBeginnings[] = {"SELECT", "INSERT",    "UPDATE",  "DELETE",
                                              "BEGIN",  "SAVEPOINT", "RELEASE", "COMMIT"};
  return std::any_of(std::begin(kBeginnings), std::end(kBeginnings),
                     [&](std::string_view word) { return query.starts_with(word); });
}

/// The prepared statements of one connection that nobody uses at the moment.
class StatementCache {
 public:
  StatementCache() = default;
  ~StatementCache() {
    for (const auto& [query, kept] : kept_) sqlite_api::sqlite3_finalize(kept.statement);
  }
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;

  /// The statement of this text, which is the caller's from now; null when there is none.
  sqlite_api::sqlite3_stmt* take(const std::string& query) {
    const auto found = kept_.find(query);
    if (found == kept_.end()) return nullptr;
    sqlite_api::sqlite3_stmt* const statement = found->second.statement;
    kept_.erase(found);
    return statement;
  }

  /// Takes over a statement that its user is done with.
  void put(std::string query, sqlite_api::sqlite3_stmt* statement) {
    if (!isWorthKeeping(query)) {
      sqlite_api::sqlite3_finalize(statement);
      return;
    }
    // What the last step answered was answered then.
    sqlite_api::sqlite3_reset(statement);
    sqlite_api::sqlite3_clear_bindings(statement);
    if (kept_.size() >= kKeptStatementsMax) dropOldest();
    const auto [at, isNew] = kept_.try_emplace(std::move(query), Kept{statement, ++uses_});
    if (!isNew) sqlite_api::sqlite3_finalize(statement);
  }

 private:
  struct Kept {
    sqlite_api::sqlite3_stmt* statement;
    std::uint64_t usedAt;
  };

  void dropOldest() {
    const auto oldest = std::min_element(
        kept_.begin(), kept_.end(),
        [](const auto& a, const auto& b) { return a.second.usedAt < b.second.usedAt; });
    sqlite_api::sqlite3_finalize(oldest->second.statement);
    kept_.erase(oldest);
  }

  std::unordered_map<std::string, Kept> kept_;
  std::uint64_t uses_ = 0;
};

/// SOCI's own statement, but for where its prepared one comes from and goes to. It is held and not
/// inherited from: SOCI exports no constructor of it.
class KeptStatement final : public soci::details::statement_backend {
 public:
  KeptStatement(soci::sqlite3_session_backend& session, StatementCache& cache)
      : real_(session.make_statement_backend()), cache_(cache) {}
  ~KeptStatement() override { clean_up(); }

  void alloc() override { real_->alloc(); }
  void prepare(const std::string& query, soci::details::statement_type type) override {
    clean_up();
    if (sqlite_api::sqlite3_stmt* const kept = cache_.take(query)) {
      real_->stmt_ = kept;
      real_->databaseReady_ = true;
    } else {
      real_->prepare(query, type);
    }
    query_ = query;
  }
  void clean_up() override {
    real_->rowsAffectedBulk_ = -1;
    real_->databaseReady_ = false;
    sqlite_api::sqlite3_stmt* const done = std::exchange(real_->stmt_, nullptr);
    if (done != nullptr) cache_.put(std::exchange(query_, {}), done);
  }

  exec_fetch_result execute(int number) override { return real_->execute(number); }
  exec_fetch_result fetch(int number) override { return real_->fetch(number); }
  long long get_affected_rows() override { return real_->get_affected_rows(); }
  int get_number_of_rows() override { return real_->get_number_of_rows(); }
  std::string get_parameter_name(int index) const override {
    return real_->get_parameter_name(index);
  }
  std::string rewrite_for_procedure_call(const std::string& query) override {
    return real_->rewrite_for_procedure_call(query);
  }
  int prepare_for_describe() override { return real_->prepare_for_describe(); }
  void describe_column(int column, soci::data_type& type, std::string& name) override {
    real_->describe_column(column, type, name);
  }
  soci::details::standard_into_type_backend* make_into_type_backend() override {
    return real_->make_into_type_backend();
  }
  soci::details::standard_use_type_backend* make_use_type_backend() override {
    return real_->make_use_type_backend();
  }
  soci::details::vector_into_type_backend* make_vector_into_type_backend() override {
    return real_->make_vector_into_type_backend();
  }
  soci::details::vector_use_type_backend* make_vector_use_type_backend() override {
    return real_->make_vector_use_type_backend();
  }

 private:
  const std::unique_ptr<soci::sqlite3_statement_backend> real_;
  StatementCache& cache_;
  std::string query_;
};

class KeepingSession final : public soci::details::session_backend {
 public:
  explicit KeepingSession(const soci::connection_parameters& parameters)
      : real_(static_cast<soci::sqlite3_session_backend*>(
            soci::factory_sqlite3()->make_session(parameters))) {}

  bool is_connected() override { return real_->is_connected(); }
  void begin() override { real_->begin(); }
  void commit() override { real_->commit(); }
  void rollback() override { real_->rollback(); }
  std::string get_dummy_from_table() const override { return real_->get_dummy_from_table(); }
  std::string get_backend_name() const override { return real_->get_backend_name(); }
  // SOCI deletes what these make.
  soci::details::statement_backend* make_statement_backend() override {
    return new KeptStatement(*real_, cache_);
  }
  soci::details::rowid_backend* make_rowid_backend() override {
    return real_->make_rowid_backend();
  }
  soci::details::blob_backend* make_blob_backend() override { return real_->make_blob_backend(); }

  sqlite_api::sqlite3* connection() const { return real_->conn_; }

 private:
  const std::unique_ptr<soci::sqlite3_session_backend> real_;
  StatementCache cache_;  ///< goes before its connection
};

class KeepingFactory final : public soci::backend_factory {
 public:
  soci::details::session_backend* make_session(
      const soci::connection_parameters& parameters) const override {
    return new KeepingSession(parameters);  // SOCI deletes it
  }
};

}  // namespace

const soci::backend_factory& keepingSqlite() {
  static const KeepingFactory factory;
  return factory;
}

sqlite_api::sqlite3* connectionOf(soci::session& sql) {
  return static_cast<KeepingSession*>(sql.get_backend())->connection();
}

}  // namespace kiosk::bridge::dialect
