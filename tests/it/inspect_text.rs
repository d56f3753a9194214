//! Documents made by other programs, looked into with the shipped vocabulary: what their text says of a case. Must not test how a format
//! is read in detail; that stands beside each reader.

use std::path::Path;
use std::sync::Arc;

use juanping::inspect::words::Words;
use juanping::inspect::{Depth, Look, look};
use juanping::model::format::Format;
use juanping::model::inside::{BlankKind, Bounds, Inside, Questions, What};
use juanping::rubric::load::load;

/// Looks into a fixture as a file of the case of 丁一禾.
fn seen(file: &str) -> Inside {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/inspect").join(file)).expect("a fixture");
    seen_of(&bytes)
}

fn seen_of(bytes: &[u8]) -> Inside {
    let rubrics = load(&["legal-aid-civil".to_owned()], None).rubrics.expect("the shipped rubric");
    let words = Words::new(&rubrics.vocabulary);
    let values = [("recipient", "丁一禾"), ("id_no", "110101199003070028"), ("lawyer", "李明")];
    let questions = Questions {
        values: values.iter().map(|(f, v)| ((*f).to_owned(), vec![(*v).to_owned()])).collect(),
        phrases: Arc::new(["告知受援人权利义务".to_owned(), "如实陈述".to_owned(), "以前的话".to_owned(), "框中的话".to_owned()]),
        ..Questions::default()
    };
    look(bytes, &Look { depth: Depth::Headers, questions: &questions, words: &words, bounds: Bounds::default(), ocr: None, sm3: false })
}

fn named(inside: &Inside) -> Vec<(&str, Option<bool>)> {
    inside.reading.iter().flat_map(|r| &r.named).map(|n| (n.field.as_str(), n.same)).collect()
}

fn blanks(inside: &Inside) -> Vec<BlankKind> {
    inside.reading.iter().flat_map(|r| &r.blanks).map(|b| b.what).collect()
}

fn dated(inside: &Inside) -> Vec<(&str, String)> {
    inside.reading.iter().flat_map(|r| &r.dates).map(|d| (d.field.as_str(), d.date.to_string())).collect()
}

fn titled(inside: &Inside) -> Option<(&str, u32)> {
    inside.reading.as_ref()?.titled.as_ref().map(|(id, page)| (id.as_str(), *page))
}

#[test]
fn a_form_filled_and_one_left_empty() {
    let (filled, blank) = (seen("docx/filled.docx"), seen("docx/blank.docx"));
    assert_eq!((filled.format, &filled.troubles[..], filled.pages.len()), (Format::Docx, &[][..], 1));
    assert_eq!(titled(&filled), Some(("application_form", 1)));
    assert_eq!(named(&filled), [("recipient", Some(true)), ("id_no", Some(true))]);
    assert_eq!(dated(&filled), [("birth_on", "1990-03-07".into()), ("applied_on", "2024-03-01".into())]);
    assert_eq!(blanks(&filled), []);
    let reading = filled.reading.as_ref().expect("text");
    assert_eq!(reading.numbers, [("东岭援申〔2024〕12号".to_owned(), 1)]);
    assert_eq!(reading.labels, (11, 0));
    assert_eq!(titled(&blank), Some(("application_form", 1)));
    assert_eq!(blanks(&blank), [BlankKind::Number, BlankKind::Signature, BlankKind::Date]);
    assert_eq!(blank.reading.as_ref().map(|r| r.labels), Some((11, 11)));
    assert!(named(&blank).is_empty() && dated(&blank).is_empty());
}

#[test]
fn a_note_with_a_text_box_and_words_taken_back() {
    let note = seen("docx/note.docx");
    assert_eq!(note.troubles, []);
    assert_eq!(titled(&note), Some(("interview_note", 1)));
    assert_eq!(named(&note), [("lawyer", Some(true)), ("recipient", Some(true))]);
    assert_eq!(blanks(&note), [BlankKind::Signature]);
    // In the order of phrases; what was deleted is not said, and a deletion does not part a phrase.
    let said: Vec<_> = note.reading.iter().flat_map(|r| &r.said).map(|(phrase, page)| (phrase.as_str(), *page)).collect();
    assert_eq!(said, [("如实陈述", 1), ("框中的话", 1)]);
}

#[test]
fn texts_in_every_encoding_give_the_same_facts() {
    let files = ["text/utf8.txt", "text/utf8-mark.txt", "text/utf16.txt", "text/gb18030.txt"].map(seen);
    for file in &files {
        assert_eq!((file.format, file.pages.len()), (Format::Text, 2));
        assert_eq!(file.reading, files[0].reading);
    }
    assert_eq!(named(&files[0]), [("lawyer", Some(true)), ("recipient", Some(true))]);
    assert_eq!(blanks(&files[0]), [BlankKind::Signature]);
    assert_eq!(titled(&files[0]), Some(("interview_note", 1)));
}

#[test]
fn an_ofd_with_a_template_a_scan_and_a_seal() {
    let notice = seen("ofd/notice.ofd");
    assert_eq!((notice.format, &notice.troubles[..]), (Format::Ofd, &[][..]));
    assert_eq!(
        notice.pages.iter().map(|p| (p.paper, p.marks)).collect::<Vec<_>>(),
        [(Some([2100, 2970]), true), (Some([2100, 2970]), true), (Some([2970, 2100]), false)]
    );
    assert_eq!(titled(&notice), Some(("assignment_notice", 1)));
    // Labels stand on the template, values on the page.
    assert_eq!(named(&notice), [("recipient", Some(true)), ("id_no", Some(true))]);
    assert_eq!(dated(&notice), [("assigned_on", "2024-03-08".into())]);
    assert_eq!(notice.outline, [(Some("delivery_receipt".to_owned()), 3)]);
    let reading = notice.reading.as_ref().expect("text");
    assert_eq!(reading.numbers, [("东岭援民〔2024〕12号".to_owned(), 1)]);
    assert_eq!(reading.said, [("告知受援人权利义务".to_owned(), 1)]);
}

#[test]
fn damaged_ones_are_told_with_their_page() {
    let troubles = |inside: &Inside| inside.troubles.iter().map(|t| (t.what.clone(), t.page)).collect::<Vec<_>>();
    let missing = seen("ofd/no-page.ofd");
    assert_eq!((troubles(&missing), missing.pages.len()), (vec![(What::Damaged, Some(2))], 3));
    assert_eq!(troubles(&seen("ofd/cut.ofd")), [(What::CutShort, None)]);
    for file in ["docx/filled.docx", "ofd/notice.ofd"] {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/inspect").join(file)).expect("a fixture");
        for part in 1..8 {
            let cut = seen_of(&bytes[..bytes.len() * part / 8]);
            // Too little is left of some to tell what kind of zip they were.
            let told = cut.format == Format::Archive;
            assert!(cut.is_partial() && (told || cut.troubles.iter().all(|t| t.what.is_defect())), "{file} {part}: {cut:?}");
        }
    }
}
