//! How alike two names are.
//!
//! The rule this module protects: *whole numbers only*, so that phone and server agree on the last digit.

/// Longer names are compared by their beginning only. A sealed name has no length that a server could refuse, and
/// comparing takes time by the square of it.
const LETTERS_MAX: usize = 250;

/// Likeness in thousandths: 1000 minus the share of letters to insert, take out or change (Levenshtein) to make one
/// of the other. Case, points, apostrophes and repeated spaces do not count.
pub(super) fn similarity_per_mille(a: &str, b: &str) -> u16 {
    let (a, b) = (folded(a), folded(b));
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 {
        return 1000;
    }
    let apart = strsim::levenshtein(&a, &b);
    (1000 * (longest - apart) / longest) as u16
}

fn folded(name: &str) -> String {
    let letters = name.chars().take(LETTERS_MAX).filter(|c| c.is_alphanumeric() || c.is_whitespace());
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_to_the_thousandth() {
        let cases = [
            ("Siti Aminah", "siti  aminah", 1000),
            ("Siti Aminah", "Siti Aminnah", 916),
            ("Moh. Hasan", "Moh Hasan", 1000),
            ("Sumiyati", "Sumiati", 875),
            ("Siti", "Budi", 250),
            ("", "Budi", 0),
            ("", "", 1000),
        ];
        let endless = "Siti ".repeat(1_000_000);
        assert_eq!(similarity_per_mille(&endless, &endless), 1000);
        for (a, b, wanted) in cases {
            assert_eq!(similarity_per_mille(a, b), wanted, "{a} and {b}");
            assert_eq!(similarity_per_mille(b, a), wanted, "{b} and {a}");
        }
    }
}
