//! Small files made here after the standard; those of a script stand in `tests/it/`.

use std::io::{Cursor, Write};

use super::*;
use crate::inspect::Depth;
use crate::inspect::words::Words;
use crate::model::inside::{Bounds, Questions};

type Part<'a> = (&'a str, &'a str);

const LIST: &str = "<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
const DOCUMENT: &str = "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
    <ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID='9' BaseLoc='Tpls/T.xml'/></ofd:CommonData>\
    <ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/P1.xml'/><ofd:Page ID='2' BaseLoc='Pages/P2.xml'/></ofd:Pages>\
    <ofd:Outlines><ofd:OutlineElem Title='起诉书'><ofd:Actions><ofd:Action><ofd:Goto><ofd:Dest PageID='2'/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem></ofd:Outlines></ofd:Document>";
const P1: &str = "<ofd:Page><ofd:Template TemplateID='9'/><ofd:Content><ofd:Layer>\
    <ofd:TextObject Boundary='20 20 100 6' Size='5'><ofd:TextCode X='0' Y='5' DeltaX='g 2 20'>起诉书</ofd:TextCode></ofd:TextObject>\
    <ofd:TextObject Boundary='60 40 20 6' Size='4'><ofd:TextCode X='0' Y='4'>张&lt;三</ofd:TextCode></ofd:TextObject>\
    </ofd:Layer></ofd:Content></ofd:Page>";
const P2: &str = "<ofd:Page><ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer>\
    <ofd:ImageObject ID='7' Boundary='0 0 297 210' ResourceID='5'/></ofd:Layer></ofd:Content></ofd:Page>";
const TEMPLATE: &str = "<ofd:Page><ofd:Content><ofd:Layer><ofd:PathObject/><ofd:TextObject Boundary='20 40 30 6' Size='4'>\
    <ofd:TextCode X='0' Y='4'>被告人：</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>";
const RES: &str = "<ofd:Res BaseLoc='Res'><ofd:MultiMedias><ofd:MultiMedia ID='5' Type='Image'><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>";

fn parts<'a>() -> Vec<Part<'a>> {
    vec![
        ("OFD.xml", LIST),
        ("Doc_0/Document.xml", DOCUMENT),
        ("Doc_0/Pages/P1.xml", P1),
        ("Doc_0/Pages/P2.xml", P2),
        ("Doc_0/Tpls/T.xml", TEMPLATE),
        ("Doc_0/DocumentRes.xml", RES),
        ("Doc_0/Res/a.png", "no picture"),
    ]
}

fn opened(parts: &[Part<'_>], bounds: Bounds) -> Opened {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    let bytes = zip.finish().expect("a zip").into_inner();
    let (questions, words) = (Questions::default(), Words::default());
    open(&bytes, &Look { depth: Depth::Headers, questions: &questions, words: &words, bounds, ocr: None, sm3: false })
}

/// The good file with one part replaced, or without it.
fn with(name: &str, text: Option<&str>) -> Opened {
    let kept = parts().into_iter().filter_map(|(n, t)| if n == name { text.map(|t| (n, t)) } else { Some((n, t)) });
    opened(&kept.collect::<Vec<_>>(), Bounds::default())
}

fn troubles(opened: &Opened) -> Vec<(What, Option<u32>)> {
    opened.troubles.iter().map(|t| (t.what.clone(), t.page)).collect()
}

#[test]
fn pages_with_text_paper_pictures_and_an_outline() {
    let read = opened(&parts(), Bounds::default());
    assert_eq!(troubles(&read), []);
    assert_eq!(read.text, ["起  诉  书\n被告人：  张<三\n", ""]);
    assert_eq!(read.outline, [("起诉书".to_owned(), 2)]);
    let seen: Vec<_> = read.pages.iter().map(|p| (p.paper, p.marks, p.blank)).collect();
    assert_eq!(seen, [(Some([2100, 2970]), false, Some(false)), (Some([2970, 2100]), true, Some(false))]);
    assert!(read.pages.iter().all(|p| p.print.is_some()) && read.pages[0].print != read.pages[1].print);
    let blank = with("Doc_0/Pages/P2.xml", Some("<ofd:Page/>"));
    assert_eq!((blank.pages[1].blank, blank.pages[1].print), (Some(true), None));
}

#[test]
fn stamps_mark_their_pages() {
    let list = LIST.replace("</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>");
    let mut all = parts();
    all[0] = ("OFD.xml", &list);
    all.push(("Doc_0/Signs/Signatures.xml", "<ofd:Signatures><ofd:Signature ID='1' BaseLoc='S0/Signature.xml'/></ofd:Signatures>"));
    all.push((
        "Doc_0/Signs/S0/Signature.xml",
        "<ofd:Signature><ofd:SignedInfo><ofd:StampAnnot PageRef='1' Boundary='1 1 40 40'/></ofd:SignedInfo></ofd:Signature>",
    ));
    let read = opened(&all, Bounds::default());
    assert_eq!((troubles(&read), read.pages[0].marks), (vec![], true));
}

#[test]
fn several_documents_follow_one_another() {
    let list = LIST.replace("</ofd:OFD>", "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    let mut all = parts();
    all[0] = ("OFD.xml", &list);
    all.push((
        "Doc_1/Document.xml",
        "<ofd:Document><ofd:Pages><ofd:Page ID='1' BaseLoc='/Doc_0/Pages/P1.xml'/></ofd:Pages></ofd:Document>",
    ));
    let read = opened(&all, Bounds::default());
    assert_eq!((read.pages.len(), read.text[2].as_str()), (3, "起  诉  书\n张<三\n"));
}

#[test]
fn what_is_missing_or_wrong_is_told() {
    use What::{Broken, Damaged, Limit as Met};
    for (name, text, want) in [
        ("OFD.xml", None, vec![(Broken, None)]),
        ("OFD.xml", Some("rubbish"), vec![(Broken, None)]),
        ("Doc_0/Document.xml", None, vec![(Broken, None)]),
        ("Doc_0/Document.xml", Some("<ofd:Document><ofd:Pages>"), vec![(Damaged, None)]),
        ("Doc_0/Document.xml", Some("<ofd:Document/>"), vec![(Broken, None)]),
        ("Doc_0/Pages/P1.xml", None, vec![(Damaged, Some(1))]),
        ("Doc_0/Pages/P2.xml", Some("<ofd:Page><ofd:Content>"), vec![(Damaged, Some(2))]),
        ("Doc_0/Tpls/T.xml", None, vec![(Damaged, None)]),
        ("Doc_0/DocumentRes.xml", None, vec![(Damaged, None)]),
    ] {
        assert_eq!(troubles(&with(name, text)), want, "{name} {text:?}");
    }
    // What can be reached is read all the same.
    assert_eq!(with("Doc_0/Pages/P1.xml", None).pages.len(), 2);
    let met = |bounds| troubles(&opened(&parts(), bounds)).into_iter().map(|t| t.0).collect::<Vec<_>>();
    assert_eq!(met(Bounds { pages: 1, ..Bounds::default() }), [Met(Limit::Pages, 2, 1)]);
    assert_eq!(met(Bounds { objects: 7, ..Bounds::default() }), []);
    assert!(met(Bounds { objects: 6, ..Bounds::default() }).contains(&Met(Limit::Objects, 7, 6)));
    let outside = DOCUMENT.replace("Pages/P1.xml", "../../../../etc/passwd");
    assert_eq!(troubles(&with("Doc_0/Document.xml", Some(&outside))), [(Damaged, Some(1))]);
}

#[test]
fn numbers_that_are_none() {
    for wild in ["NaN", "inf", "1e308", "-1e308", "", "x"] {
        let p1 = P1.replace("DeltaX='g 2 20'", &format!("DeltaX='g 99999999999 {wild}'")).replace("Size='5'", &format!("Size='{wild}'"));
        let p1 = p1.replace("Boundary='20 20 100 6'", &format!("Boundary='{wild} 20 {wild} 6' CTM='{wild} 0 0 {wild} 0 0'"));
        let read = with("Doc_0/Pages/P1.xml", Some(&p1));
        assert!(read.text[0].contains('诉'), "{wild}: {}", read.text[0]);
    }
}
