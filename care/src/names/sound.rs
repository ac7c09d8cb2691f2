//! How a word sounds.
//!
//! The rule this module protects: *a rule of sounds holds in every name*; what holds in one name only is written out in a
//! list instead.

/// Pairs of letters that sound alike, in the order in which they are replaced.
const ALIKE: [(&str, &str); 19] = [
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
    ("z", "s"),
    ("v", "f"),
    ("p", "f"),
    ("q", "k"),
    ("x", "ks"),
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
        if sound.contains(written) {
            sound = sound.replace(written, heard);
        }
    }
    let mut letters = String::with_capacity(sound.len());
    for letter in sound.chars() {
        if !letters.ends_with(letter) {
            letters.push(letter);
        }
    }
    if letters.len() >= SILENT_H_FROM && letters.ends_with('h') {
        letters.pop();
    }
    letters
}

/// The same sound where an old *j* is read as *y* (Jusuf, Yusuf): a guess, so it counts for less.
pub(crate) fn old_spelling(sound: &str) -> String {
    sound.replace('j', "y")
}
