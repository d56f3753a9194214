//! Runs the built program as a person would, in a chosen language. Must not know what a test expects.

use std::path::Path;
use std::process::Output;

/// What a run said and came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Stdout.
    pub out: String,
    /// Stderr.
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8").replace("juanping.exe", "juanping");
        Self { code: output.status.code().expect("an exit code"), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Where the program remembers what it saw inside files: never the cache of who runs the tests.
pub const CACHE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cache");

/// Runs the program with these arguments in a folder; the environment chooses no language, width or colour.
pub fn juanping_in(folder: &Path, args: &[&str]) -> Said {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("juanping");
    for name in ["JUANPING_LANG", "COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.env("JUANPING_CACHE", CACHE).current_dir(folder).args(args).output().expect("the program runs").into()
}

/// Runs the program where it does not matter in which folder.
pub fn juanping(args: &[&str]) -> Said {
    juanping_in(Path::new(env!("CARGO_MANIFEST_DIR")), args)
}
