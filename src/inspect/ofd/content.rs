//! What stands on one page of an OFD, or on a template: pieces of text with their places, pictures, drawings. Must not order them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::inspect::parts::{attribute, entity};

/// A piece of text. Lengths are millimetres from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Where it ends.
    pub end: f64,
    /// Size of the font.
    pub size: f64,
    /// Its characters.
    pub text: String,
}

/// A picture: where it stands, how large it is, and the id of its resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// x, y, width, height.
    pub area: [f64; 4],
    /// Id of the resource.
    pub resource: String,
}

/// Content of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// Text.
    pub pieces: Vec<Piece>,
    /// Pictures.
    pub images: Vec<Image>,
    /// Drawings, tables with their lines among them.
    pub paths: u32,
    /// Ids of templates that it lies on.
    pub templates: Vec<String>,
    /// Locations of lists of resources.
    pub resources: Vec<String>,
    /// Its own paper: x, y, width, height.
    pub paper: Option<[f64; 4]>,
    /// It ends before it should, or is no XML.
    pub damaged: bool,
}

/// Numbers in a list, at most so many.
pub fn numbers(text: &str, most: usize) -> Vec<f64> {
    text.split_whitespace().take(most).map_while(|n| n.parse::<f64>().ok().filter(|n| n.is_finite())).collect()
}

/// `x y width height`.
pub fn area(text: &str) -> Option<[f64; 4]> {
    numbers(text, 4).try_into().ok()
}

/// A text object that is being read.
#[derive(Debug)]
struct Object {
    origin: [f64; 2],
    matrix: Option<[f64; 6]>,
    size: f64,
}

/// A text code that is being read.
#[derive(Debug)]
struct Code {
    x: f64,
    y: f64,
    across: String,
    text: String,
}

/// Reads a page or a template; of objects only so many as `left` allows, which is lowered.
pub fn read(xml: &str, left: &mut u32) -> Content {
    let mut reader = Reader::from_str(xml);
    let mut content = Content::default();
    let (mut object, mut code): (Option<Object>, Option<Code>) = (None, None);
    // A text code without its own place goes on from the one before.
    let mut place = [0.0, 0.0];
    let mut inside: Option<&'static str> = None;
    let mut words = String::new();
    let mut closed = false;
    loop {
        let event = reader.read_event();
        let (tag, empty) = match event {
            Ok(Event::Start(tag)) => (tag, false),
            Ok(Event::Empty(tag)) => (tag, true),
            Ok(Event::End(tag)) => {
                match tag.local_name().as_ref() {
                    "TextCode" => {
                        if let (Some(code), Some(object)) = (code.take(), &object) {
                            content.pieces.extend(piece(code, object));
                        }
                    }
                    "TextObject" => object = None,
                    "PageRes" if inside == Some("PageRes") => content.resources.push(words.trim().to_owned()),
                    "PhysicalBox" if inside == Some("PhysicalBox") => content.paper = area(&words),
                    "Page" => closed = true,
                    _ => {}
                }
                inside = None;
                continue;
            }
            Ok(Event::Text(text)) => {
                take(&mut code, inside, &mut words, &text);
                continue;
            }
            Ok(Event::CData(text)) => {
                take(&mut code, inside, &mut words, &text);
                continue;
            }
            Ok(Event::GeneralRef(name)) => {
                let mut text = String::new();
                entity(&name, &mut text);
                take(&mut code, inside, &mut words, &text);
                continue;
            }
            Ok(Event::Eof) => {
                content.damaged = !closed;
                return content;
            }
            Ok(_) => continue,
            Err(_) => {
                content.damaged = true;
                return content;
            }
        };
        inside = None;
        match tag.local_name().as_ref() {
            "TextObject" | "ImageObject" | "PathObject" | "CompositeObject" if *left == 0 => return content,
            "TextObject" if !empty => {
                *left -= 1;
                place = [0.0, 0.0];
                object = Some(text_object(&tag));
            }
            "TextCode" if !empty && object.is_some() => {
                let side = |name, before| attribute(&tag, name).and_then(|v| numbers(&v, 1).pop()).unwrap_or(before);
                place = [side("X", place[0]), side("Y", place[1])];
                let across = attribute(&tag, "DeltaX").unwrap_or_default();
                code = Some(Code { x: place[0], y: place[1], across, text: String::new() });
            }
            "ImageObject" => {
                *left -= 1;
                let area = attribute(&tag, "Boundary").and_then(|b| area(&b)).unwrap_or_default();
                content.images.push(Image { area, resource: attribute(&tag, "ResourceID").unwrap_or_default() });
            }
            "PathObject" | "CompositeObject" => {
                *left -= 1;
                content.paths = content.paths.saturating_add(1);
            }
            "Template" => content.templates.extend(attribute(&tag, "TemplateID")),
            "PageRes" => (inside, words) = (Some("PageRes"), String::new()),
            "PhysicalBox" => (inside, words) = (Some("PhysicalBox"), String::new()),
            "Page" if empty => closed = true,
            _ => {}
        }
    }
}

fn take(code: &mut Option<Code>, inside: Option<&str>, words: &mut String, text: &str) {
    if let Some(code) = code {
        code.text.push_str(text);
    } else if inside.is_some() {
        words.push_str(text);
    }
}

fn text_object(tag: &BytesStart<'_>) -> Object {
    let area = attribute(tag, "Boundary").and_then(|b| area(&b)).unwrap_or_default();
    let matrix = attribute(tag, "CTM").and_then(|m| numbers(&m, 6).try_into().ok());
    let size = attribute(tag, "Size").and_then(|s| numbers(&s, 1).pop()).filter(|s| *s > 0.0).unwrap_or(3.5);
    Object { origin: [area[0], area[1]], matrix, size }
}

fn piece(code: Code, object: &Object) -> Option<Piece> {
    let text: Vec<char> = code.text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    if text.is_empty() {
        return None;
    }
    let steps = steps(&code.across, text.len());
    let wide = |c: char| if c.is_ascii() { object.size / 2.0 } else { object.size };
    let (mut x, mut spread) = (code.x, String::new());
    for (i, c) in text.iter().enumerate() {
        spread.push(*c);
        let width = wide(*c);
        // Where steps are not given the characters stand close.
        let step = steps.get(i).copied().unwrap_or(width);
        x += step;
        if i + 1 < text.len() && step > width + object.size {
            spread.push_str(if step > width + object.size * 2.0 { "  " } else { " " });
        }
    }
    let [begin, end] = [code.x, x].map(|x| placed(object, x, code.y));
    let scale = object.matrix.map_or(1.0, |m| m[3].hypot(m[1])).clamp(0.01, 100.0);
    let size = object.size * if scale.is_finite() { scale } else { 1.0 };
    Some(Piece { x: begin[0].min(end[0]), y: begin[1], end: begin[0].max(end[0]), size, text: spread })
}

fn placed(object: &Object, x: f64, y: f64) -> [f64; 2] {
    let [x, y] = object.matrix.map_or([x, y], |[a, b, c, d, e, f]| [a * x + c * y + e, b * x + d * y + f]);
    let sane = |v: f64| if v.is_finite() { v.clamp(-1e6, 1e6) } else { 0.0 };
    [sane(object.origin[0] + x), sane(object.origin[1] + y)]
}

/// Steps between characters: `3.5 3.5 4` or `g 5 3.5` for five equal ones; never more than there are characters.
fn steps(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.split_whitespace();
    let number = |w: &str| w.parse::<f64>().ok().filter(|n| n.is_finite());
    while let Some(word) = words.next() {
        if steps.len() >= most {
            break;
        }
        if word == "g" {
            let (count, step) = (words.next().and_then(|n| n.parse::<usize>().ok()), words.next().and_then(number));
            let Some((count, step)) = count.zip(step) else { break };
            steps.extend(std::iter::repeat_n(step, count.min(most - steps.len())));
        } else if let Some(step) = number(word) {
            steps.push(step);
        } else {
            break;
        }
    }
    steps
}
