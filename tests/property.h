#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

namespace hailong::tests {

/// RapidCheck reads RC_PARAMS at its first property. The seed is fixed, so that a failure is the
/// same everywhere; RC_PARAMS in the environment overrides it. On a PostgreSQL server a case takes
/// as long as four on SQLite, which tries all of them.
inline const int kSeedIsFixed =
    ::setenv("RC_PARAMS",
             std::getenv("HAILONG_TEST_POSTGRES") == nullptr ? "seed=15420240814"
                                                             : "seed=15420240814 max_success=25",
             0);

}  // namespace hailong::tests

/// A property inside a GoogleTest test: HAILONG_PROPERTY("what holds", [](values) { RC_ASSERT(…);
/// }).
#define HAILONG_PROPERTY(...) EXPECT_TRUE(rc::check(__VA_ARGS__))
