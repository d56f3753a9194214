//! The one integration test binary: each module looks at the program from one side. Must not time anything.

mod bad_input;
mod batch;
mod check;
mod checks;
mod cli;
mod corpus;
mod county;
mod edges;
mod evidence;
mod first_steps;
mod formats;
mod hiding;
mod hostile;
mod hostile_formats;
mod inherit;
mod init;
mod intake;
mod junk;
mod leaks;
mod planted;
mod readme;
mod registers;
mod rubric;
mod run;
mod same;
mod tidy;
