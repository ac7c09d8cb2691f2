//! Exact decimals as text.
//!
//! The rule this module protects: *a number is kept as a whole number of its smallest unit, exactly.* 8.05 at scale 2
//! is 805; 8.055 at scale 2 is refused, never rounded.

use std::fmt;

/// A number with a point as a whole number of `10^-scale` units; `None` when it has more digits or is no number.
pub fn parse(text: &str, scale: u8) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > usize::from(scale) || !all_digits {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    format!("{sign}{whole}{fraction:0<width$}", width = usize::from(scale)).parse().ok()
}

/// Writes `units` of `10^-scale` with exactly `scale` digits after the point: 805 at scale 2 is `8.05`.
///
/// # Errors
/// Those of `out` alone.
pub fn write(out: &mut impl fmt::Write, units: i64, scale: u8) -> fmt::Result {
    let one = 10_u64.pow(u32::from(scale.min(18)));
    let (whole, fraction) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    let sign = if units < 0 { "-" } else { "" };
    match scale {
        0 => write!(out, "{sign}{whole}"),
        _ => write!(out, "{sign}{whole}.{fraction:0width$}", width = usize::from(scale)),
    }
}

/// `units` of `10^-scale` with exactly `scale` digits after the point.
pub fn text(units: i64, scale: u8) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut out, units, scale);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_refused() {
        let cases = [
            ("8.05", 2, Some(805)),
            ("8.050", 2, Some(805)),
            ("8.055", 2, None),
            ("-11.5", 6, Some(-11_500_000)),
            ("38", 1, Some(380)),
            ("0", 0, Some(0)),
            ("", 0, None),
            ("1e3", 0, None),
            ("+5", 0, None),
            ("99999999999999999999", 0, None),
        ];
        for (text, scale, wanted) in cases {
            assert_eq!(parse(text, scale), wanted, "{text} at scale {scale}");
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for scale in 0..=6 {
            for units in [i64::MIN, -805, -5, -1, 0, 1, 5, 805, 1_000_000, i64::MAX] {
                assert_eq!(parse(&text(units, scale), scale), Some(units), "{units} at scale {scale}");
            }
        }
        assert_eq!((text(805, 2), text(-5, 2), text(5, 0)), ("8.05".into(), "-0.05".into(), "5".into()));
    }
}
