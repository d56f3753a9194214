//! All integration tests, in one binary. Must not hold a test itself.

mod checks;
