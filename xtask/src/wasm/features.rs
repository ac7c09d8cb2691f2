//! What a WebAssembly module declares to need.
//!
//! The rule this module protects: *the core loads on Chrome before 96, which has no reference types.* rustup's
//! ready-made standard library declares them without using them, and wasm-bindgen would then write glue that does.

const SECTION_CUSTOM: u8 = 0;
const HEADER_BYTES: usize = 8;
const UNWANTED: &[u8] = b"reference-types";

/// The module without its declaration of reference types; `None` if it is no module.
pub fn without_reference_types(module: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(HEADER_BYTES)?;
    if !header.starts_with(b"\0asm") {
        return None;
    }
    let mut out = header.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        let (body, after) = sized(after)?;
        out.push(kind);
        match sized(body) {
            Some((b"target_features", list)) if kind == SECTION_CUSTOM => {
                let name = &body[..body.len() - list.len()];
                push_sized(&mut out, &[name, &without_unwanted(list)?].concat());
            }
            _ => push_sized(&mut out, body),
        }
        rest = after;
    }
    Some(out)
}

/// A list is its length and its items; an item is a sign, `+` or `-`, and a name.
fn without_unwanted(list: &[u8]) -> Option<Vec<u8>> {
    let (count, mut rest) = number(list)?;
    let mut kept = Vec::new();
    let mut kept_count = 0;
    for _ in 0..count {
        let (&sign, after) = rest.split_first()?;
        let (name, after) = sized(after)?;
        if name != UNWANTED {
            kept.push(sign);
            push_sized(&mut kept, name);
            kept_count += 1;
        }
        rest = after;
    }
    let mut out = Vec::new();
    push_number(&mut out, kept_count);
    out.extend(kept);
    Some(out)
}

/// A length and that many bytes, and what follows.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

fn push_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    push_number(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// A number in LEB128, seven bits to a byte, and what follows.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().take(5).position(|byte| byte & 0x80 == 0)?;
    let (digits, rest) = bytes.split_at(last + 1);
    Some((digits.iter().rev().fold(0, |n, byte| n << 7 | usize::from(byte & 0x7f)), rest))
}

fn push_number(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(features: &[&str]) -> Vec<u8> {
        let mut list = Vec::new();
        push_sized(&mut list, b"target_features");
        push_number(&mut list, features.len());
        for name in features {
            list.push(b'+');
            push_sized(&mut list, name.as_bytes());
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(1);
        push_sized(&mut module, &[7; 300]);
        module.push(SECTION_CUSTOM);
        push_sized(&mut module, &list);
        module
    }

    #[test]
    fn only_the_unwanted_feature_goes() {
        let before = module(&["bulk-memory", "reference-types", "sign-ext"]);
        assert_eq!(without_reference_types(&before), Some(module(&["bulk-memory", "sign-ext"])));
        let plain = module(&["sign-ext"]);
        assert_eq!(without_reference_types(&plain), Some(plain.clone()));
    }

    #[test]
    fn what_is_cut_short_or_no_module_is_refused() {
        let whole = module(&["reference-types"]);
        assert_eq!(without_reference_types(&whole[..whole.len() - 1]), None);
        assert_eq!(without_reference_types(b"GIF89a..........."), None);
    }
}
