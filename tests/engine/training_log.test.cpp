#include "engine/training_log.h"

#include <catch2/catch.hpp>

#include "engine/error.h"
#include "files.h"

using Catch::Matchers::Contains;
using engine::read_training_log;
using engine::TrainingLog;

namespace {

engine::Config one_head() {
  engine::Config config;
  config.n_layers = config.n_heads = 1;
  return config;
}

std::string line(const std::string& tokens, const std::string& induction = "0.5",
                 const std::string& head = "L0H0") {
  return R"({"tokens":)" + tokens +
         R"(,"valid_loss":4.5,"loss_second":null,"accuracy_second":0.25,)" +
         R"("heads":[{"head":")" + head + R"(","induction":)" + induction +
         R"(,"previous_token":1}]})" + "\n";
}

void check_refused(const std::string& text, const std::string& words) {
  CAPTURE(text);
  CHECK_THROWS_WITH(read_training_log(text, one_head()), Contains(words));
}

}  // namespace

TEST_CASE("a log is read report by report, whatever else stands in it") {
  const TrainingLog log = read_training_log(line("2048") + "\n" + line("4096", "0"), one_head());
  REQUIRE(log.size() == 2);
  CHECK(log[0].tokens == 2048);
  CHECK(log[0].valid_loss == 4.5f);
  CHECK_FALSE(log[0].loss_second);
  CHECK_FALSE(log[0].in_context);
  CHECK(log[0].accuracy_second == 0.25f);
  CHECK(log[0].heads[0].induction == 0.5f);
  CHECK(log[1].heads[0].previous_token == 1);
  CHECK(read_training_log("", one_head()).empty());
}

TEST_CASE("what is no report is refused by its line and key") {
  check_refused(line("1") + "{", "line 2");
  check_refused("[]", "line 1 has no tokens");
  check_refused(line("-1"), "tokens is -1");
  check_refused(line("1", "2"), "line 1, L0H0: induction is 2");
  check_refused(line("1", "\"much\""), "induction is \"much\"");
  check_refused(line("1", "0", "L0H1"), "L0H1");
  check_refused(line("5") + line("4"), "line 2: tokens is 4");
  engine::Config two = one_head();
  two.n_heads = 2;
  CHECK_THROWS_WITH(read_training_log(line("1"), two), Contains("a list of 2 heads"));
  check_refused(R"({"in_context":"low",)" + line("1").substr(1), "in_context is \"low\"");
}

TEST_CASE("the shipped two-layer model's log is read, from before its heads formed to after") {
  engine::Config config;
  config.n_layers = 2;
  config.n_heads = 8;
  const TrainingLog log = read_training_log(read_file("models/two-layer/log.jsonl"), config);
  CHECK(log.size() >= 50);
  CHECK(log.back().heads.size() == 16);
  CHECK(log.back().accuracy_second > 0.9f);
  CHECK(log.front().accuracy_second < 0.01f);
  CHECK(log.back().in_context.has_value());
}
