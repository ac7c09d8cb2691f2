//! How a word sounds.
//!
//! The rule this module protects: *a rule of sounds holds in every name*; what holds in one name only is written out in a
//! list instead.

/// Pairs of letters and the one that they sound like, in the order in which they are replaced.
const ALIKE: [(&str, &str); 14] = [
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "s"),
    ("sy", "s"),
    ("sh", "s"),
    ("ts", "s"),
    ("dz", "s"),
    ("ch", "h"),
    ("kh", "h"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("gh", "g"),
];

/// From so many letters on, an *h* at the end is silent (Aisyah, Aisya).
const SILENT_H_FROM: usize = 5;

/// How a word sounds: words of one sound are one name in two spellings.
pub(crate) fn sound(word: &str) -> String {
    let mut sound = word.to_owned();
    // First, or the end of Desy would sound like that of Des.
    if sound.len() > 2 && sound.ends_with('y') {
        sound.pop();
        sound.push('i');
    }
    for (written, heard) in ALIKE {
        if sound.as_bytes().windows(2).any(|pair| pair == written.as_bytes()) {
            sound = sound.replace(written, heard);
        }
    }
    let mut letters = String::with_capacity(sound.len());
    let mut hear = |letter| {
        if !letters.ends_with(letter) {
            letters.push(letter);
        }
    };
    for letter in sound.chars() {
        match letter {
            'z' => hear('s'),
            'v' | 'p' => hear('f'),
            'q' => hear('k'),
            'x' => {
                hear('k');
                hear('s');
            }
            other => hear(other),
        }
    }
    if letters.len() >= SILENT_H_FROM && letters.ends_with('h') {
        letters.pop();
    }
    letters
}

/// The same sound where an old *j* is read as *y* (Jusuf, Yusuf): a guess, so it counts for less.
pub(crate) fn old_spelling(sound: &str) -> impl Iterator<Item = u8> {
    sound.bytes().map(|letter| if letter == b'j' { b'y' } else { letter })
}
