//! The one integration test binary: each module a room or a promise.

mod batch;
mod hostile;
mod intake;
mod leaks;
mod planted;
