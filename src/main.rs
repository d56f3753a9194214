//! The program: hands arguments to the command line room and exits with its code. The only file that may exit or print.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use juanping::cli::{self, Colour};
use juanping::command::{self, Streams};

fn main() -> ExitCode {
    // A check that panics becomes a finding; its backtrace is of no use to a clerk.
    std::panic::set_hook(Box::new(|_| {}));
    let args: Vec<_> = std::env::args_os().collect();
    let lang = cli::lang(&args, std::env::var("JUANPING_LANG").ok().as_deref());
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let mut input = std::io::stdin().lock();
    let person = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let (common, plan) = match cli::parse(args, lang, person) {
        Ok(parsed) => parsed,
        Err(said) => {
            let _ = write!(err, "{said}");
            return ExitCode::from(command::exit::USAGE);
        }
    };
    let terminal = std::io::stderr().is_terminal();
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let colour = common.colour == Colour::Always || (common.colour == Colour::Auto && terminal && !plain);
    let mut streams = Streams { input: &mut input, person, out: &mut out, err: &mut err, colour, terminal };
    // What is left are pipes that were closed; nobody is there to be told.
    ExitCode::from(command::run(&common, plan, &mut streams).unwrap_or(command::exit::UNWRITTEN))
}
