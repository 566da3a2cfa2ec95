//! The headline of a page without the name of its site.

/// Signs between a headline and the site's name.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "| ", " |"];

/// Letters and digits of a text in lower case, single blanks between words: what two writings of one headline share.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
    {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
    key
}

/// Chooses the headline: of the page's main headings the one that the page's title begins with; else the title without its site.
///
/// `titles` are what the page calls itself, the best first; `sites` are names of the site.
pub(super) fn choose(titles: &[&str], headings: &[String], sites: &[&str]) -> Option<String> {
    let site_keys: Vec<String> =
        sites.iter().map(|site| key(site)).filter(|key| !key.is_empty()).collect();
    let titles: Vec<&str> =
        titles.iter().copied().filter(|title| !site_keys.contains(&key(title))).collect();
    let Some(title) = titles.first() else { return headings.first().cloned() };
    let title_key = key(title);
    let agrees = |heading: &&String| {
        let heading = key(heading);
        // One word of a title is a section, not a headline.
        heading.contains(' ') && title_key.starts_with(&heading)
    };
    let cut = without_site(title, &site_keys);
    Some(
        headings
            .iter()
            .find(agrees)
            .map_or(cut, |heading| heading.trim_end_matches(['¶', '#']).trim_end())
            .to_owned(),
    )
}

/// Cuts the site's name off the end or the beginning of a title: where one of `sites` says that it is the site's name, or where what follows the
/// last separator can hardly be anything else.
fn without_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    let is_site = |piece: &str| {
        let piece = key(piece);
        !piece.is_empty()
            && sites
                .iter()
                .any(|site| *site == piece || site.replace(' ', "") == piece.replace(' ', ""))
    };
    let mut title = title.trim();
    for separator in SEPARATORS {
        if let Some((before, after)) = title.rsplit_once(separator)
            && is_site(after)
            && !before.trim().is_empty()
        {
            title = before.trim();
        }
        if let Some((before, after)) = title.split_once(separator)
            && is_site(before)
            && !after.trim().is_empty()
        {
            title = after.trim();
        }
    }
    without_last_part(title)
}

/// Cuts what follows the last ` | `, or a dash and one to three words in capitals, if a whole headline remains.
fn without_last_part(title: &str) -> &str {
    for separator in [" | ", " - ", " – ", " — "] {
        let Some((before, after)) = title.rsplit_once(separator) else { continue };
        let names =
            after.split_whitespace().filter(|word| !matches!(*word, "of" | "the" | "and")).count();
        let capitals = after
            .split_whitespace()
            .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
            .count();
        let is_name = (separator == " | " && names <= 5)
            || ((1..=3).contains(&names)
                && capitals == names
                && !after.contains(|sign: char| sign.is_ascii_digit()));
        if is_name && before.split_whitespace().count() >= 4 {
            return before.trim_end();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_goes_and_the_headline_stays_whole() {
        let check = |title: &str, heading: &str, site: &str, expected: &str| {
            let headings: Vec<String> = Some(heading.to_owned())
                .filter(|heading| !heading.is_empty())
                .into_iter()
                .collect();
            assert_eq!(choose(&[title], &headings, &[site]).as_deref(), Some(expected), "{title}");
        };
        check("Ferry stays - Orlava Post", "", "Orlava Post", "Ferry stays");
        check("Orlava Post | Ferry stays", "", "Orlava Post", "Ferry stays");
        check(
            "Ferry stays - a day of waiting - Orlava Post",
            "",
            "Orlava Post",
            "Ferry stays - a day of waiting",
        );
        check(
            "WHO: measles returns to Brenhaven",
            "WHO: measles returns to Brenhaven",
            "",
            "WHO: measles returns to Brenhaven",
        );
        check(
            "Border raid a message: General Orsk - Example News",
            "Border raid a message: General Orsk",
            "",
            "Border raid a message: General Orsk",
        );
        check("Ferry stays | World", "", "Orlava Post", "Ferry stays | World");
        check("The ferry stays in port | World", "", "Orlava Post", "The ferry stays in port");
        check("The ferry stays in port – My Site", "", "", "The ferry stays in port");
        check("The ferry stays in port - again", "", "", "The ferry stays in port - again");
        check("The ferry stays in port - March 14", "", "", "The ferry stays in port - March 14");
        check(
            "Ferry stays in port | OrlavaPost.example",
            "Ferry stays in port",
            "",
            "Ferry stays in port",
        );
        check("Ferry stays in port", "World", "", "Ferry stays in port");
        check("Orlava Post", "Ferry stays in port", "Orlava Post", "Ferry stays in port");
    }

    #[test]
    fn no_title_is_none() {
        assert_eq!(choose(&[], &[], &["Post"]), None);
        assert_eq!(choose(&["Post"], &[], &["Post"]), None);
    }
}
