//! The one integration test binary: each module looks at the program from one side. Must not time anything.

mod batch;
mod checks;
mod hostile;
mod intake;
mod leaks;
