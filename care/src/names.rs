//! Names as Indonesians write them, made comparable.
//!
//! The rule this module protects: *two spellings of one name meet, and a name is never shortened to meet another.* Old
//! spelling (*oe*, *dj*, *tj*, *sj*, *ch*), Arabic names in their many Latin forms, abbreviations (Moh., Abd.) and titles
//! are made equal; what is shown is always what was typed. Names of one word are as good as any.

mod sound;

pub(crate) use sound::{old_spelling, sound};

/// A name as it was typed, and as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Name {
    /// As typed.
    pub(crate) text: String,
    /// Words in plain small letters, without titles, with abbreviations written out; joined by spaces.
    pub(crate) words: String,
    /// The sound of each word of `words`, joined by spaces.
    pub(crate) sounds: String,
}

/// Words before or after a name that are no part of it.
const TITLES: [&str; 39] = [
    "h", "hj", "haji", "hajah", "ibu", "bu", "bapak", "bpk", "pak", "bp", "ny", "nyonya", "tn", "tuan", "nn",
    "nona", "sdr", "sdri", "almh", "alm", "drs", "dra", "dr", "drg", "ir", "prof", "ust", "ustadz", "kh",
    "kyai", "spd", "se", "sh", "ssos", "skm", "amd", "keb", "str", "skep",
];

/// Abbreviations, and other spellings that no rule of sounds reaches.
const WRITTEN_OUT: [(&str, &str); 22] = [
    ("moh", "muhammad"),
    ("moch", "muhammad"),
    ("mochammad", "muhammad"),
    ("mochamad", "muhammad"),
    ("mohammad", "muhammad"),
    ("mohamad", "muhammad"),
    ("mohammed", "muhammad"),
    ("mohamed", "muhammad"),
    ("muhamad", "muhammad"),
    ("muhammed", "muhammad"),
    ("muchammad", "muhammad"),
    ("muchamad", "muhammad"),
    ("muh", "muhammad"),
    ("much", "muhammad"),
    ("mohd", "muhammad"),
    ("muhd", "muhammad"),
    ("md", "muhammad"),
    ("m", "muhammad"),
    ("abd", "abdul"),
    ("abdoel", "abdul"),
    ("st", "siti"),
    ("sitti", "siti"),
];

impl Name {
    /// A name that somebody typed.
    pub(crate) fn new(text: &str) -> Name {
        let mut name = Name { text: text.to_owned(), ..Name::default() };
        for word in words(text) {
            if !name.words.is_empty() {
                name.words.push(' ');
                name.sounds.push(' ');
            }
            name.words.push_str(&word);
            name.sounds.push_str(&sound(&word));
        }
        name
    }

    /// Is there nothing to compare?
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// The words of a name in plain small letters, without titles, with abbreviations written out.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let words = plain_words(text);
    // A single "Haji" or "M" is a name after all.
    let has_other = words.iter().any(|word| !is_title(word));
    let kept = words.into_iter().filter(move |word| !has_other || !is_title(word));
    kept.map(|word| written_out(&word).map(str::to_owned).unwrap_or(word))
}

/// Is the word a title, and no part of a name?
pub(crate) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// The long form of an abbreviation.
pub(crate) fn written_out(word: &str) -> Option<&'static str> {
    WRITTEN_OUT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long)
}

/// Words in small letters without accents. A point, comma, hyphen or space ends a word, except between the letters of a
/// title such as S.Pd; an apostrophe is left out.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for rough in text.split([' ', ',', '-', '/', '\t']) {
        let mut word = String::with_capacity(rough.len());
        let mut after_point = String::new();
        for letter in rough.chars() {
            match letter {
                '.' if word.chars().count() > 1 && !word.is_empty() && after_point.is_empty() => {
                    after_point.push('.')
                }
                '.' | '\'' | '’' | '`' | '‘' | '"' => {}
                letter if after_point.is_empty() => plain(letter, &mut word),
                letter => plain(letter, &mut after_point),
            }
        }
        let rest = after_point.trim_start_matches('.').to_owned();
        words.extend([word, rest].into_iter().filter(|word| !word.is_empty()));
    }
    words
}

fn plain(letter: char, out: &mut String) {
    for small in letter.to_lowercase() {
        let bare = match small {
            'à'..='å' | 'ā' => 'a',
            'è'..='ë' | 'ē' => 'e',
            'ì'..='ï' | 'ī' => 'i',
            'ò'..='ö' | 'ō' => 'o',
            'ù'..='ü' | 'ū' => 'u',
            'ç' => 'c',
            'ñ' => 'n',
            'ḥ' => 'h',
            'ṣ' => 's',
            other => other,
        };
        if bare.is_alphanumeric() {
            out.push(bare);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        let same = [
            ("Moh. Yusuf", "Muhammad Yusuf"),
            ("Moch. Yusup", "Mohammad Yusuf"),
            ("M. Yusuf", "Muhamad Yusuf"),
            ("Muh Yusuf", "Mohd. Yusuf"),
            ("Moh.Yusuf", "Muchammad Yusuf"),
            ("Soekarno", "Sukarno"),
            ("Djoko", "Joko"),
            ("Tjahjo", "Cahjo"),
            ("Sjarifuddin", "Syarifudin"),
            ("Achmad", "Akhmad"),
            ("Achmad", "Ahmad"),
            ("Choirul", "Khoirul"),
            ("Abd. Rahman", "Abdul Rachman"),
            ("Hj. Siti Aminah, S.Pd", "siti aminah"),
            ("Ibu Sri", "Sri"),
            ("Drs. H. Slamet", "Slamet"),
            ("Nur'aini", "Nuraini"),
            ("Novi", "Nopi"),
            ("Aziz", "Asis"),
            ("Aisyah", "Aisya"),
            ("Desy", "Desi"),
            ("Fatimah", "Fathimah"),
            ("St. Aisyah", "Siti Aisyah"),
            ("Zulkifli", "Sulkipli"),
            ("ANNISA", "anisa"),
        ];
        for (one, other) in same {
            assert_eq!(Name::new(one).sounds, Name::new(other).sounds, "{one} and {other}");
        }
    }

    #[test]
    fn different_names_sound_different() {
        let different = [
            ("Siti", "Sita"),
            ("Aminah", "Amina Sari"),
            ("Yusuf", "Yunus"),
            ("Muhlis", "Muhammad"),
            ("Sri", "Ari"),
            ("Wati", "Yati"),
            ("Dewi", "Devi"),
            ("Budi", "Rudi"),
        ];
        for (one, other) in different {
            assert_ne!(Name::new(one).sounds, Name::new(other).sounds, "{one} and {other}");
        }
    }

    #[test]
    fn old_j_is_read_as_y_only_as_a_guess() {
        let (old, new) = (Name::new("Jusuf").sounds, Name::new("Yusuf").sounds);
        assert_ne!(old, new);
        assert!(old_spelling(&old).eq(new.bytes()), "{old} and {new}");
    }

    #[test]
    fn a_title_alone_is_a_name() {
        assert_eq!(Name::new("Haji").words, "haji");
        assert_eq!(Name::new("Ny. Pak Haji").words, "ny pak haji");
        assert!(Name::new(" . - ").is_empty());
        assert_eq!(Name::new("Élise-Müller").words, "elise muller");
    }
}
