#pragma once

#include <string>

namespace hailong::district::web {

/// What a problem means to a person, and what to do about it.
struct ProblemWords {
  const char* heading;
  const char* text;
};

/// By the problem's kind; what it is for one that programs alone run into.
ProblemWords problem_words(const std::string& kind);

}  // namespace hailong::district::web
