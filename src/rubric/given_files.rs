//! Files of an example case, as seen inside: `files = [{ document = "indictment", name = "05起诉书.pdf", pages = [{ dpi = 150 }] }]`.
//! Must not open anything: what is not said is as in a good scan, and all of a text stands on page `on` (1).

use std::sync::Arc;

use crate::base::place::Place;
use crate::base::tree::{Node, Table};
use crate::check::args::document_node;
use crate::model::case::Case;
use crate::model::document::{Document, Statement};
use crate::model::format::Format;
use crate::model::inside::{
    Blank, BlankKind, CaseFile, Colour, Dated, Inside, Limit, Looks, Named, Page, Reading, Role, Scan, Source, Trouble, What,
};
use crate::model::vocabulary::Vocabulary;

const WHATS: &[(&str, What)] = &[
    ("empty", What::Empty),
    ("locked", What::Locked),
    ("broken", What::Broken),
    ("cut_short", What::CutShort),
    ("damaged", What::Damaged),
    ("unknown", What::Unknown),
    ("unread", What::Unread),
    ("mended", What::Mended),
    ("restricted", What::Restricted),
];

const ROLES: &[(&str, Role)] = &[("paper", Role::Paper), ("list", Role::List), ("record", Role::Record), ("manifest", Role::Manifest)];

const COLOURS: &[(&str, Colour)] =
    &[("colour", Colour::Colour), ("grey", Colour::Grey), ("bitonal", Colour::Bitonal), ("unknown", Colour::Unknown)];

const BLANKS: &[(&str, BlankKind)] = &[("date", BlankKind::Date), ("signature", BlankKind::Signature), ("number", BlankKind::Number)];

/// Adds a file to a case, and the document that it is.
pub fn file(table: &Table<'_>, vocabulary: &Vocabulary, case: &mut Case) {
    let kind = table.opt("document").and_then(|n| document_node(n, vocabulary));
    let title = kind.map_or("材料", |k| vocabulary.document(k).title.as_str());
    let name = table.text("name").unwrap_or_else(|| format!("{:02}{}.pdf", case.files.len() + 1, title.replace('/', "")));
    let role = table.word("role", ROLES).unwrap_or(Role::Paper);
    let bytes = table.opt("bytes").and_then(Node::size).unwrap_or(1000);
    let looked = !table.has("looked") || table.flag("looked", true);
    let place = Place::file(format!("案卷/{name}"));
    if role == Role::Paper {
        case.documents.push(Document { kind, title: name.as_str().into(), statement: Statement::File, place: place.clone(), bytes });
    }
    let inside = inside(table, vocabulary);
    table.finish();
    let inside = looked.then(|| Arc::new(inside));
    case.files.push(CaseFile { place, bytes, kind, role, packed: None, inside });
}

fn inside(table: &Table<'_>, vocabulary: &Vocabulary) -> Inside {
    let format = table.word("format", &Format::words()).unwrap_or(Format::Pdf);
    let mut troubles: Vec<_> = table.opt("troubles").map(Node::items).unwrap_or_default();
    let mut found: Vec<What> = troubles.drain(..).filter_map(|n| word(&n)).collect();
    found.extend(table.opt("counts").map(Node::items).and_then(|n| Some(What::Counts(n.first()?.count()?, n.get(1)?.count()?))));
    found.extend(table.opt("over_pixels").and_then(Node::size).map(|n| What::Limit(Limit::Pixels, n, 1000)));
    let trouble_page = table.opt("trouble_page").and_then(Node::count);
    let mut pages: Vec<Page> = table.tables("pages").iter().zip(1..).map(|(t, n)| page(t, n)).collect();
    if let Some(n) = table.opt("page_count").and_then(Node::count) {
        pages = (1..=n).map(|n| Page { print: Some(u64::from(n)), ..Page::default() }).collect();
    }
    let listed = |t: &Table<'_>| {
        let line = (t.need_text("name").unwrap_or_default(), t.need_text("sha256").unwrap_or_default());
        t.finish();
        line
    };
    let manifest = table.tables("lists").iter().map(listed).collect();
    Inside {
        manifest,
        sha256: table.text("sha256"),
        sm3: table.text("sm3").or_else(|| table.text("sha256").map(|h| format!("sm3 of {h}"))).filter(|h| !h.is_empty()),
        reading: reading(table, vocabulary),
        pages,
        ..Inside::bare(format, found.into_iter().map(|what| Trouble { what, page: trouble_page }).collect())
    }
}

/// What is wrong, by its word.
fn word(node: &Node<'_>) -> Option<What> {
    let names: Vec<(&'static str, usize)> = WHATS.iter().enumerate().map(|(i, (w, _))| (*w, i)).collect();
    node.word(&names).and_then(|i| WHATS.get(i)).map(|(_, what)| what.clone())
}

/// A page; a good scan in colour where `dpi`, `pixels` or `colour` is given, or text.
fn page(table: &Table<'_>, number: u64) -> Page {
    let pair = |key| {
        let both: Vec<u32> = table.opt(key).map(Node::items).unwrap_or_default().iter().filter_map(Node::count).collect();
        both.first().map(|x| [*x, both.get(1).copied().unwrap_or(*x)])
    };
    let (dpi, pixels, colour) = (pair("dpi"), pair("pixels"), table.word("colour", COLOURS));
    let hundredths =
        |n: &Node<'_>| n.points().and_then(|p| i16::try_from((p * crate::base::points::Points::whole(100)).0.to_integer()).ok());
    let looked = !table.has("looked") || table.flag("looked", true);
    let skew = table.opt("skew").and_then(hundredths);
    let looks = Looks {
        skew,
        sideways: table.opt("sideways").and_then(Node::flag),
        coloured: table.flag("coloured", colour.is_none_or(|c| c == Colour::Colour)),
        sketch: number,
    };
    let scan = (dpi.is_some()
        || pixels.is_some()
        || colour.is_some()
        || table.has("skew")
        || table.has("sideways")
        || table.has("coloured")
        || !looked)
        .then(|| Scan {
            pixels: pixels.unwrap_or([1654, 2339]),
            dpi,
            colour: colour.unwrap_or(Colour::Colour),
            looks: looked.then_some(looks),
        });
    let page = Page {
        paper: pair("paper"),
        turned: table.opt("turned").and_then(Node::count).and_then(|n| u8::try_from(n % 4).ok()).unwrap_or(0),
        chars: table.opt("chars").and_then(Node::count).unwrap_or(0),
        marks: table.flag("marks", false),
        print: Some(table.opt("print").and_then(Node::size).unwrap_or(number)),
        blank: looked.then(|| table.flag("blank", false)),
        scan,
    };
    table.finish();
    page
}

/// What the text says; nothing where the example has no text.
fn reading(table: &Table<'_>, vocabulary: &Vocabulary) -> Option<Reading> {
    let words = ["chars", "said", "titled", "numbers", "dates", "same", "other", "masked", "blanks", "labels", "ocr", "garbled", "on"];
    if !words.iter().any(|w| table.has(w)) {
        return None;
    }
    let texts = |key| table.opt(key).map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect::<Vec<_>>();
    let id = |n: &Node<'_>| document_node(n, vocabulary).map(|d| vocabulary.document(d).id.clone());
    let on = table.opt("on").and_then(Node::count).unwrap_or(1);
    let named = |key, same| texts(key).into_iter().map(move |field| Named { field, same, page: on });
    let dates = table.opt("dates").and_then(Node::table);
    let dates =
        dates.iter().flat_map(Table::names).filter_map(|(field, n)| Some(Dated { field: field.to_owned(), date: n.date()?, page: on }));
    let mut said: Vec<(String, u32)> = texts("said").into_iter().map(|s| (s, on)).collect();
    said.sort();
    let counts: Vec<u32> = table.opt("labels").map(Node::items).unwrap_or_default().iter().filter_map(Node::count).collect();
    Some(Reading {
        source: if table.flag("ocr", false) { Source::Ocr } else { Source::Text },
        usable: !table.flag("garbled", false),
        chars: table.opt("chars").and_then(Node::count).unwrap_or(500),
        sketch: None,
        titled: table.opt("titled").and_then(id).map(|t| (t, on)),
        numbers: texts("numbers").into_iter().map(|n| (n, on)).collect(),
        dates: dates.collect(),
        named: named("same", Some(true)).chain(named("other", Some(false))).chain(named("masked", None)).collect(),
        days: Vec::new(),
        blanks: table
            .opt("blanks")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|n| n.word(BLANKS))
            .map(|what| Blank { what, page: on })
            .collect(),
        labels: (counts.first().copied().unwrap_or(0), counts.get(1).copied().unwrap_or(0)),
        said,
    })
}
