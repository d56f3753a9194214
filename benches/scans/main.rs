//! Scans: how near reading heads of JPEGs is to opening the files and reading their fronts, how far it is from one process of ImageMagick
//! a file, and how near looking at pixels is to decoding alone. Must not test results, nor fail by the clock: it prints figures for a person.
//!
//! `cargo bench --bench scans -- [FILES] [A4-JPEG…]`; ImageMagick is left out where `identify` is not found. Pages given by path are looked
//! at besides one that is made here (which has no fine detail, so that decoding it is quick and looking at it counts more).

use std::fs;
use std::hint::black_box;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use juanping::demo::jpeg::Picture;
use juanping::inspect::image::{FRONT, head, jpeg, looks};
use juanping::inspect::words::Words;
use juanping::inspect::{Depth, Look};
use juanping::model::format::Format;
use juanping::model::inside::{Bounds, Questions};
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The best of some runs, so that what else the machine does counts least.
fn best(times: u32, mut run: impl FnMut() -> u64) -> (f64, u64) {
    let once = |_| {
        let start = Instant::now();
        let seen = black_box(run());
        (start.elapsed(), seen)
    };
    let (time, seen): (Duration, u64) = (0..times).map(once).min().expect("some runs");
    (time.as_secs_f64(), seen)
}

fn front(path: &Path, buffer: &mut Vec<u8>) {
    buffer.clear();
    fs::File::open(path).expect("the file").take(FRONT as u64).read_to_end(buffer).expect("its front");
}

fn heads(out: &mut impl std::io::Write, paths: &[PathBuf]) {
    let mut buffer = Vec::with_capacity(FRONT);
    let (floor, bytes) = best(5, || paths.iter().map(|p| (front(p, &mut buffer), buffer.len() as u64).1).sum());
    let (ours, found) = best(5, || {
        let pages = paths.iter().map(|p| {
            front(p, &mut buffer);
            head(&buffer, Format::Jpeg).map_or(0, |o| o.pages.len() as u64)
        });
        pages.sum()
    });
    assert_eq!(found, paths.len() as u64);
    let _ = writeln!(
        out,
        "heads     {found} JPEGs, {:.0} MB of fronts: {ours:.3} s; opening and reading alone {floor:.3} s; ratio {:.2} (at most 1.3)",
        bytes as f64 / 1e6,
        ours / floor
    );
    let sample = &paths[..paths.len().min(200)];
    let identify = |p: &PathBuf| Command::new("identify").args(["-ping", "-format", "%x %w\n"]).arg(p).stdout(Stdio::null()).status();
    if sample.iter().take(1).all(|p| identify(p).is_ok_and(|s| s.success())) {
        let (some, _) = best(1, || sample.iter().map(|p| u64::from(identify(p).is_ok())).sum());
        let all = some / sample.len() as f64 * paths.len() as f64;
        let _ = writeln!(out, "identify  {all:.1} s (from {} files); ratio {:.0} (at least 20)", sample.len(), all / ours);
    }
}

fn pixels(out: &mut impl std::io::Write, name: &str, bytes: &[u8]) {
    let (questions, words) = (Questions::default(), Words::default());
    let look = Look { depth: Depth::Pixels, questions: &questions, words: &words, bounds: Bounds::default(), ocr: None, sm3: false };
    let zune = |colour: ColorSpace| {
        let options = DecoderOptions::default().jpeg_set_out_colorspace(colour);
        zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().map_or(0, |p| p.len() as u64)
    };
    let (rgb, _) = best(9, || zune(ColorSpace::RGB));
    let (luma, _) = best(9, || zune(ColorSpace::Luma));
    let (plane, _) = best(9, || jpeg::plane(bytes, &look).map_or(0, |p| p.pixels.len() as u64));
    let (ours, _) = best(9, || jpeg::plane(bytes, &look).map_or(0, |p| looks::looks(&p).0.sketch));
    let _ = writeln!(
        out,
        "pixels    {name}, {} kB: {:.1} ms (plane {:.1}); zune-jpeg to colour {:.1} ms, ratio {:.2} (at most 1.5); to grey {:.1} ms, ratio {:.2}",
        bytes.len() / 1000,
        ours * 1e3,
        plane * 1e3,
        rgb * 1e3,
        ours / rgb,
        luma * 1e3,
        ours / luma
    );
}

fn main() {
    let count = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10_000_usize);
    let temp = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let mut out = std::io::stdout().lock();
    // Four kinds of files of the size of a scan: what follows the picture is padding, as nobody reads it here.
    let made: Vec<Vec<u8>> = (0..4)
        .map(|n| {
            let label = format!("虚构示例 {n}");
            let taken = (n % 2 == 1).then_some("2024:03:05 10:00:00");
            let mut bytes = Picture { dpi: (n != 3).then_some(300), taken, ..Picture::page(&label) }.jpeg();
            bytes.resize(180_000, 0);
            bytes
        })
        .collect();
    let paths: Vec<PathBuf> = (0..count).map(|n| temp.path().join(format!("{n}.jpg"))).collect();
    paths.iter().zip(made.iter().cycle()).for_each(|(p, b)| fs::write(p, b).expect("written"));
    heads(&mut out, &paths);
    pixels(&mut out, "made here", &Picture { width: 2480, height: 3508, dpi: Some(300), ..Picture::page("虚构示例") }.jpeg());
    for path in std::env::args().skip(1).filter(|a| a.ends_with(".jpg")) {
        pixels(&mut out, path.rsplit('/').next().unwrap_or_default(), &fs::read(&path).expect("the file"));
    }
}
