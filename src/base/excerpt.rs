//! Shows mistakes with their lines and a caret under the wrong words, also under wide Chinese text.
//! Must not decide what a mistake is.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::mistake::{Mistake, Source, Spot};
use super::text::Lang;

/// All mistakes as a person reads them; `colour` adds ANSI codes.
pub fn render(mistakes: &[Mistake], sources: &[Source], lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for mistake in mistakes {
        out.push_str(&one(mistake, sources, lang, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn one(mistake: &Mistake, sources: &[Source], lang: Lang, renderer: &Renderer) -> String {
    let name = match (mistake.is_lint(), lang) {
        (true, Lang::Zh) => "提醒",
        (false, Lang::Zh) => "错误",
        (true, Lang::En) => "warning",
        (false, Lang::En) => "error",
    };
    let level = if mistake.is_lint() { Level::WARNING } else { Level::ERROR }.with_name(name);
    let advice = Level::HELP.with_name(if lang == Lang::Zh { "改法" } else { "help" });
    let snippet = |at: &Spot, label: Option<&str>, kind: AnnotationKind| {
        let source = sources.get(at.source);
        let text = source.map_or("", |s| s.text.as_str());
        let (start, end) = (floor(text, at.start), floor(text, at.end).max(floor(text, at.start)));
        let first_line = text.get(start..end).and_then(|s| s.find('\n')).map_or(end, |n| start + n);
        let mark = kind.span(start..first_line);
        let mark = match label {
            Some(label) => mark.label(label.to_owned()),
            None => mark,
        };
        Snippet::source(text.to_owned()).path(source.map_or(String::new(), |s| s.path.clone())).annotation(mark)
    };
    let mut group =
        level.primary_title(mistake.message.get(lang)).id(mistake.code).element(snippet(&mistake.at, None, AnnotationKind::Primary));
    for (at, label) in &mistake.also {
        group = group.element(snippet(at, Some(label.get(lang)), AnnotationKind::Context));
    }
    if let Some(help) = mistake.help.as_ref().filter(|h| !h.is_empty()) {
        group = group.element(advice.message(help.get(lang)));
    }
    renderer.render(&[group]).to_string()
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
