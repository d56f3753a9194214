//! The one integration test binary: each module looks at the program from one side. Must not time anything.

mod bad_input;
mod batch;
mod checks;
mod cli;
mod corpus;
mod edges;
mod formats;
mod hiding;
mod hostile;
mod hostile_formats;
mod inherit;
mod intake;
mod leaks;
mod planted;
mod readme;
mod rubric;
mod run;
mod same;
mod tidy;
