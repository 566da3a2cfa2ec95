//! A small archive of made-up articles about a ferry, three years of them, for the picture of a timeline: a few each month, and two months in which
//! something happens.

use serde_json::{Value, json};

/// Years of the archive.
const YEARS: std::ops::Range<u32> = 2022..2025;

/// A month in which something happens.
struct Event {
    year: u32,
    month: u32,
    articles: u32,
    title: &'static str,
    text: &'static str,
}

const EVENTS: [Event; 2] = [
    Event {
        year: 2023,
        month: 3,
        articles: 21,
        title: "Strike keeps the ferry in port",
        text: "ODESA — Crews of the ferry went on strike on Monday. Olena Koval, who speaks for them, asked for the wages of two months. \
               The harbour of Odesa was closed to passengers, and Koval said that it would stay so.",
    },
    Event {
        year: 2024,
        month: 4,
        articles: 28,
        title: "Ferry sails to Istanbul again",
        text: "ISTANBUL — The first ferry in two years came to Istanbul on Friday. Mehmet Aydin, the harbour master, met it with flowers. \
               Turkey had let ships of the line in again, Aydin said.",
    },
];

/// What the other articles are about.
const DAILY: [(&str, &str); 4] = [
    ("Ferry late by an hour", "The ferry came late by an hour. The line gave no reason for it."),
    (
        "New paint for an old ferry",
        "The ferry that has served longest is painted anew. It is back in May.",
    ),
    (
        "Ferry fares go up",
        "A crossing by ferry costs more from Sunday. The line named the price of fuel.",
    ),
    (
        "Fog holds up the ferry",
        "Fog lay over the harbour all morning. The ferry waited for it to lift.",
    ),
];

/// The articles, as objects of JSON lines.
pub(super) fn articles() -> Vec<Value> {
    let mut articles = Vec::new();
    for year in YEARS {
        for month in 1..=12 {
            let event = EVENTS.iter().find(|event| (event.year, event.month) == (year, month));
            // More in summer than in winter.
            let daily = 3 + (6 - month.abs_diff(7)) + (year * 5 + month * 7) % 3;
            for number in 0..daily + event.map_or(0, |event| event.articles) {
                let story = DAILY.iter().cycle().nth((month + number) as usize).copied();
                let event = event.filter(|_| number >= daily);
                let (title, text) =
                    event.map(|event| (event.title, event.text)).or(story).unwrap_or_default();
                articles.push(json!({
                    "id": format!("{year}-{month:02}-{number}"),
                    "title": title,
                    // No two are copies.
                    "text": format!("{text} {}", distinct(year * 12 + month, number)),
                    "published": format!("{year}-{month:02}-{:02}", number % 28 + 1),
                    "source": "Northern Ledger",
                }));
            }
        }
    }
    articles
}

/// Words that no other article has in this order.
fn distinct(month: u32, number: u32) -> String {
    let word = |n: u32| format!("w{:x}", n.wrapping_mul(2_654_435_761));
    (0..40).map(|at| word(month * 5_000 + number * 50 + at)).collect::<Vec<_>>().join(" ")
}
