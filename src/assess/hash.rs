//! SHA-256 of input files, so that a result can be tied to what it was made from. 密卷 are never opened.
//! Must not hold a file in memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::base::digest::hex;

/// The hash in hex; `None` when the file cannot be read.
pub fn file(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0_u8; 64 * 1024]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            n => hasher.update(&buffer[..n]),
        }
    }
    Some(hex(&hasher.finalize()))
}
