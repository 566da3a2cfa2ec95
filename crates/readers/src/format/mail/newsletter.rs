//! The frame of a newsletter: the line above it that leads to a browser, and what stands below of subscriptions and addresses.
//!
//! Only messages that say they are sent to a list have one; only short paragraphs at the two ends are looked at.

/// Paragraphs looked at from the beginning and from the end.
const OPENINGS: usize = 3;
const CLOSINGS: usize = 10;

/// Bytes of a paragraph of the frame at most.
const LONGEST_BYTES: usize = 500;

/// What the line above says, in lower case.
const ABOVE: &[&str] = &[
    "in your browser",
    "in browser",
    "in a browser",
    "read online",
    "view online",
    "web version",
    "im browser",
    "dans votre navigateur",
    "version en ligne",
    "en tu navegador",
    "en su navegador",
    "nel browser",
    "no navegador",
    "no seu navegador",
    "in je browser",
    "in uw browser",
    "w przeglądarce",
    "у браузері",
    "в браузере",
    "في المتصفح",
    "tarayıcıda",
    "tarayıcınızda",
];

/// What the first paragraph below says, in lower case.
const BELOW: &[&str] = &[
    "unsubscribe",
    "opt out of",
    "you are receiving this",
    "you received this",
    "you're receiving this",
    "you’re receiving this",
    "this email was sent to",
    "this message was sent to",
    "manage your preferences",
    "manage preferences",
    "update your preferences",
    "email preferences",
    "mailing list",
    "abmelden",
    "abbestellen",
    "se désabonner",
    "se désinscrire",
    "vous désabonner",
    "vous désinscrire",
    "darse de baja",
    "cancelar la suscripción",
    "annulla l'iscrizione",
    "annulla l’iscrizione",
    "disiscriver",
    "cancelar a subscrição",
    "cancelar inscrição",
    "descadastr",
    "uitschrijven",
    "afmelden",
    "wypisać się",
    "wypisz się",
    "zrezygnować z subskrypcji",
    "відписатися",
    "отписаться",
    "إلغاء الاشتراك",
    "abonelikten çık",
];

/// Takes the frame off the paragraphs, unless that would be half of the text: then it may be what the message is about.
pub(super) fn unframe(paragraphs: &mut Vec<String>) {
    let says = |paragraph: &String, phrases: &[&str]| {
        paragraph.len() <= LONGEST_BYTES && {
            let text = paragraph.to_lowercase();
            phrases.iter().any(|phrase| text.contains(phrase))
        }
    };
    let above = paragraphs.iter().take(OPENINGS).rposition(|paragraph| says(paragraph, ABOVE));
    let start = above.map_or(0, |at| at + 1);
    let tail = paragraphs.len().saturating_sub(CLOSINGS).max(start);
    let below = paragraphs.iter().skip(tail).position(|paragraph| says(paragraph, BELOW));
    let end = below.map_or(paragraphs.len(), |at| tail + at);
    let bytes = |paragraphs: &[String]| paragraphs.iter().map(String::len).sum::<usize>();
    let kept = bytes(paragraphs.get(start..end).unwrap_or_default());
    if kept * 2 >= bytes(paragraphs) {
        paragraphs.truncate(end);
        paragraphs.drain(..start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_goes_and_the_letter_stays() {
        let check = |letter: &[&str], expected: &[&str]| {
            let mut paragraphs: Vec<String> = letter.iter().map(|&text| text.to_owned()).collect();
            unframe(&mut paragraphs);
            assert_eq!(paragraphs, expected);
        };
        let text = "The reservoir above the town is lower than it has been since the war, and the walls of the old mill stand dry. \
            Whoever wants to see them should go before the rain that is forecast for the weekend, says the warden.";
        check(
            &[
                "View this email in your browser",
                text,
                "You are receiving this email because you asked for it at the fair.",
                "12 Mill Lane, Marrowby",
                "Unsubscribe | Update your preferences",
            ],
            &[text],
        );
        check(
            &["The Friday letter", "Im Browser ansehen", text, "Newsletter abbestellen"],
            &[text],
        );
        // A line in the middle is text, and so is a long paragraph.
        check(
            &[
                text,
                "Unsubscribe, he said.",
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
            ],
            &[
                text,
                "Unsubscribe, he said.",
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
                text,
            ],
        );
        check(
            &["How do I unsubscribe?", "Write to the desk."],
            &["How do I unsubscribe?", "Write to the desk."],
        );
        check(&[], &[]);
    }
}
