//! Words in which reviewers give way (隐去评估专家): their codes and names, where these are meant. Must not change anything else that people
//! wrote, so that what only may be a code is left and told to whoever asked.
//!
//! A code or name is looked for where it stands by itself: not within a longer word of letters and digits, and not within the longer name
//! of another person of the cases. A code of letters is meant wherever it stands so. A code of digits alone, or one character, is meant
//! where it is called 专家, 评委 or 评审, where it stands as in the sentences that settle marks (`902 扣 2 分`, `集体合议（901、902）`), and in
//! a list with one that is meant.

/// What stands for a reviewer.
pub const SOMEBODY: &str = "评估专家";

/// Titles of a reviewer before or after a code, the longest first.
const TITLES: [&str; 8] = ["评估专家", "评审专家", "评审员", "评估员", "评委", "专家", "评审", "委员"];
/// What may stand between a title and the code.
const NUMBER: [&str; 5] = ["编号", "代号", "号", "编码", "代码"];
/// What follows who marked or decided.
const MARKED: [&str; 8] = ["评“", "扣 ", "扣分", "不扣", "决定", "同意", "不同意", "认为"];
/// What follows digits that count or number something else.
const UNITS: &str = "年月日时分秒页件条款项份次人名天个元周岁卷册行列张倍%％";
/// What follows a character such as 甲 that is no reviewer.
const PARTS: &str = "方级类等种某型部队";
/// What stands before digits that number or count something else.
const NUMBERED: [&str; 6] = ["第", "扣", "评", "加", "减", "得"];
/// What stands before a reviewer in running words.
const BEFORE: &str = "由经按与和同据请";
/// What may stand between who marked and how.
const ALL: &str = "均都皆也";
/// What joins codes in a list.
const JOINTS: &str = "、和与及，,/／";
/// What begins a sentence or a line of it.
const OPENINGS: &str = "\n。；;：: 　";

/// Words without reviewers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hushed {
    /// The words.
    pub words: String,
    /// Whether something is left that may be a code.
    pub doubtful: bool,
}

/// A code or name where it stands by itself.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    meant: bool,
}

/// Words without these codes and names; `persons` are the others whose names may hold one.
pub fn hush(words: &str, reviewers: &[String], persons: &[String]) -> Hushed {
    let shown: Vec<char> = words.chars().collect();
    // One for one, so that places agree.
    let text: Vec<char> = shown.iter().map(|c| folded(*c)).collect();
    let mut known: Vec<Vec<char>> = reviewers.iter().map(|r| r.trim().chars().map(folded).collect()).collect();
    known.retain(|r| !r.is_empty());
    known.sort_by_key(|r| std::cmp::Reverse(r.len()));
    let persons: Vec<Vec<char>> = persons.iter().map(|p| p.chars().map(folded).collect()).collect();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let found = known.iter().find(|k| stands(&text, at, k) && !is_within(&text, at, k, &persons));
        if let Some(found) = found {
            let end = at + found.len();
            let alone = found.len() < 2 && !found.iter().all(char::is_ascii_alphabetic);
            let weak = alone || found.iter().all(char::is_ascii_digit);
            hits.push(Hit { start: at, end, meant: !weak || is_called(&text, at, end) || is_marked(&text, at, end) });
            at = end;
        } else {
            at += 1;
        }
    }
    spread(&text, &mut hits);
    let doubtful = hits.iter().any(|h| !h.meant && may_be(&text, *h));
    Hushed { words: tidy(&replaced(&shown, &text, &hits)), doubtful }
}

/// Full-width letters and digits as others, capitals.
fn folded(c: char) -> char {
    let narrow = if matches!(c, '\u{ff01}'..='\u{ff5e}') { char::from_u32(u32::from(c) - 0xfee0) } else { None };
    match narrow {
        Some(n) if n.is_ascii_alphanumeric() => n.to_ascii_uppercase(),
        _ => c.to_ascii_uppercase(),
    }
}

fn before(text: &[char], at: usize) -> Option<char> {
    at.checked_sub(1).and_then(|i| text.get(i)).copied()
}

fn starts(text: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| text.get(at + i) == Some(&c))
}

fn ends(text: &[char], end: usize, word: &str) -> bool {
    end.checked_sub(word.chars().count()).is_some_and(|at| starts(text, at, word))
}

/// Whether a code or name stands here, and not within a longer word of letters and digits.
fn stands(text: &[char], at: usize, known: &[char]) -> bool {
    let is_letter = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    let end = at + known.len();
    let free = |edge: Option<&char>, next: Option<&char>| !(is_letter(edge) && is_letter(next));
    text.get(at..end) == Some(known) && free(known.first(), before(text, at).as_ref()) && free(known.last(), text.get(end))
}

/// Whether it is a part of the longer name of another person.
fn is_within(text: &[char], at: usize, known: &[char], persons: &[Vec<char>]) -> bool {
    persons.iter().filter(|p| p.len() > known.len()).any(|p| {
        let offsets = p.windows(known.len()).enumerate().filter(|(_, w)| *w == known).map(|(i, _)| i);
        offsets.filter_map(|i| at.checked_sub(i)).any(|from| text.get(from..from + p.len()) == Some(p))
    })
}

/// The place before blanks and colons.
fn back(text: &[char], mut at: usize) -> usize {
    while before(text, at).is_some_and(|c| c.is_whitespace() || matches!(c, ':' | '：' | '“' | '"')) {
        at -= 1;
    }
    at
}

/// The place behind blanks.
fn forth(text: &[char], mut at: usize) -> usize {
    while text.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

/// Where a title begins that ends here, or that a word such as 编号 parts from here.
fn title_before(text: &[char], at: usize) -> Option<usize> {
    let mut at = back(text, at);
    if let Some(word) = NUMBER.iter().find(|w| ends(text, at, w)) {
        at = back(text, at - word.chars().count());
    }
    let title = TITLES.iter().find(|t| ends(text, at, t))?;
    Some(at - title.chars().count())
}

/// Where a title ends that begins here.
fn title_behind(text: &[char], at: usize) -> Option<usize> {
    let mut at = forth(text, at);
    if text.get(at) == Some(&'号') {
        at = forth(text, at + 1);
    }
    let title = TITLES.iter().find(|t| starts(text, at, t))?;
    Some(at + title.chars().count())
}

fn is_called(text: &[char], start: usize, end: usize) -> bool {
    title_before(text, start).is_some() || title_behind(text, end).is_some()
}

/// Whether it stands where marks and decisions name who made them.
fn is_marked(text: &[char], start: usize, end: usize) -> bool {
    let mut next = forth(text, end);
    if text.get(next).is_some_and(|c| ALL.contains(*c)) {
        next = forth(text, next + 1);
    }
    starts(text, next, "评 ")
        || MARKED.iter().any(|w| starts(text, next, w))
        || ends(text, start, "集体合议（")
        || ends(text, start, "申诉后由")
}

/// What is in a list with one that is meant is meant.
fn spread(text: &[char], hits: &mut [Hit]) {
    let last = hits.len();
    let joined = |a: Hit, b: Hit| {
        let (from, to) = (forth(text, a.end), back(text, b.start));
        from < to && text.get(from..to).is_some_and(|gap| gap.len() == 1 && gap.iter().all(|c| JOINTS.contains(*c)))
    };
    let mut pass = |order: &mut dyn Iterator<Item = (usize, usize)>| {
        for (from, to) in order {
            let (Some(a), Some(b)) = (hits.get(from).copied(), hits.get(to).copied()) else { continue };
            if a.meant && (joined(a, b) || joined(b, a)) {
                hits.iter_mut().skip(to).take(1).for_each(|h| h.meant = true);
            }
        }
    };
    pass(&mut (1..last).map(|i| (i - 1, i)));
    pass(&mut (1..last).rev().map(|i| (i, i - 1)));
}

/// Whether what stands by itself may be a code, and is not plainly part of a day, a count or a number of something.
fn may_be(text: &[char], hit: Hit) -> bool {
    let (first, next) = (before(text, hit.start), text.get(hit.end).copied());
    let cjk = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !c.is_ascii());
    if text.get(hit.start).is_some_and(|c| !c.is_ascii()) {
        // A character of its own: within running words it is one of a longer word.
        let free = !cjk(first) || first.is_some_and(|c| BEFORE.contains(c));
        return free && !next.is_some_and(|c| PARTS.contains(c));
    }
    let digit = |at: Option<usize>| at.and_then(|i| text.get(i)).is_some_and(char::is_ascii_digit);
    let part = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '.' | ':' | '：' | '～' | '~' | '—'));
    let of_day = (part(first) && digit(hit.start.checked_sub(2))) || (part(next) && digit(Some(hit.end + 1)));
    let behind = forth(text, hit.end);
    let counted = text.get(behind).is_some_and(|c| UNITS.contains(*c));
    let numbered = NUMBERED.iter().any(|w| ends(text, back(text, hit.start), w))
        || starts(text, behind, "工作日")
        || matches!(first, Some('〔' | '〕' | '￥' | '¥'));
    !(of_day || counted || numbered || is_listed(text, hit))
}

/// Whether it numbers a line: `1.`, `2、` or `（3）` where a sentence begins.
fn is_listed(text: &[char], hit: Hit) -> bool {
    let start = if before(text, hit.start) == Some('（') { hit.start - 1 } else { hit.start };
    let opens = before(text, start).is_none_or(|c| OPENINGS.contains(c));
    let closes = text.get(hit.end).is_some_and(|c| matches!(c, '.' | '．' | '、' | ')' | '）'));
    let short = hit.end - hit.start < 3 && text.get(hit.start) != Some(&'0');
    opens && closes && short && text.get(hit.end + 1).is_some()
}

fn replaced(shown: &[char], text: &[char], hits: &[Hit]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hit in hits.iter().filter(|h| h.meant) {
        let start = title_before(text, hit.start).unwrap_or(hit.start).max(done);
        let end = title_behind(text, hit.end).unwrap_or(hit.end);
        out.extend(shown.get(done..start).unwrap_or_default());
        out.push_str(SOMEBODY);
        done = end;
    }
    out.extend(shown.get(done..).unwrap_or_default());
    out
}

/// Lists of nobody in particular as one.
fn tidy(words: &str) -> String {
    let mut said = words.to_owned();
    let doubled = "、和与及".chars().map(|c| (format!("{SOMEBODY}{c}{SOMEBODY}"), SOMEBODY));
    for (twice, once) in doubled.chain([(format!("{SOMEBODY}{SOMEBODY}"), SOMEBODY), (format!("（{SOMEBODY}）"), "")]) {
        while said.contains(&twice) {
            said = said.replace(&twice, once);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::{Hushed, hush};

    fn list(words: &str) -> Vec<String> {
        words.split(' ').filter(|w| !w.is_empty()).map(ToOwned::to_owned).collect()
    }

    /// Reviewers, other persons, what was written, what is said of it, whether something is left that may be a code.
    type Case = (&'static str, &'static str, &'static str, &'static str, bool);

    fn check(cases: &[Case]) {
        for (reviewers, persons, words, said, doubtful) in cases {
            let want = Hushed { words: (*said).to_owned(), doubtful: *doubtful };
            assert_eq!(hush(words, &list(reviewers), &list(persons)), want, "{words}");
        }
    }

    #[test]
    fn codes_of_letters_give_way_wherever_they_stand_by_themselves() {
        check(&[
            ("Z01", "", "Z01 不同意 AZ01、Z012 的意见", "评估专家 不同意 AZ01、Z012 的意见", false),
            ("Z01 Z02", "", "Z01、Z02 均扣分", "评估专家 均扣分", false),
            ("Z01", "", "ｚ０１同意，z01也同意", "评估专家同意，评估专家也同意", false),
            ("Z01", "", "专家Z01认为过简", "评估专家认为过简", false),
            ("Z01 Z02", "", "按评委Z01和Z02的意见", "按评估专家的意见", false),
            ("A", "", "A 不扣分，用A4纸", "评估专家 不扣分，用A4纸", false),
            ("Z01 Z02 Z05", "", "集体合议（Z02、Z05）：扣 2", "集体合议：扣 2", false),
        ]);
    }

    #[test]
    fn names_give_way_but_not_within_the_name_of_another() {
        check(&[
            ("王伟", "王伟明", "王伟认为，承办人王伟明没有会见", "评估专家认为，承办人王伟明没有会见", false),
            ("王伟", "小王伟明", "小王伟明未签名", "小王伟明未签名", false),
            ("王伟 王伟明", "", "王伟明和王伟均扣分", "评估专家均扣分", false),
            ("王伟", "王伟明", "王伟、王伟明", "评估专家、王伟明", false),
            ("王伟", "", "专家王伟评议", "评估专家评议", false),
        ]);
    }

    #[test]
    fn codes_of_digits_give_way_only_where_reviewers_are_meant() {
        check(&[
            ("902", "", "专家902认为过简", "评估专家认为过简", false),
            ("902", "", "902号专家认为过简", "评估专家认为过简", false),
            ("902", "", "评审专家编号：902，提问过简", "评估专家，提问过简", false),
            ("901 902", "", "评委901、902意见不一", "评估专家意见不一", false),
            ("901 902", "", "901、902号评委意见不一", "评估专家意见不一", false),
            ("901 902", "", "集体合议（901、902）：扣 2", "集体合议：扣 2", false),
            (
                "01 02",
                "",
                "01 扣 2 分（过简）；02 评 8 分；01 不扣分",
                "评估专家 扣 2 分（过简）；评估专家 评 8 分；评估专家 不扣分",
                false,
            ),
            ("01 02", "", "改为扣 3（01、02 决定：已在卷）", "改为扣 3（评估专家 决定：已在卷）", false),
            ("902", "", "见第902页，共902件，19020", "见第902页，共902件，19020", false),
            ("01 02", "", "2024-01-02 指派，2024年01月02日 10:01 会见", "2024-01-02 指派，2024年01月02日 10:01 会见", false),
            ("01", "", "按02 的看法改，01", "按02 的看法改，01", true),
            ("902", "", "笔录过简（902）", "笔录过简（902）", true),
            ("902", "", "902", "902", true),
            ("1 2", "", "1.未附委托书；2、未签名。（1）无日期", "1.未附委托书；2、未签名。（1）无日期", false),
            ("2 3", "", "集体合议：扣 2，提问仍偏简；扣 6改为扣 3", "集体合议：扣 2，提问仍偏简；扣 6改为扣 3", false),
            ("1", "", "1说过简", "1说过简", true),
        ]);
    }

    #[test]
    fn codes_of_one_character_are_told_from_words_that_hold_it() {
        check(&[
            ("甲 乙", "", "甲认为过简，甲方未签名", "评估专家认为过简，甲方未签名", false),
            ("甲 乙", "", "甲、乙均不同意", "评估专家均不同意", false),
            ("甲", "", "由甲复核", "由甲复核", true),
            ("甲", "", "专家甲", "评估专家", false),
            ("甲", "", "装甲车", "装甲车", false),
        ]);
    }
}
