//! What somebody typed, compared with a name.
//!
//! The rule this module protects: *every word that was typed must be found in the name*, each in a word of its own.

use crate::names::{Name, is_title, old_spelling, plain_words, sound, written_out};

const SAME_SCORE: u32 = 100;
const BEGINNING_SCORE: u32 = 95;
const SOUND_SCORE: u32 = 85;
const SOUND_BEGINNING_SCORE: u32 = 78;
const OLD_SPELLING_SCORE: u32 = 65;
const SLIP_SCORE: u32 = 55;
/// Fewer letters than this are never taken for a slip of the finger; nor is another first letter.
const SLIP_FROM_LETTERS: usize = 5;

/// What was typed, taken apart once.
pub(crate) struct Query {
    pub(crate) words: Vec<Word>,
    /// The sounds of all words without a space between them.
    joined: String,
    /// Neighbourhood unit without zeros in front.
    pub(crate) rt: Option<String>,
}

/// A word of the query in each form that is compared.
pub(crate) struct Word {
    plain: String,
    sound: String,
    /// What the word is short for, and how that sounds.
    long: Option<(&'static str, String)>,
}

impl Query {
    /// What somebody typed.
    pub(crate) fn new(text: &str) -> Query {
        let mut query = Query { words: Vec::new(), joined: String::new(), rt: None };
        let all = plain_words(text);
        let has_name = all.iter().any(|word| !is_title(word));
        let mut typed = all.into_iter().peekable();
        while let Some(word) = typed.next() {
            let number = word.strip_prefix("rt").unwrap_or(&word);
            let is_number =
                |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
            if is_number(number) {
                query.rt = Some(without_zeros(number).to_owned());
            } else if word == "rt" && typed.peek().is_some_and(|next| is_number(next)) {
                // The number that follows says it all.
            } else if has_name && is_title(&word) {
                // Bu Siti is found by Siti.
            } else {
                let sound = sound(&word);
                let long = written_out(&word).map(|long| (long, crate::names::sound(long)));
                query.joined.push_str(&sound);
                query.words.push(Word { sound, plain: word, long });
            }
        }
        query
    }

    /// 0 (no match) to 100: the mean over the words of the query, each matched by a word of the name of its own.
    pub(crate) fn score(&self, name: &Name) -> u32 {
        let mut taken = 0_u32;
        let mut sum = 0;
        for word in &self.words {
            let mut best = (0, 0);
            for (nth, (plain, sound)) in
                name.words.split(' ').zip(name.sounds.split(' ')).enumerate().take(32)
            {
                let score = if taken & (1 << nth) == 0 { word.score(plain, sound) } else { 0 };
                if score > best.0 {
                    best = (score, nth);
                }
            }
            if best.0 == 0 {
                return self.score_joined(name);
            }
            taken |= 1 << best.1;
            sum += best.0;
        }
        sum / self.words.len().max(1) as u32
    }

    /// Words that one person writes apart and another in one: Nur Aini, Nuraini.
    fn score_joined(&self, name: &Name) -> u32 {
        if self.joined.len() < SLIP_FROM_LETTERS || self.words.len() < 2 && !name.sounds.contains(' ') {
            return 0;
        }
        let joined = name.sounds.bytes().filter(|letter| *letter != b' ');
        if begins_with(joined, self.joined.bytes()) { SOUND_BEGINNING_SCORE } else { 0 }
    }
}

impl Word {
    fn score(&self, plain: &str, sound: &str) -> u32 {
        if plain == self.plain || self.long.as_ref().is_some_and(|(long, _)| plain == *long) {
            return SAME_SCORE;
        }
        if plain.starts_with(&self.plain) {
            return BEGINNING_SCORE;
        }
        if sound == self.sound {
            return SOUND_SCORE;
        }
        let long_sounds = self.long.as_ref().is_some_and(|(_, long)| sound == long);
        if long_sounds || sound.starts_with(&self.sound) {
            return SOUND_BEGINNING_SCORE;
        }
        let has_j = self.sound.contains('j') || sound.contains('j');
        if has_j && begins_with(old_spelling(sound), old_spelling(&self.sound)) {
            return OLD_SPELLING_SCORE;
        }
        let lengths = self.sound.len().abs_diff(sound.len());
        let is_slip = self.sound.len() >= SLIP_FROM_LETTERS
            && lengths <= 1
            && self.sound.as_bytes().first() == sound.as_bytes().first()
            && strsim::osa_distance(&self.sound, sound) <= 1;
        if is_slip { SLIP_SCORE } else { 0 }
    }
}

/// Are the first letters those of `beginning`?
fn begins_with(mut letters: impl Iterator<Item = u8>, mut beginning: impl Iterator<Item = u8>) -> bool {
    beginning.all(|letter| letters.next() == Some(letter))
}

/// A number as text without zeros in front: `03` is `3`.
pub(crate) fn without_zeros(number: &str) -> &str {
    number.trim().trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_in_any_spelling_find_a_name() {
        let cases = [
            ("sit", "Siti Aminah", BEGINNING_SCORE),
            ("siti", "Siti Aminah", SAME_SCORE),
            ("aminah siti", "Siti Aminah", SAME_SCORE),
            ("muh", "Moh. Yusuf", SAME_SCORE),
            ("muh", "Muhlis", BEGINNING_SCORE),
            ("m yusup", "Muhammad Yusuf", (SAME_SCORE + SOUND_SCORE) / 2),
            ("jusuf", "Yusuf", OLD_SPELLING_SCORE),
            ("yusuf", "Jusuf", OLD_SPELLING_SCORE),
            ("soe", "Sukarno", SOUND_BEGINNING_SCORE),
            ("nuraini", "Nur Aini", SOUND_BEGINNING_SCORE),
            ("nur aini", "Nur'aini", SOUND_BEGINNING_SCORE),
            ("suparmna", "Suparman", SLIP_SCORE),
            ("bu siti", "Siti Aminah", SAME_SCORE),
            ("sari sari", "Sari", 0),
            ("siti", "Sri", 0),
            ("budi", "Rudi", 0),
        ];
        for (typed, name, wanted) in cases {
            assert_eq!(Query::new(typed).score(&Name::new(name)), wanted, "{typed} in {name}");
        }
    }

    #[test]
    fn numbers_are_neighbourhood_units() {
        for text in ["rt 3", "RT 03", "rt03", "03", "003"] {
            let query = Query::new(text);
            assert_eq!((query.rt.as_deref(), query.words.len()), (Some("3"), 0), "{text}");
        }
        let query = Query::new("siti rt 12");
        assert_eq!((query.rt.as_deref(), query.words.len()), (Some("12"), 1));
        assert_eq!(Query::new("rtn").rt, None);
        assert_eq!(Query::new("1234567890123456").rt, None, "a long number is no neighbourhood unit");
    }
}
