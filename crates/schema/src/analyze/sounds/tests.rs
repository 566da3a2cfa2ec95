//! Spellings that share a key and those that do not.

use super::*;
use crate::analyze::fold;

#[track_caller]
fn check(words: &[&str], alike: bool) {
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let first = words.first().unwrap();
    for other in words.iter().skip(1) {
        let keys = || format!("{first} {:?}, {other} {:?}", sounds(first), sounds(other));
        assert_eq!(sound_alike(first, other), alike, "{}", keys());
    }
}

#[test]
fn spellings_of_one_name() {
    check(
        &["Zelenskyy", "Zelensky", "Zelenskiy", "Selenskyj", "Zelenski", "Зеленський", "Зеленский"],
        true,
    );
    check(&["Gaddafi", "Qaddafi", "Kadhafi", "Gadhafi"], true);
    check(&["Yanukovych", "Janukowitsch", "Ianoukovitch", "Janukowycz", "Янукович"], true);
    check(&["Khrushchev", "Chruschtschow", "Khrouchtchev", "Chruszczow", "Jruschov"], true);
    check(&["Khamenei", "Chamenei", "Jamenei"], true);
    check(&["Milošević", "Milosevic", "Milosevitch"], true);
    check(&["Tsipras", "Tzipras", "Τσίπρας"], true);
}

#[test]
fn names_of_others() {
    check(&["Zelensky", "Zielinski", "Zelenska", "Belinsky"], false);
    check(&["Putin", "Patton", "Potanin"], false);
    check(&["Karimov", "Kerimov", "Karimova"], false);
    check(&["Hassan", "Hussein"], false);
    check(&["Meyer", "Maier", "Mayor"], false);
    check(&["Allen", "Ellen", "Alan Turing"], false);
}

/// The table that `cargo xtask quality people` prints in full.
#[test]
fn the_table_of_pairs_is_told_apart() {
    let (mut found, mut missed, mut wrong, mut apart) = (0, 0, 0, 0);
    for line in include_str!("people.txt").lines().filter(|line| !line.starts_with('#')) {
        for (sign, same) in [(" = ", true), (" ≠ ", false)] {
            let mut names = line.split(sign);
            let first = names.next().unwrap();
            for other in names {
                let alike = has_name(first, other) || has_name(other, first);
                match (same, alike) {
                    (true, true) => found += 1,
                    (true, false) => missed += 1,
                    (false, true) => wrong += 1,
                    (false, false) => apart += 1,
                }
            }
        }
    }
    assert!(found + missed >= 180 && wrong + apart >= 120, "{found} {missed} {wrong} {apart}");
    let right = f64::from(found);
    assert!(right / f64::from(found + wrong) >= 0.97, "{wrong} wrong");
    assert!(right / f64::from(found + missed) >= 0.9, "{missed} missed");
}

#[test]
fn short_words_and_other_scripts_are_themselves() {
    assert_eq!(sounds("xi"), ["xi"]);
    assert_eq!(sounds("lee"), ["lee"]);
    assert_eq!(sounds("習近平"), ["習近平"]);
    assert_eq!(sounds(""), [""]);
    assert_eq!(sounds(&"a".repeat(100)), ["a".repeat(100)]);
}

proptest::proptest! {
    #[test]
    fn any_word_has_a_key_and_is_like_itself(word in "([a-z]|sch|tch|[а-я]|\\PC){0,50}") {
        let keys = sounds(&word);
        proptest::prop_assert!(!keys.is_empty() && keys.len() <= HABITS.len());
        proptest::prop_assert!(sound_alike(&word, &word));
    }
}
