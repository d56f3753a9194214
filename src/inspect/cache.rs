//! What earlier runs saw inside files, kept in the user's cache folder: hashes and derived facts, never text, nothing of a 密卷.
//! Must not be believed when it is damaged, and must not make a difference to any result: without it a run only takes longer.
//!
//! One small file a case, named by a keyed hash; its first line is the hash of the rest. It is written under another name and renamed,
//! so two runs at once never see half of one. The key is drawn once for each cache: names of files, persons and numbers cannot be
//! guessed from it without it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::digest::hex;
use crate::model::inside::Inside;

/// Goes up whenever what is seen changes; older ones are dropped, as are those of other versions of the program.
const SHAPE: u32 = 3;

/// A cache.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    key: String,
}

/// What is kept of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which file, how it stood, and how it was looked at: a [`Cache::digest`].
    pub id: String,
    /// What was seen.
    pub inside: Arc<Inside>,
}

impl Cache {
    /// The user's cache folder for this program, where the system tells one.
    pub fn folder() -> Option<PathBuf> {
        etcetera::choose_base_strategy().ok().map(|base| base.cache_dir().join("juanping"))
    }

    /// Opens or makes a cache in a folder; drops what other versions left there. `None` when the disk does not take it.
    pub fn open(folder: &Path) -> Option<Self> {
        let name = format!("inside-{SHAPE}-{}", env!("CARGO_PKG_VERSION"));
        let own = folder.join(&name);
        std::fs::create_dir_all(&own).ok()?;
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let other = entry.file_name().to_string_lossy().into_owned();
            if is_own(&other) && other != name {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        let at = own.join("key");
        let key = read_key(&at).or_else(|| make_key(&at))?;
        Some(Self { folder: own, key })
    }

    /// Drops what is kept under a digest.
    pub fn forget(&self, digest: &str) {
        let _ = std::fs::remove_file(self.path(digest));
    }

    /// A keyed hash in hex.
    pub fn digest<'a>(&self, parts: impl IntoIterator<Item = &'a str>) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.key.as_bytes());
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hex(&hasher.finalize())
    }

    /// What is kept under a digest; nothing when it is not there or damaged.
    pub fn load(&self, digest: &str) -> Vec<Kept> {
        let Ok(bytes) = std::fs::read(self.path(digest)) else { return Vec::new() };
        let Some((head, body)) = bytes.split_at_checked(65) else { return Vec::new() };
        if head.get(..64) != Some(self.seal(body).as_bytes()) {
            return Vec::new();
        }
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// Keeps this under a digest. What cannot be kept is only looked at again next time.
    pub fn store(&self, digest: &str, kept: &[Kept]) {
        let write = || -> std::io::Result<()> {
            let path = self.path(digest);
            let folder = path.parent().unwrap_or(&self.folder);
            std::fs::create_dir_all(folder)?;
            let body = serde_json::to_vec(kept)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            writeln!(file, "{}", self.seal(&body))?;
            file.write_all(&body)?;
            file.persist(path).map_err(|e| e.error)?;
            Ok(())
        };
        let _ = write();
    }

    /// The hash of what is kept, keyed as well: nothing can be put there by who does not know the key.
    fn seal(&self, body: &[u8]) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.key.as_bytes());
        hasher.update(body);
        hex(&hasher.finalize())
    }

    fn path(&self, digest: &str) -> PathBuf {
        self.folder.join(digest.get(..2).unwrap_or("00")).join(digest)
    }
}

/// Whether a folder is one of this cache, of any version: `inside-2-0.1.0`.
fn is_own(name: &str) -> bool {
    let shape = name.strip_prefix("inside-").and_then(|rest| rest.split_once('-')).map(|(shape, _)| shape);
    shape.is_some_and(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()))
}

fn read_key(at: &Path) -> Option<String> {
    let key = std::fs::read_to_string(at).ok()?;
    (key.len() == 64 && key.bytes().all(|b| b.is_ascii_hexdigit())).then_some(key)
}

/// Draws a key. Of two runs that do so at once one is first, and both use its key.
fn make_key(at: &Path) -> Option<String> {
    let mut hasher = Sha256::new();
    for _ in 0..4 {
        hasher.update(RandomState::new().build_hasher().finish().to_le_bytes());
    }
    let key = hex(&hasher.finalize());
    let folder = at.parent()?;
    let mut file = tempfile::NamedTempFile::new_in(folder).ok()?;
    file.write_all(key.as_bytes()).ok()?;
    match file.persist_noclobber(at) {
        Ok(_) => Some(key),
        Err(_) => read_key(at).or_else(|| {
            // A key that is damaged is of no use to anybody.
            std::fs::write(at, &key).ok()?;
            Some(key)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::format::Format;
    use crate::model::inside::What;

    fn kept(id: &str) -> Kept {
        Kept { id: id.to_owned(), inside: Arc::new(Inside::bare(Format::Pdf, vec![What::CutShort.into()])) }
    }

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_does_not() {
        let room = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(room.path()).expect("a cache");
        let digest = cache.digest(["甲", "乙"]);
        assert_ne!(digest, cache.digest(["甲乙"]));
        assert!(cache.load(&digest).is_empty());
        cache.store(&digest, &[kept("a"), kept("b")]);
        // Another run of the same version.
        let again = Cache::open(room.path()).expect("a cache");
        assert_eq!(again.load(&digest), [kept("a"), kept("b")]);
        let path = cache.path(&digest);
        let good = std::fs::read(&path).expect("kept");
        for at in 0..good.len() {
            let mut bent = good.clone();
            bent[at] ^= 1;
            std::fs::write(&path, &bent).expect("written");
            assert!(at == 64 || cache.load(&digest).is_empty(), "byte {at}");
            std::fs::write(&path, &good[..at]).expect("written");
            assert!(cache.load(&digest).is_empty(), "cut at {at}");
        }
    }

    #[test]
    fn other_versions_are_dropped_and_keys_differ() {
        let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let old = one.path().join("inside-0-0.0.1");
        std::fs::create_dir_all(&old).expect("made");
        let (a, b) = (Cache::open(one.path()).expect("a cache"), Cache::open(two.path()).expect("a cache"));
        assert!(!old.exists());
        assert_ne!(a.digest(["甲"]), b.digest(["甲"]));
        std::fs::write(a.folder.join("key"), "damaged").expect("written");
        assert!(Cache::open(one.path()).is_some());
    }
}
