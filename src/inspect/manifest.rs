//! Lists of hashes (哈希清单): `sha256sum` and `sm3sum` lines, `SM3 (name) = hash`, tables of name and hash with commas or
//! tabs, and those that `Get-FileHash` prints: algorithm, hash, path.
//! Must not read the files that are listed.

use sm3::{Digest, Sm3};

use crate::base::digest::hex;

/// Lines of a list: name of a file as written, and its hash in small hex.
pub fn lines(text: &str) -> Vec<(String, String)> {
    text.lines().filter_map(line).collect()
}

fn line(line: &str) -> Option<(String, String)> {
    // The hash is the one word of 64 hexadecimal digits; the name is what is left.
    let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let cut = |c: char| c.is_whitespace() || matches!(c, ',' | '=' | '"' | '，');
    let hash = line.split(cut).find(|w| is_hash(w))?;
    let at = line.find(hash)?;
    let (before, after) = (line.get(..at)?.trim(), line.get(at + hash.len()..)?.trim());
    // Numbers of lines and names of algorithms are no names of files.
    let tells = |text: &str| text.split(cut).any(|w| !is_algorithm(w) && w.bytes().any(|b| !b.is_ascii_digit()));
    let name = if before.is_empty() || (!tells(before) && tells(after)) { after } else { before };
    let name = name.trim_matches(|c: char| cut(c)).trim_start_matches('*');
    // `SM3 (name) =`
    let inner = name.split_once('(').filter(|(head, _)| is_algorithm(head.trim()));
    let name = inner.map_or(name, |(_, rest)| rest.trim_end_matches(|c: char| cut(c)).trim_end_matches(')'));
    // A table may number its lines, or have more columns: the name is the cell that ends like a file.
    let mut cells = name.split([',', '\t', '，']).map(str::trim).filter(|c| !c.is_empty());
    let name = cells.clone().find(|c| c.rsplit_once('.').is_some_and(|(_, e)| (2..=5).contains(&e.len()))).or_else(|| cells.next_back())?;
    let name = name.replace('\\', "/");
    (!name.is_empty()).then(|| (name.trim_start_matches("./").to_owned(), hash.to_ascii_lowercase()))
}

fn is_algorithm(word: &str) -> bool {
    ["SM3", "SHA256", "SHA-256", "SHA2-256"].iter().any(|a| word.eq_ignore_ascii_case(a))
}

/// SM3 in hex (GB/T 32905).
pub fn sm3(bytes: &[u8]) -> String {
    hex(&Sm3::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(sm3(b"abc"), ABC);
    }

    #[test]
    fn lists_in_every_writing() {
        for text in [
            format!("{ABC}  01申请表.pdf\n"),
            format!("{ABC} *01申请表.pdf"),
            format!("SM3 (01申请表.pdf) = {ABC}"),
            format!("SM3(01申请表.pdf)= {}", ABC.to_uppercase()),
            format!("1,01申请表.pdf,{ABC}"),
            format!("\"01申请表.pdf\",\"{ABC}\""),
            format!("01申请表.pdf\t{ABC}\t12345"),
            format!(
                "Algorithm       Hash       Path\r\n---------       ----       ----\r\nSHA256          {}       01申请表.pdf\r\n",
                ABC.to_uppercase()
            ),
            format!("\"Algorithm\",\"Hash\",\"Path\"\n\"SHA256\",\"{ABC}\",\"01申请表.pdf\""),
            format!("序号,哈希,文件名\n1,{ABC},01申请表.pdf"),
            format!("SM3\t{ABC}\t01申请表.pdf"),
            format!("文件名,哈希\n.\\01申请表.pdf,{ABC}"),
        ] {
            assert_eq!(lines(&text), [("01申请表.pdf".to_owned(), ABC.to_owned())], "{text}");
        }
        let told = lines(&format!("SHA256          {ABC}       D:\\档案\\02 身份 证明(1).txt"));
        assert_eq!(told, [("D:/档案/02 身份 证明(1).txt".to_owned(), ABC.to_owned())]);
        assert!(lines("材料清单\n1 申请表 abc").is_empty());
    }
}
