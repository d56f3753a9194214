//! Runs every fuzz target over its seeds, and over cut and bent copies of them, so that what fuzzing found stays mended.
//! Must not need cargo fuzz nor a clock.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../../fuzz/targets.rs"]
mod targets;

fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a corpus").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), fs::read(p).expect("a seed"))).collect()
}

#[test]
fn no_target_fails_on_its_seeds() {
    for (name, run) in targets::ALL {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (path, bytes) in seeds {
            run(&bytes);
            // What a hand would try first: cut in the middle, a byte bent, doubled.
            let bends = [bytes[..bytes.len() / 2].to_vec(), [bytes.as_slice(), &bytes].concat()];
            bends.iter().for_each(|b| run(b));
            for at in (0..bytes.len()).step_by(bytes.len() / 10 + 1) {
                let mut bent = bytes.clone();
                bent[at] ^= 0x81;
                run(&bent);
            }
            assert!(path.metadata().is_ok_and(|m| m.len() < 30_000), "{}: a seed is small", path.display());
        }
    }
}

#[test]
fn every_target_has_a_door_for_cargo_fuzz() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let listed = fs::read_to_string(root.join("Cargo.toml")).expect("the crate");
    for (name, _) in targets::ALL {
        let door = fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).expect("a door");
        assert!(door.contains(&format!("targets::{name}(data)")) && listed.contains(&format!("\"fuzz_targets/{name}.rs\"")), "{name}");
    }
}
