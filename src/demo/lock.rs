//! Encrypts a PDF by its standard handler (revision 3, RC4 of 128 bits), with a password to open it or only one of its author.
//! Must not be used to protect anything: it is here so that locked papers can be planted.

use super::pdf::with_trailer;

/// The document with an author's password; with `user` it cannot be opened without one either.
pub fn locked(objects: &[Vec<u8>], user: bool) -> Vec<u8> {
    let mark = md5(&objects.concat());
    let (owner, opener) = (padded("虚构权限密码".as_bytes()), padded(if user { "虚构打开密码".as_bytes() } else { b"" }));
    let mut seed = md5(&owner);
    (0..50).for_each(|_| seed = md5(&seed));
    let rounds = |key: &[u8; 16], data: &[u8]| (0..20_u8).fold(data.to_vec(), |data, n| rc4(&key.map(|b| b ^ n), &data));
    let o = rounds(&seed, &opener);
    let permissions = (-3904_i32).to_le_bytes();
    let mut key = md5(&[&opener[..], &o, &permissions, &mark].concat());
    (0..50).for_each(|_| key = md5(&key));
    let mut u = rounds(&key, &md5(&[&PAD[..], &mark].concat()));
    u.resize(32, 0);
    let number = objects.len() + 1;
    let mut sealed: Vec<Vec<u8>> = (1_u32..).zip(objects).map(|(n, object)| one(n, object, &key)).collect();
    sealed.push(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{}> /U <{}> >>", hex(&o), hex(&u)).into_bytes());
    with_trailer(&sealed, &format!("/Encrypt {number} 0 R /ID [<{}> <{}>] ", hex(&mark), hex(&mark)))
}

/// Its stream, if it has one, with the key of its number. Strings in hexadecimal stand only in what is said of the document; they go.
fn one(number: u32, object: &[u8], key: &[u8; 16]) -> Vec<u8> {
    if object.starts_with(b"<< /Title") {
        return b"<< >>".to_vec();
    }
    let (begin, end) = (b"stream\n", b"\nendstream");
    let Some(from) = memchr::memmem::find(object, begin).map(|at| at + begin.len()) else { return object.to_vec() };
    let to = object.len() - end.len();
    let [a, b, c, _] = number.to_le_bytes();
    let own = md5(&[&key[..], &[a, b, c, 0, 0]].concat());
    [&object[..from], &rc4(&own, &object[from..to]), end].concat()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X}")).collect()
}

const PAD: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68,
    0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

fn padded(password: &[u8]) -> [u8; 32] {
    let mut all = password.iter().chain(&PAD).copied();
    std::array::from_fn(|_| all.next().unwrap_or(0))
}

fn rc4(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut s: [u8; 256] = std::array::from_fn(|i| u8::try_from(i).unwrap_or(0));
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(s[i]).wrapping_add(key[i % key.len()]);
        s.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let next = |byte: &u8| {
        i = i.wrapping_add(1);
        j = j.wrapping_add(s[usize::from(i)]);
        s.swap(usize::from(i), usize::from(j));
        byte ^ s[usize::from(s[usize::from(i)].wrapping_add(s[usize::from(j)]))]
    };
    data.iter().map(next).collect()
}

/// RFC 1321.
fn md5(data: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut state = [0x6745_2301_u32, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    let mut message = data.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((data.len() as u64 * 8).to_le_bytes());
    for block in message.chunks_exact(64) {
        let word = |n: usize| block[n * 4..n * 4 + 4].iter().rev().fold(0_u32, |w, b| w << 8 | u32::from(*b));
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64_usize {
            let (mix, at) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            // Parts of sines, as the standard has them.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the standard takes the whole part, below 2^32")]
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mix).wrapping_add(constant).wrapping_add(word(at));
            (a, d, c, b) = (d, c, b, b.wrapping_add(sum.rotate_left(TURNS[i / 16][i % 4])));
        }
        state = [state[0].wrapping_add(a), state[1].wrapping_add(b), state[2].wrapping_add(c), state[3].wrapping_add(d)];
    }
    let mut out = [0; 16];
    for (place, word) in out.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_and_ciphers_are_those_of_the_standards() {
        assert_eq!(hex(&md5(b"")), "D41D8CD98F00B204E9800998ECF8427E");
        assert_eq!(
            hex(&md5(b"12345678901234567890123456789012345678901234567890123456789012345678901234567890")),
            "57EDF4A22BE3C955AC49DA2E2107B67A"
        );
        assert_eq!(hex(&rc4(b"Key", b"Plaintext")), "BBF316E8D940AF0AD3");
    }
}
