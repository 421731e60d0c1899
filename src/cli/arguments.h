// What a command may be asked for. CLI11 reads it, and is named here alone and in main.cpp: each
// file that includes it takes ten seconds longer to compile.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cli {

// `type` is what stands for the value in the help. Values are kept as they were given, empty ones
// too.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}  // which must outlive this

  void text(const std::string& name, std::optional<std::string>& value, const std::string& help,
            const std::string& type = "TEXT");
  void required(const std::string& name, std::string& value, const std::string& help,
                const std::string& type);
  // A whole number in decimal digits; anything else is an Error that names the option.
  void number(const std::string& name, std::optional<int>& value, const std::string& help,
              const std::string& type = "N");
  void flag(const std::string& name, bool& value, const std::string& help);
  // One that `take` reads.
  void read(const std::string& name, std::function<void(const std::string&)> take,
            const std::string& help, const std::string& type);
  // One that may come again.
  void list(const std::string& name, std::vector<std::string>& values, const std::string& help,
            const std::string& type);
  // What the help says below the options.
  void footer(const std::string& text);

 private:
  CLI::App& app_;
};

}  // namespace cli
