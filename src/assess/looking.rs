//! Has the files of a case looked into, each once, or takes what an earlier run saw. Must not judge what was seen.
//!
//! `check` remembers by path, size and time of change, and then opens nothing; `assess` hashes every file anyway and remembers by content.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use super::hash;
use crate::base::digest::sha256;
use crate::check::World;
use crate::inspect::cache::{Cache, Kept};
use crate::inspect::ocr::Ocr;
use crate::inspect::words::Words;
use crate::inspect::{self, Depth, Look, image, manifest};
use crate::intake::archive;
use crate::intake::folder::FileAt;
use crate::intake::settings::Limits;
use crate::model::case::Case;
use crate::model::format::Format;
use crate::model::inside::{Bounds, CaseFile, Inside, Limit, Packed, Questions, Role, What};
use crate::model::vocabulary::FieldType;

/// How files are looked into.
#[derive(Debug)]
pub struct Inspector {
    /// How far.
    pub depth: Depth,
    /// Reads scans.
    pub ocr: Option<Ocr>,
    /// What earlier runs saw.
    pub cache: Option<Cache>,
    /// Limits.
    pub limits: Limits,
    /// Labels and titles.
    pub words: Words,
    /// What criteria look for.
    pub phrases: Arc<[String]>,
}

/// Where to remember what was seen: the folder that `JUANPING_CACHE` names, else the user's cache folder.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("JUANPING_CACHE").filter(|f| !f.is_empty()).map(PathBuf::from).or_else(Cache::folder)
}

impl Inspector {
    /// Looks into the files of a case; with `hash` each is hashed as well.
    pub fn case(&self, batch: &Path, case: &mut Case, hash: bool, world: &World) {
        let depth = self.depth;
        // A case that has become a 密卷 since is forgotten.
        if let Some(cache) = self.cache.as_ref().filter(|_| case.secret) {
            cache.forget(&place_of(batch, case, cache));
        }
        if depth == Depth::Names || case.secret || case.files.is_empty() {
            return;
        }
        let questions = self.questions(case, world);
        let listed = case.files.iter().any(|f| f.role == Role::Manifest);
        let look =
            Look { depth, questions: &questions, words: &self.words, bounds: self.limits.bounds, ocr: self.ocr.as_ref(), sm3: listed };
        let mut opener = Opener { batch, limits: &self.limits, archives: BTreeMap::new() };
        // A list of hashes is compared with all of them.
        let (hashed, hash) = (hash, hash || listed);
        let Some(cache) = &self.cache else {
            for file in &mut case.files {
                file.inside = Some(Arc::new(one(&opener, file, hash, None, &look)));
            }
            return;
        };
        let how = self.how(cache, &look, hash);
        let (at, stood) = if hashed { by_content(&opener, case, cache, &how) } else { by_path(&mut opener, case, cache, &how) };
        let loaded = cache.load(&at);
        let before = loaded.len();
        let known: BTreeMap<String, Arc<Inside>> = loaded.into_iter().map(|k| (k.id, k.inside)).collect();
        let (mut kept, mut fresh) = (Vec::with_capacity(stood.len()), false);
        for (file, stood) in case.files.iter_mut().zip(stood) {
            let inside = stood.id.as_ref().and_then(|id| known.get(id)).map(Arc::clone).unwrap_or_else(|| {
                fresh |= stood.id.is_some();
                Arc::new(one(&opener, file, hash, stood.sha256, &look))
            });
            // What depends on the moment is looked at again next time.
            let lasting = !inside.troubles.iter().any(|t| matches!(t.what, What::Unread | What::Limit(Limit::Seconds, ..)));
            kept.extend(stood.id.filter(|_| lasting).map(|id| Kept { id, inside: Arc::clone(&inside) }));
            file.inside = Some(inside);
        }
        if fresh || kept.len() != before {
            cache.store(&at, &kept);
        }
    }

    /// What is asked of the texts of this case.
    fn questions(&self, case: &Case, world: &World) -> Questions {
        let personal = world.vocabulary.fields().filter(|(_, f)| matches!(f.kind, FieldType::Person | FieldType::IdCard));
        let values = personal.filter_map(|(id, field)| {
            let own = case.all(id).iter();
            let other = case.overruled.iter().filter(|e| e.field == id);
            let values: Vec<String> = own.chain(other).map(|e| e.raw.trim().to_owned()).filter(|v| !v.is_empty()).collect();
            (!values.is_empty()).then(|| (field.id.clone(), values))
        });
        Questions { values: values.collect(), phrases: Arc::clone(&self.phrases), case_no: case.case_no.clone() }
    }

    /// A digest of all that what is seen depends on besides the file.
    fn how(&self, cache: &Cache, look: &Look<'_>, hash: bool) -> String {
        let ocr = self.ocr.as_ref().map(Ocr::version).unwrap_or_default();
        let (depth, sm3, words, questions) = (look.depth, look.sm3, self.words.digest(), look.questions);
        let rest = format!("{depth:?} {hash} {sm3} {:?} {ocr} {words:x} {questions:?}", self.limits.bounds);
        cache.digest(["how", &rest])
    }
}

/// How a file stands before it is looked into.
struct Stood {
    /// By what it is known in the cache; `None` when the disk does not tell, and for a list of hashes: it names files, and those may be
    /// called like persons.
    id: Option<String>,
    /// Its hash, where it was made to know it.
    sha256: Option<String>,
}

/// Where what was seen is kept, and by what each file is known there: its path, size and time of change.
fn by_path(opener: &mut Opener<'_>, case: &Case, cache: &Cache, how: &str) -> (String, Vec<Stood>) {
    let mut id = |f: &CaseFile| opener.stands(f).map(|stands| cache.digest([how, &f.place.origin.file, &stands]));
    let stood = case.files.iter().map(|f| Stood { id: id(f).filter(|_| f.role != Role::Manifest), sha256: None }).collect();
    (place_of(opener.batch, case, cache), stood)
}

/// Where what was seen of a case is kept by path.
fn place_of(batch: &Path, case: &Case, cache: &Cache) -> String {
    let whole = std::path::absolute(batch).unwrap_or_else(|_| batch.to_owned());
    cache.digest(["path", &whole.to_string_lossy(), &case.office, &case.case_no, case.stage.as_deref().unwrap_or("")])
}

/// The same by content: wherever the dossier lies, and whatever its files are called.
fn by_content(opener: &Opener<'_>, case: &Case, cache: &Cache, how: &str) -> (String, Vec<Stood>) {
    let hash = |f: &CaseFile| match f.packed {
        None => hash::file(&opener.batch.join(&f.place.origin.file)),
        Some(_) => opener.content(f, &opener.limits.bounds).ok().map(|bytes| sha256(&bytes)),
    };
    let stand = |f: &CaseFile| {
        let sha256 = hash(f);
        let id = sha256.as_ref().filter(|_| f.role != Role::Manifest).map(|sum| cache.digest([how, &format!("{:?}", f.role), sum]));
        Stood { id, sha256 }
    };
    let stood: Vec<Stood> = case.files.iter().map(stand).collect();
    let ids = stood.iter().filter_map(|s| s.id.as_deref());
    let at = cache.digest(std::iter::once("content").chain(ids));
    (at, stood)
}

/// Gives the bytes of files, packed or not.
struct Opener<'a> {
    batch: &'a Path,
    limits: &'a Limits,
    /// How archives stand, by path.
    archives: BTreeMap<String, Option<String>>,
}

impl Opener<'_> {
    /// Size and time of change of a file, or of the archive that it lies in; `None` when the disk does not tell.
    fn stands(&mut self, file: &CaseFile) -> Option<String> {
        let path = file.place.origin.file.as_str();
        let Some(Packed { archive, index, .. }) = file.packed else { return stands(&self.batch.join(path)) };
        let archive = path.get(..archive)?;
        let stands = self.archives.entry(archive.to_owned()).or_insert_with(|| stands(&self.batch.join(archive)));
        stands.as_ref().map(|s| format!("{s} {index}"))
    }

    /// The whole content.
    fn content(&self, file: &CaseFile, bounds: &Bounds) -> Result<Vec<u8>, What> {
        let path = file.place.origin.file.as_str();
        if file.bytes > bounds.bytes {
            return Err(What::Limit(Limit::Bytes, file.bytes, bounds.bytes));
        }
        match file.packed {
            None => {
                let mut bytes = Vec::new();
                let opened = File::open(self.batch.join(path)).map_err(|_| What::Unread)?;
                opened.take(bounds.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| What::Unread)?;
                Ok(bytes)
            }
            Some(Packed { locked: true, .. }) => Err(What::Locked),
            Some(packed) => {
                let at = FileAt { path: path.to_owned(), bytes: file.bytes, packed: Some(packed) };
                archive::content(self.batch, &at, self.limits).map_err(|_| What::Unread)
            }
        }
    }

    /// The first bytes of a file, and its last ones; `None` when it is packed or cannot be read.
    fn ends(&self, file: &CaseFile) -> Option<(Vec<u8>, Vec<u8>)> {
        if file.packed.is_some() {
            return None;
        }
        let mut opened = File::open(self.batch.join(&file.place.origin.file)).ok()?;
        let (mut front, mut tail) = (Vec::with_capacity(image::FRONT), Vec::new());
        (&mut opened).take(image::FRONT as u64).read_to_end(&mut front).ok()?;
        let end = opened.seek(SeekFrom::End(0)).ok()?;
        opened.seek(SeekFrom::Start(end.saturating_sub(inspect::TAIL as u64))).ok()?;
        opened.take(inspect::TAIL as u64).read_to_end(&mut tail).ok()?;
        Some((front, tail))
    }
}

fn stands(path: &Path) -> Option<String> {
    let meta = std::fs::metadata(path).ok()?;
    let changed = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", meta.len(), changed.as_nanos()))
}

/// Looks into one file; with `hash` it is hashed, unless its `sum` is known.
fn one(opener: &Opener<'_>, file: &CaseFile, hash: bool, sum: Option<String>, look: &Look<'_>) -> Inside {
    if look.depth == Depth::Headers && !hash && look.ocr.is_none() && file.role == Role::Paper {
        // A picture tells all but its pixels at its ends.
        let seen = opener.ends(file).and_then(|(front, tail)| inspect::ends(Format::sniff(&front), &front, &tail, look));
        if let Some(inside) = seen {
            return inside;
        }
    }
    let bytes = match opener.content(file, &look.bounds) {
        Ok(bytes) => bytes,
        Err(what) => {
            let format = opener.ends(file).map_or(Format::Unknown, |(front, _)| Format::sniff(&front));
            return Inside::bare(format, vec![what.into()]);
        }
    };
    let mut inside = match file.role {
        Role::Paper => inspect::look(&bytes, look),
        // What other rooms read is only told by its format.
        Role::List | Role::Record => Inside::bare(Format::sniff(inspect::front(&bytes)), Vec::new()),
        Role::Manifest => {
            let text = inspect::plain::text(&bytes);
            Inside { manifest: manifest::lines(&text), ..Inside::bare(Format::Text, Vec::new()) }
        }
    };
    if hash {
        inside.sha256 = Some(sum.unwrap_or_else(|| sha256(&bytes)));
        inside.sm3 = look.sm3.then(|| manifest::sm3(&bytes));
    }
    inside
}
