//! How spellings are read: rules of all languages, and those in which the spelling habits of a group of them differ. The first rule that fits wins,
//! a habit's own before the common ones.

/// What some letters sound like.
pub(super) struct Rule {
    pub(super) letters: &'static str,
    /// Capitals: vowels A E I O (o and u are one), Č for ch and j, C for ts, S for s, z, sh and zh, H for h and kh.
    pub(super) sound: &'static str,
    pub(super) place: Place,
}

/// Where a rule holds.
pub(super) enum Place {
    Any,
    First,
    Last,
    Before(&'static str),
    NotBefore(&'static str),
}

/// How one group of languages spells.
pub(super) struct Habit {
    /// Letters one of which a word must have to be read so; `$` stands for the end. None: every word.
    pub(super) applies: &'static [&'static str],
    pub(super) rules: &'static [Rule],
}

const fn rule(letters: &'static str, sound: &'static str) -> Rule {
    Rule { letters, sound, place: Place::Any }
}

const fn last(letters: &'static str, sound: &'static str) -> Rule {
    Rule { letters, sound, place: Place::Last }
}

const fn first(letters: &'static str, sound: &'static str) -> Rule {
    Rule { letters, sound, place: Place::First }
}

const fn before(letters: &'static str, set: &'static str, sound: &'static str) -> Rule {
    Rule { letters, sound, place: Place::Before(set) }
}

const fn not_before(letters: &'static str, set: &'static str, sound: &'static str) -> Rule {
    Rule { letters, sound, place: Place::NotBefore(set) }
}

/// Rules that no habit contradicts.
pub(super) const COMMON: &[Rule] = &[
    rule("dzh", "Č"),
    rule("sh", "S"),
    rule("zh", "S"),
    rule("kh", "H"),
    rule("gh", "G"),
    rule("ph", "F"),
    rule("th", "T"),
    rule("dh", "D"),
    rule("tsch", "Č"),
    rule("dsch", "Č"),
    rule("tch", "Č"),
    rule("ch", "Č"),
    rule("cz", "Č"),
    rule("dj", "Č"),
    rule("dz", "DS"),
    rule("ts", "C"),
    rule("tz", "C"),
    rule("cs", "Č"),
    last("ff", "V"),
    last("eff", "EV"),
    last("ah", "A"),
    last("eh", "A"),
    rule("ou", "O"),
    rule("oo", "O"),
    rule("ee", "I"),
    rule("ck", "K"),
    rule("qu", "KO"),
    rule("x", "KS"),
    rule("a", "A"),
    rule("b", "B"),
    before("c", "eiy", "S"),
    rule("c", "K"),
    rule("d", "D"),
    rule("e", "E"),
    rule("f", "F"),
    rule("g", "G"),
    rule("h", "H"),
    rule("i", "I"),
    rule("j", "J"),
    rule("k", "K"),
    rule("l", "L"),
    rule("m", "M"),
    rule("n", "N"),
    rule("o", "O"),
    rule("p", "P"),
    rule("q", "K"),
    rule("r", "R"),
    rule("s", "S"),
    rule("t", "T"),
    rule("u", "O"),
    rule("v", "V"),
    rule("w", "V"),
    rule("y", "J"),
    rule("z", "S"),
];

/// The groups of languages.
pub(super) const HABITS: &[Habit] =
    &[ENGLISH, GERMAN, FRENCH, SPANISH, POLISH, BARE, UKRAINIAN, ARABIC];

const ENGLISH: Habit = Habit { applies: &[], rules: &[rule("sch", "SČ"), rule("j", "Č")] };

/// German, and Dutch and the Scandinavians as far as they follow it.
const GERMAN: Habit = Habit {
    applies: &["j", "sch", "z", "ch"],
    rules: &[
        rule("schtsch", "SČ"),
        rule("sch", "S"),
        rule("tsch", "Č"),
        rule("dsch", "Č"),
        rule("ch", "H"),
        rule("zh", "S"),
        rule("z", "C"),
    ],
};

const FRENCH: Habit = Habit {
    applies: &["j", "ch", "gu", "ine$", "yne$", "ane$"],
    rules: &[
        rule("chtch", "SČ"),
        rule("tch", "Č"),
        rule("dj", "Č"),
        rule("dch", "Č"),
        rule("ch", "S"),
        rule("j", "S"),
        before("gu", "eiy", "G"),
        last("ine", "IN"),
        last("yne", "IN"),
        last("ane", "AN"),
    ],
};

const SPANISH: Habit = Habit {
    applies: &["j", "gu", "y"],
    rules: &[before("gu", "eiy", "G"), rule("j", "H"), first("y", "J")],
};

/// Polish, and the Slavic languages that write ц as c.
const POLISH: Habit = Habit {
    applies: &["c", "j", "sz", "rz", "w"],
    rules: &[
        rule("szcz", "SČ"),
        rule("sz", "S"),
        rule("rz", "S"),
        rule("cz", "Č"),
        rule("ch", "H"),
        not_before("c", "k", "C"),
    ],
};

/// Serbian and Croatian names whose signs are lost: Vucic.
const BARE: Habit = Habit { applies: &["ic$", "c"], rules: &[rule("dz", "Č"), rule("c", "Č")] };

/// г is h in Ukrainian and Belarusian, and g elsewhere.
const UKRAINIAN: Habit = Habit {
    applies: &["h"],
    rules: &[
        rule("shch", "SČ"),
        rule("schtsch", "SČ"),
        rule("tsch", "Č"),
        rule("sch", "S"),
        rule("zgh", "SG"),
        rule("h", "G"),
    ],
};

/// ق is q, k or g.
const ARABIC: Habit = Habit { applies: &["q"], rules: &[rule("q", "G")] };

/// A letter of another alphabet, folded and small, as English transliterations write it.
pub(super) fn romanised(letter: char) -> Option<&'static str> {
    let latin = match letter {
        'а' | 'α' => "a",
        'б' => "b",
        'в' | 'ў' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'ђ' | 'џ' | 'đ' => "dj",
        'е' | 'ё' | 'є' | 'э' | 'ε' | 'æ' => "e",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'и' | 'і' | 'ї' | 'ы' | 'η' | 'ι' | 'υ' | 'ı' => "i",
        'й' | 'ј' => "y",
        'к' | 'κ' => "k",
        'л' | 'λ' | 'ł' => "l",
        'љ' => "ly",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'њ' => "ny",
        'о' | 'ο' | 'ω' | 'ø' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'ћ' | 'ч' => "ch",
        'у' => "u",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "kh",
        'ц' => "ts",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        'ß' => "ss",
        _ => return None,
    };
    Some(latin)
}
