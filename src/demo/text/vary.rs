//! Sentences with choices in them: `在{城东|城西}的工地` gives one of two, `{3~20}天` one of the numbers. Must not know what they are about.

use crate::demo::draw::Draw;

/// One of the sentences that a template stands for.
pub fn vary(template: &str, draw: &mut Draw) -> String {
    let (mut out, mut rest) = (String::with_capacity(template.len()), template);
    while let Some((before, after)) = rest.split_once('{') {
        let (choices, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        let range = choices.split_once('~').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        match range {
            Some((from, to)) => out.push_str(&draw.between(from, to).to_string()),
            None => out.push_str(draw.pick(&choices.split('|').collect::<Vec<_>>())),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// So many of these in any order, none twice.
pub fn some(pool: &[&str], n: usize, draw: &mut Draw) -> Vec<String> {
    let mut left: Vec<&str> = pool.to_vec();
    (0..n.min(pool.len()))
        .map(|_| {
            let at = draw.index(left.len());
            vary(left.swap_remove(at), draw)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_its_turn() {
        let mut draw = Draw::new(1, 1);
        let all: std::collections::BTreeSet<String> = (0..100).map(|_| vary("在{甲|乙}处{3~4}天。", &mut draw)).collect();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ["在乙处3天。", "在乙处4天。", "在甲处3天。", "在甲处4天。"]);
        let mut picked = some(&["一", "二", "三"], 9, &mut draw);
        picked.sort();
        assert_eq!(picked, ["一", "三", "二"]);
    }
}
