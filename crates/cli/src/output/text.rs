//! Articles for people: one whole, with its mentions marked.

use std::fmt::Write as _;

use dateline_article::{Mentions, Record};

use crate::terminal::{
    DATE, HEADLINE, Look, Marked, ORGANISATION, PERSON, PLACE, clean, wrap, wrap_faint,
};

/// Months as they are printed.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The article with headline, what is known of it, its text with mentions marked, and the lists of its entities.
pub(crate) fn article(record: &Record, look: Look) -> String {
    let article = &record.article;
    let mut out = String::new();
    if let Some(title) = &article.title {
        let marked = [Marked { span: 0..title.len(), style: HEADLINE, marks: ("", "") }];
        let _ =
            writeln!(out, "{}", look.link(article.url.as_deref(), wrap(title, &marked, "", look)));
    }
    if let Some(subtitle) = &article.subtitle {
        let _ = writeln!(out, "{}", wrap(subtitle, &[], "", look));
    }
    let mut about: Vec<String> = Vec::new();
    if !article.byline.is_empty() {
        about.push(format!("By {}", article.byline.join(", ")));
    }
    about.extend(article.source.clone());
    about.extend(article.section.clone());
    about.extend(article.published.map(|published| day(&published.at.to_string())));
    about.extend(article.language.map(|language| language.code().to_owned()));
    if article.status.as_ref().is_some_and(|status| status.withdrawn) {
        about.push("withdrawn by its publisher".to_owned());
    }
    if !about.is_empty() {
        let _ = writeln!(out, "{}", wrap_faint(&about.join(" · "), "", look));
    }
    let place = format!(
        "{} · part {} · {} · id {}",
        article.path, article.part, article.format, article.id
    );
    let _ = writeln!(out, "{}", wrap_faint(&place, "", look));
    for warning in &article.warnings {
        let _ = writeln!(out, "{}", wrap_faint(&format!("note: {warning}"), "", look));
    }
    let marked = marks(record);
    let mut start = 0;
    for paragraph in &article.paragraphs {
        let end = start + paragraph.len();
        let inside = marked.iter().filter(|mark| start <= mark.span.start && mark.span.end <= end);
        let inside: Vec<Marked> = inside
            .map(|mark| Marked {
                span: mark.span.start - start..mark.span.end - start,
                ..mark.clone()
            })
            .collect();
        let _ = writeln!(out, "\n{}", wrap(paragraph, &inside, "", look));
        start = end + 2;
    }
    out.push('\n');
    let people = record.people.iter().map(|person| with_count(&person.name, &person.mentions));
    let organisations =
        record.organisations.iter().map(|name| with_count(&name.name, &name.mentions));
    let places = record.places.iter().map(|place| {
        let within = place.ancestors.first().filter(|_| place.country.is_some());
        let name = within
            .map_or_else(|| place.name.clone(), |within| format!("{} ({within})", place.name));
        with_count(&name, &place.mentions)
    });
    let dates = record.dates.iter().map(|date| {
        let days = if date.granularity == dateline_article::Granularity::Day {
            date.start.to_string()
        } else {
            format!("{} to {}", date.start, date.end)
        };
        format!("{} = {days}", date.text)
    });
    for (label, style, names) in [
        ("people", PERSON, people.collect::<Vec<_>>()),
        ("organisations", ORGANISATION, organisations.collect()),
        ("places", PLACE, places.collect()),
        ("dates", DATE, dates.collect()),
    ] {
        if !names.is_empty() {
            let line = wrap(&names.join(", "), &[], &" ".repeat(15), look);
            let _ = writeln!(
                out,
                "{}{}",
                look.paint(style, &format!("{label:<15}")),
                line.trim_start()
            );
        }
    }
    out
}

/// All mentions in the text, sorted and without overlap; a person's before a place's where they meet.
fn marks(record: &Record) -> Vec<Marked> {
    let mut marked = Vec::new();
    let mut add = |mentions: &Mentions, style| {
        let spans = mentions.text.iter().map(|span| Marked {
            span: span.range(),
            style,
            marks: ("[", "]"),
        });
        marked.extend(spans);
    };
    record.people.iter().for_each(|person| add(&person.mentions, PERSON));
    record.organisations.iter().for_each(|name| add(&name.mentions, ORGANISATION));
    record.places.iter().for_each(|place| add(&place.mentions, PLACE));
    record.dates.iter().for_each(|date| add(&date.mentions, DATE));
    marked.sort_by_key(|mark| mark.span.start);
    let mut end = 0;
    marked.retain(|mark| {
        let free = mark.span.start >= end;
        if free {
            end = mark.span.end;
        }
        free
    });
    marked
}

fn with_count(name: &str, mentions: &Mentions) -> String {
    let count = mentions.count();
    if count > 1 { format!("{} ×{count}", clean(name)) } else { clean(name).into_owned() }
}

/// A timestamp as people write it: `14 March 2024`, `March 2024`, `2024`.
pub(crate) fn day(timestamp: &str) -> String {
    let date = timestamp.split('T').next().unwrap_or(timestamp);
    let mut parts = date.rsplit('-');
    let (day, month, year) = match date.bytes().filter(|byte| *byte == b'-').count() {
        2 => (parts.next(), parts.next(), parts.next()),
        1 => (None, parts.next(), parts.next()),
        _ => (None, None, parts.next()),
    };
    let name = month
        .and_then(|month| month.parse::<usize>().ok())
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let (Some(year), Some(name)) = (year, name) else { return date.to_owned() };
    day.map_or_else(
        || format!("{name} {year}"),
        |day| format!("{} {name} {year}", day.trim_start_matches('0')),
    )
}

#[cfg(test)]
mod tests {
    use dateline_article::{Article, ArticleId, Name, Span};

    use super::*;

    #[test]
    fn days_as_people_write_them() {
        let check = |timestamp: &str, expected: &str| assert_eq!(day(timestamp), expected);
        check("2024-03-04", "4 March 2024");
        check("2024-03-14T09:30:00+02:00", "14 March 2024");
        check("2024-03", "March 2024");
        check("2024", "2024");
    }

    #[test]
    fn mentions_are_marked_where_they_stand() {
        let mut article = Article::new(ArticleId::from_u64(1), "a.txt", "1", "text");
        article.title = Some("Talks".into());
        article.paragraphs = vec!["First.".into(), "Ann Lee met Bo.".into()];
        let mut record = Record::bare(article);
        let spans = |spans: &[(u32, u32)]| spans.iter().map(|span| Span::from(*span)).collect();
        record.people = vec![Name {
            name: "Ann Lee".into(),
            mentions: Mentions { text: spans(&[(8, 15)]), title: Vec::new() },
        }];
        let text = super::article(&record, Look { width: 60, color: false, links: false });
        assert_eq!(
            text,
            "Talks\na.txt · part 1 · text · id 0000000000000001\n\nFirst.\n\n[Ann Lee] met Bo.\n\npeople         Ann Lee\n"
        );
    }
}
