//! Pictures made by other programs, and by `demo`: their heads, their pixels, and what the pixels show. Must not draw with our own code
//! what only our own code reads, where another program can draw it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::civil::date;
use juanping::demo::jpeg::Picture;
use juanping::inspect::image::{head, jpeg, looks, open};
use juanping::inspect::words::Words;
use juanping::inspect::{Depth, Look, Opened, Plane, look};
use juanping::model::format::Format;
use juanping::model::inside::{Bounds, Colour, Limit, Questions, Trouble, What};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/inspect/image")
}

fn file(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect("a fixture")
}

fn with<T>(depth: Depth, bounds: Bounds, run: impl FnOnce(&Look<'_>) -> T) -> T {
    let (questions, words) = (Questions::default(), Words::default());
    run(&Look { depth, questions: &questions, words: &words, bounds, ocr: None, sm3: false })
}

fn opened(bytes: &[u8], depth: Depth) -> Opened {
    with(depth, Bounds::default(), |look| open(bytes, Format::sniff(bytes), look))
}

fn whats(opened: &Opened) -> Vec<What> {
    opened.troubles.iter().map(|t| t.what.clone()).collect()
}

fn brightness(plane: &Plane) -> f64 {
    plane.pixels.iter().map(|p| f64::from(*p)).sum::<f64>() / plane.pixels.len() as f64
}

/// Size, resolution, colour, turns; empty = as made.
#[test]
fn heads_tell_what_other_programs_wrote() {
    let (none, inch) = (None, |n| Some([n, n]));
    for (name, dpi, colour, turned) in [
        ("colour.jpg", inch(300), Colour::Colour, 0),
        ("full-chroma.jpg", inch(200), Colour::Colour, 0),
        ("half-chroma.jpg", none, Colour::Colour, 0),
        ("progressive.jpg", inch(300), Colour::Colour, 0),
        ("restarts.jpg", inch(150), Colour::Colour, 0),
        ("grey.jpg", inch(300), Colour::Grey, 0),
        ("cmyk.jpg", inch(300), Colour::Colour, 0),
        ("centimetre.jpg", inch(300), Colour::Colour, 0),
        ("exif.jpg", inch(240), Colour::Colour, 1),
        ("exif-cm.jpg", inch(300), Colour::Colour, 0),
        ("colour.png", inch(300), Colour::Colour, 0),
        ("grey.png", inch(200), Colour::Grey, 0),
        ("bits.png", inch(300), Colour::Bitonal, 0),
        ("palette.png", none, Colour::Colour, 0),
        ("grey-palette.png", none, Colour::Grey, 0),
        ("alpha.png", inch(96), Colour::Colour, 1),
        ("deep.png", none, Colour::Grey, 0),
        ("interlaced.png", inch(300), Colour::Colour, 0),
        ("g4.tif", inch(300), Colour::Bitonal, 0),
        ("g3.tif", inch(300), Colour::Bitonal, 0),
        ("lzw.tif", inch(200), Colour::Grey, 0),
        ("deflate.tif", inch(300), Colour::Colour, 0),
        ("jpeg.tif", inch(300), Colour::Colour, 0),
        ("palette.tif", inch(300), Colour::Colour, 0),
        ("tiles.tif", inch(200), Colour::Grey, 0),
        ("big.tif", inch(200), Colour::Grey, 0),
        ("bits.bmp", inch(300), Colour::Bitonal, 0),
        ("grey.bmp", inch(200), Colour::Grey, 0),
        ("palette.bmp", inch(96), Colour::Colour, 0),
        ("colour.bmp", inch(300), Colour::Colour, 0),
        ("old.bmp", none, Colour::Colour, 0),
        ("lossy.webp", none, Colour::Colour, 0),
        ("lossless.webp", none, Colour::Colour, 0),
        ("exif.webp", inch(240), Colour::Colour, 1),
    ] {
        let found = opened(&file(name), Depth::Headers);
        assert_eq!(found.troubles, [], "{name}");
        let page = &found.pages[0];
        let scan = page.scan.as_ref().expect("a scan");
        assert_eq!((scan.dpi, scan.colour, page.turned), (dpi, colour, turned), "{name}");
        assert!(page.print.is_some() && page.blank.is_none() && scan.looks.is_none(), "{name}");
        let taken = name.starts_with("exif.").then_some(date(2024, 3, 5)).or((name == "alpha.png").then_some(date(2024, 3, 5)));
        assert_eq!(found.taken, taken, "{name}");
    }
    let page = &opened(&file("exif.jpg"), Depth::Headers).pages[0];
    // 203 × 149 pixels at 240 dpi, turned by a quarter.
    assert_eq!(page.paper, Some([158, 215]));
}

#[test]
fn pixels_are_what_pillow_sees() {
    let seen: BTreeMap<String, Vec<(u32, u32, f64)>> = serde_json::from_slice(&file("seen.json")).expect("what Pillow saw");
    assert!(seen.len() > 35);
    for (name, frames) in seen {
        let bytes = file(&name);
        let found = opened(&bytes, Depth::Pixels);
        assert_eq!(found.pages.len(), frames.len(), "{name}");
        // Kinds of TIFF that the decoder cannot read: that is said.
        if matches!(name.as_str(), "g3.tif" | "palette.tif") {
            assert_eq!(whats(&found), [What::Unknown], "{name}");
            continue;
        }
        assert_eq!(found.troubles, [], "{name}");
        for (page, (width, height, _)) in found.pages.iter().zip(&frames) {
            let scan = page.scan.as_ref().expect("a scan");
            assert_eq!(scan.pixels, [*width, *height], "{name}");
            let grey =
                ["grey", "bits", "raw", "g3", "g4", "deep", "lsb", "pages", "lzw", "tiles", "big"].iter().any(|g| name.starts_with(g));
            let coloured = !grey && !name.starts_with("page-");
            assert_eq!(scan.looks.as_ref().map(|l| l.coloured), Some(coloured), "{name}");
        }
        let planes = with(Depth::Pixels, Bounds::default(), |look| juanping::inspect::image::planes(&bytes, Format::sniff(&bytes), look));
        for (plane, (_, _, bright)) in planes.iter().zip(&frames) {
            let plane = plane.as_ref().expect("pixels");
            assert!((brightness(plane) - bright).abs() < 1.5, "{name}: {} for {bright}", brightness(plane));
        }
    }
}

#[test]
fn pages_of_a_tiff_are_told_apart() {
    let found = opened(&file("pages.tif"), Depth::Pixels);
    let blank: Vec<_> = found.pages.iter().map(|p| p.blank).collect();
    assert_eq!(blank, [Some(false), Some(false), Some(true)]);
    assert_ne!(found.pages[0].print, found.pages[1].print);
    assert_eq!(found.text.len(), 3);
}

#[test]
fn the_print_is_that_of_the_picture() {
    let print = |bytes: &[u8]| opened(bytes, Depth::Headers).pages[0].print;
    // Other resolutions, other EXIF, padding at the end: one picture.
    assert_eq!(print(&file("colour.jpg")), print(&file("exif.jpg")));
    assert_eq!(print(&file("colour.jpg")), print(&file("centimetre.jpg")));
    assert_eq!(print(&file("colour.jpg")), print(&[file("colour.jpg"), vec![0; 500]].concat()));
    assert_ne!(print(&file("colour.jpg")), print(&file("full-chroma.jpg")));
    assert_ne!(print(&Picture::card("甲").jpeg()), print(&Picture::card("乙").jpeg()));
}

#[test]
fn a_file_cut_short_is_told_and_a_padded_one_is_not() {
    for name in ["colour.jpg", "progressive.jpg", "colour.png", "bits.png", "g4.tif", "lzw.tif", "colour.bmp", "lossy.webp", "exif.webp"] {
        let whole = file(name);
        for part in [whole.len() - 3, whole.len() * 2 / 3, whole.len() / 3] {
            // What ends a TIFF may be needed by no page.
            if name.ends_with("tif") && part == whole.len() - 3 {
                continue;
            }
            let found = opened(&whole[..part], Depth::Pixels);
            let told = whats(&found).iter().any(|w| matches!(w, What::CutShort));
            assert!(told, "{name} cut at {part}: {:?}", found.troubles);
        }
        let padded = [whole.as_slice(), &[0; 1000]].concat();
        assert_eq!(opened(&padded, Depth::Pixels).troubles, [], "{name} padded");
    }
    assert_eq!(whats(&opened(b"\xFF\xD8\xFF\xD9", Depth::Headers)), [What::Broken]);
    assert_eq!(whats(&opened(b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDX4567890123456789", Depth::Headers)), [What::Broken]);
}

/// The size in the frame of a JPEG is made larger.
fn swollen(side: u16) -> Vec<u8> {
    let mut bytes = file("grey.jpg");
    let frame = bytes.windows(2).position(|w| w == [0xFF, 0xC0]).expect("a frame");
    bytes[frame + 5..frame + 9].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
    bytes
}

#[test]
fn a_huge_picture_is_refused_before_it_is_decoded() {
    let most = Bounds::default().pixels;
    let found = opened(&swollen(60_000), Depth::Pixels);
    assert_eq!(whats(&found), [What::Limit(Limit::Pixels, 3_600_000_000, most)]);
    assert_eq!(found.pages[0].scan.as_ref().map(|s| s.pixels), Some([60_000, 60_000]));
    // Small enough to be allowed, but five thousand bytes cannot hold it.
    assert_eq!(whats(&opened(&swollen(14_000), Depth::Pixels)), [What::CutShort]);
    for name in ["colour.png", "lzw.tif", "colour.bmp", "lossy.webp", "colour.jpg"] {
        let found = with(Depth::Pixels, Bounds { pixels: 100, ..Bounds::default() }, |look| {
            let bytes = file(name);
            open(&bytes, Format::sniff(&bytes), look)
        });
        assert!(matches!(whats(&found)[..], [What::Limit(Limit::Pixels, _, 100)]), "{name}: {:?}", found.troubles);
    }
}

#[test]
fn a_picture_with_too_many_scans_is_refused_before_it_is_decoded() {
    let bytes = file("progressive.jpg");
    let marks: Vec<usize> = memchr::memmem::find_iter(&bytes, b"\xFF\xDA").collect();
    let (last, end) = (*marks.last().expect("a scan"), bytes.len() - 2);
    assert!(bytes.ends_with(b"\xFF\xD9"));
    let times = |n: usize| [&bytes[..last], &bytes[last..end].repeat(n), &bytes[end..]].concat();
    // A comment may hold what looks like an end.
    let hidden = [&bytes[..last], b"\xFF\xFE\0\x04\xFF\xD9", &bytes[last..end].repeat(200), &bytes[end..]].concat();
    let many = marks.len() as u64 + 199;
    for bad in [times(200), hidden] {
        assert_eq!(whats(&opened(&bad, Depth::Pixels)), [What::Limit(Limit::Scans, many, 100)]);
    }
    assert_eq!(whats(&opened(&times(20), Depth::Pixels)), []);
    // What stands behind the end is not decoded.
    assert_eq!(whats(&opened(&[bytes.clone(), times(200)].concat(), Depth::Pixels)), []);
}

#[test]
fn what_phones_put_behind_a_picture_does_not_cut_it_short() {
    let bytes = file("progressive.jpg");
    let seen = |bytes: &[u8]| with(Depth::Headers, Bounds::default(), |l| look(bytes, l).troubles);
    for more in [vec![0; 5000], vec![0xFF; 5000], [b"SEFHf\0\0\0".as_slice(), &[b'a'; 3000]].concat(), bytes[..2000].to_vec()] {
        assert_eq!(seen(&[bytes.clone(), more].concat()), []);
    }
    assert_eq!(seen(&bytes[..bytes.len() * 2 / 3]), [Trouble::from(What::CutShort)]);
}

#[test]
fn a_loop_of_directories_ends() {
    let mut bytes = file("pages.tif");
    let little = bytes.starts_with(b"II");
    let first = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
    assert!(little);
    let count = usize::from(u16::from_le_bytes([bytes[first], bytes[first + 1]]));
    let next = first + 2 + count * 12;
    bytes.copy_within(4..8, next);
    let mut found = opened(&bytes, Depth::Pixels);
    found.troubles.dedup();
    assert_eq!((found.pages.len(), found.troubles), (1, vec![Trouble::from(What::Damaged)]));
}

#[test]
fn the_front_of_a_jpeg_tells_what_the_whole_tells() {
    for name in ["colour.jpg", "exif.jpg", "grey.jpg", "progressive.jpg"] {
        let bytes = file(name);
        let (front, mut whole) = (head(&bytes[..bytes.len() / 2], Format::Jpeg).expect("enough"), opened(&bytes, Depth::Headers));
        whole.pages[0].print = None;
        assert_eq!((front.pages, front.taken), (whole.pages, whole.taken), "{name}");
    }
    assert!(head(&file("colour.jpg")[..100], Format::Jpeg).is_none());
    assert!(head(&file("colour.png"), Format::Png).is_none());
}

#[test]
fn invented_pictures_are_good_scans() {
    for picture in [Picture::card("东岭援民〔2024〕1号"), Picture::page("东岭援民〔2024〕1号")] {
        let bytes = picture.jpeg();
        let found = opened(&bytes, Depth::Pixels);
        assert_eq!(found.troubles, []);
        let page = &found.pages[0];
        let scan = page.scan.as_ref().expect("a scan");
        let looks = scan.looks.as_ref().expect("looks");
        assert_eq!(scan.pixels, [u32::from(picture.width), u32::from(picture.height)]);
        assert_eq!(scan.dpi, picture.dpi.map(|n| [n.into(), n.into()]));
        assert_eq!((page.blank, looks.coloured, scan.colour), (Some(false), true, Colour::Colour));
        assert!(looks.skew.is_none_or(|s| s.abs() < 60) && looks.sideways != Some(true), "{looks:?}");
        for degrees in [-8, 5] {
            let bytes = Picture { skew_deg: degrees, ..Picture::page("甲") }.jpeg();
            let plane = with(Depth::Pixels, Bounds::default(), |look| jpeg::plane(&bytes, look)).expect("pixels");
            let skew = looks::looks(&plane).0.skew;
            assert!(skew.is_some_and(|s| (i32::from(s) - degrees * 100).abs() <= 50), "{degrees}: {skew:?}");
        }
        let grey = opened(&Picture { colour: false, dpi: None, ..picture }.jpeg(), Depth::Pixels);
        let scan = grey.pages[0].scan.as_ref().expect("a scan");
        assert_eq!((scan.colour, scan.dpi, scan.looks.as_ref().map(|l| l.coloured)), (Colour::Grey, None, Some(false)));
        let empty = opened(&Picture { blank: true, ..picture }.jpeg(), Depth::Pixels);
        assert_eq!(empty.pages[0].blank, Some(true));
        let photo = opened(&Picture { taken: Some("2024:03:05 10:00:00"), orientation: 6, ..picture }.jpeg(), Depth::Headers);
        assert_eq!((photo.taken, photo.pages[0].turned), (Some(date(2024, 3, 5)), 1));
    }
}

#[test]
fn invented_pictures_show_what_is_wrong_with_them() {
    let looks = |picture: Picture<'_>| {
        let plane = with(Depth::Pixels, Bounds::default(), |look| jpeg::plane(&picture.jpeg(), look)).expect("pixels");
        looks::looks(&plane).0
    };
    for label in (0..60).map(|n| format!("虚构示例 望川援民〔2024〕{n}号 证据材料 1")) {
        let page = Picture { width: 1240, height: 1754, dpi: Some(300), ..Picture::page(&label) };
        let straight = looks(page);
        assert!(straight.skew.is_none_or(|s| s.abs() < 60), "{label}: {straight:?}");
        assert_eq!(straight.sideways, Some(false), "{label}");
        let skewed = looks(Picture { skew_deg: 5, ..page }).skew;
        assert!(skewed.is_some_and(|s| (450..=550).contains(&s)), "{label}: {skewed:?}");
    }
}

/// A page that LibreOffice laid out.
fn page(name: &str) -> Plane {
    let bytes = file(&format!("page-{name}.png"));
    with(Depth::Pixels, Bounds::default(), |look| juanping::inspect::image::planes(&bytes, Format::Png, look)).remove(0).expect("pixels")
}

/// Turned clockwise by quarters, then by hundredths of a degree on white, with the noise of a scanner.
fn turned(plane: &Plane, quarters: u32, angle: i32) -> Plane {
    let (w, h) = (plane.width as usize, plane.height as usize);
    let mut now = plane.clone();
    for _ in 0..quarters {
        let old = now.clone();
        let (ow, oh) = (old.width as usize, old.height as usize);
        (now.width, now.height) = (old.height, old.width);
        for y in 0..ow {
            for x in 0..oh {
                now.pixels[y * oh + x] = old.pixels[(oh - 1 - x) * ow + y];
            }
        }
    }
    let (w, h) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
    let (sin, cos) = (f64::from(angle) / 100.0).to_radians().sin_cos();
    let (mx, my) = (w as f64 / 2.0, h as f64 / 2.0);
    let at = |x: f64, y: f64| {
        let inside = x >= 0.0 && y >= 0.0 && x < w as f64 && y < h as f64;
        if inside { f64::from(now.pixels[y as usize * w + x as usize]) } else { 255.0 }
    };
    let mut noise = 1_u32;
    let mut pixels = Vec::with_capacity(w * h);
    for y in 0..h {
        for x in 0..w {
            let (dx, dy) = (x as f64 - mx, y as f64 - my);
            let (sx, sy) = (mx + dx * cos + dy * sin, my - dx * sin + dy * cos);
            let (fx, fy) = (sx - sx.floor(), sy - sy.floor());
            let (sx, sy) = (sx.floor(), sy.floor());
            let top = at(sx, sy) * (1.0 - fx) + at(sx + 1.0, sy) * fx;
            let low = at(sx, sy + 1.0) * (1.0 - fx) + at(sx + 1.0, sy + 1.0) * fx;
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            pixels.push((top * (1.0 - fy) + low * fy - f64::from(noise >> 28)).clamp(0.0, 255.0) as u8);
        }
    }
    Plane { width: w as u32, height: h as u32, pixels, coloured: false, reduced: 1 }
}

#[test]
fn lines_are_measured_and_never_called_sideways_when_they_lie() {
    let mut told = 0;
    for name in ["text", "form", "grid", "upright", "numbers", "letter"] {
        let plane = page(name);
        for (angle, all) in [(0, &[0, 1, 2, 3][..]), (-1000, &[0]), (-310, &[1]), (-90, &[0]), (250, &[0, 3]), (990, &[2])] {
            for &quarters in all {
                let (seen, blank) = looks::looks(&turned(&plane, quarters, angle));
                assert!(!blank, "{name}");
                if let Some(skew) = seen.skew {
                    told += 1;
                    assert!((i32::from(skew) - angle).abs() <= 50, "{name} turned {quarters} and {angle}: {skew}");
                }
                assert!(seen.sideways != Some(quarters % 2 == 0), "{name} turned {quarters} and {angle}");
                if name == "text" {
                    assert_eq!(
                        (seen.skew.is_some(), seen.sideways),
                        (true, Some(quarters % 2 == 1)),
                        "{name} turned {quarters} and {angle}"
                    );
                }
            }
        }
    }
    assert!(told > 40, "{told}");
}

#[test]
fn the_plane_of_a_jpeg_is_reduced_but_the_same_picture() {
    let bytes = Picture::page("甲").jpeg();
    let plane = with(Depth::Pixels, Bounds::default(), |look| jpeg::plane(&bytes, look)).expect("pixels");
    assert_eq!((plane.width, plane.height, plane.reduced), (827, 1170, 2));
    assert!(plane.coloured);
}
