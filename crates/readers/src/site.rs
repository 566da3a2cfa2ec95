//! A headline without the name of the site or paper at its end, as feeds, exports and saved pages carry it (` - BBC News`).
//!
//! Cut only where the article's source or address says that it is the name.

/// Signs between a headline and a name.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];

/// Words of a name at most.
const LONGEST: usize = 6;

/// `title` without the name behind its last separator, where `source` or the host of `url` says that it is one.
pub(crate) fn without_name<'a>(title: &'a str, source: Option<&str>, url: Option<&str>) -> &'a str {
    let mut title = title;
    // "Ferry stays - World - BBC News" has one name; what stands before it is for others to judge.
    for separator in SEPARATORS {
        if let Some((before, after)) = title.rsplit_once(separator)
            && before.chars().any(char::is_alphanumeric)
            && is_name(after, source, url)
        {
            title = before.trim_end();
        }
    }
    title
}

fn is_name(piece: &str, source: Option<&str>, url: Option<&str>) -> bool {
    let words = words(piece);
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let of_source = source.map(self::words).unwrap_or_default();
    if !of_source.is_empty() && (of_source == words || of_source.concat() == words.concat()) {
        return true;
    }
    url.and_then(host).is_some_and(|host| {
        let mut labels = host.split('.').rev();
        // The last label is a country's, or `com`.
        labels.next();
        labels.filter(|label| *label != "www").any(|label| {
            let label = label.replace('-', "");
            let first = words.first().is_some_and(|word| *word == label && words.len() <= 3);
            first && label.len() >= 3 || words.concat() == label
        })
    })
}

/// The words of a name in lower case, without a "The" before them.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.len() > 1 && words.first().is_some_and(|word| word == "the") {
        words.remove(0);
    }
    words
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_goes_where_something_says_that_it_is_one() {
        let check = |title: &str, source: &str, url: &str, expected: &str| {
            let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            let (source, url) = (some(String::from(source).leak()), some(String::from(url).leak()));
            assert_eq!(without_name(title, source, url), expected, "{title}");
        };
        check("Ferry stays - BBC News", "BBC News", "", "Ferry stays");
        check("Ferry stays - BBC News", "", "https://www.bbc.co.uk/news/1", "Ferry stays");
        check("Ferry stays | The Orlava Post", "Orlava Post", "", "Ferry stays");
        check("Ferry stays – orlavapost", "", "http://orlava-post.example/a", "Ferry stays");
        check("Ferry stays - Orlava Post", "", "", "Ferry stays - Orlava Post");
        check(
            "Ferry stays - nobody knows why",
            "Orlava Post",
            "",
            "Ferry stays - nobody knows why",
        );
        check("Orlava Post", "Orlava Post", "", "Orlava Post");
        check(" - Orlava Post", "Orlava Post", "", " - Orlava Post");
        check("Ferry - is it a post - Post", "Post", "", "Ferry - is it a post");
    }
}
