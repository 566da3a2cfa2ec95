//! Datelines, and beginnings that are none.

use super::*;

/// `place|date|agency|text after it`, a dash for what is absent.
#[track_caller]
fn check(paragraph: &str, expected: &str) {
    let found = find(paragraph).map(|dateline| {
        let rest = paragraph.get(dateline.length_bytes as usize..).unwrap_or("!!");
        let absent = || "-".to_owned();
        format!(
            "{}|{}|{}|{rest}",
            dateline.place.unwrap_or_else(absent),
            dateline.date.map_or_else(absent, |date| date.to_string()),
            dateline.agency.unwrap_or_else(absent),
        )
    });
    assert_eq!(found.as_deref().unwrap_or("none"), expected, "{paragraph}");
}

#[test]
fn english_forms() {
    check("KYIV, March 14 (Agency) — Allies met.", "KYIV|--03-14|Agency|Allies met.");
    check("SALVADOR, Feb 26 - Showers continued", "SALVADOR|--02-26|-|Showers continued");
    check("LONDON, Sept. 3 – Ships left.", "LONDON|--09-03|-|Ships left.");
    check("WASHINGTON (AP) -- A vote", "WASHINGTON|-|AP|A vote");
    check("WASHINGTON (AP) — A vote", "WASHINGTON|-|AP|A vote");
    check("WASHINGTON (AP) _ A vote", "WASHINGTON|-|AP|A vote");
    check("WASHINGTON — A vote", "WASHINGTON|-|-|A vote");
    check("WASHINGTON—A vote", "WASHINGTON|-|-|A vote");
    check("PORTLAND, Ore., Feb 26 - Inns", "PORTLAND, Ore.|--02-26|-|Inns");
    check("PARIS, Ky. — Fire", "PARIS, Ky.|-|-|Fire");
    check("BRUSSELS/KYIV, March 14 (Reuters) - Allies", "BRUSSELS/KYIV|--03-14|Reuters|Allies");
    check(
        "NEW YORK, March 14, 2024 (GLOBE NEWSWIRE) -- Acme",
        "NEW YORK|2024-03-14|GLOBE NEWSWIRE|Acme",
    );
    check("NEW YORK--(BUSINESS WIRE)--Acme", "NEW YORK|-|BUSINESS WIRE|Acme");
    check("MOSCOW. March 14. INTERFAX - Text", "MOSCOW|--03-14|INTERFAX|Text");
    check("MOSCOW, March 14. /TASS/. Text", "MOSCOW|--03-14|TASS|Text");
    check("LONDON, Thursday — Ships", "LONDON|-|-|Ships");
    check("UNITED NATIONS, N.Y., March 14 — Votes", "UNITED NATIONS, N.Y.|--03-14|-|Votes");
    check("ST. PETERSBURG, Fla. (AP) — Sun", "ST. PETERSBURG, Fla.|-|AP|Sun");
    check("RIO de JANEIRO, 29 February - Carnival", "RIO de JANEIRO|--02-29|-|Carnival");
    check("CHEVY CHASE, Md., - March 4 - Geico", "CHEVY CHASE, Md.|--03-04|-|Geico");
    check("CHICAGO, April - Secretary", "CHICAGO|--04|-|Secretary");
    check("BRUSSELS - NATO allies met", "BRUSSELS|-|-|NATO allies met");
    check("Beirut, Lebanon – Trams ran.", "Beirut, Lebanon|-|-|Trams ran.");
    check("Khan Younis, Gaza Strip - Trams ran.", "Khan Younis, Gaza Strip|-|-|Trams ran.");
    check("New York, March 2 - Stocks", "New York|--03-02|-|Stocks");
    check("SYDNEY, March 22 AAP - Trams ran.", "SYDNEY|--03-22|AAP|Trams ran.");
    check("San Diego (tca/dpa) - The final", "San Diego|-|tca/dpa|The final");
    check("San Diego (tca/xyz) - The final", "none");
    check("BC-TRM--Trams Ran", "none");
    check("FILE - This Sept. 22, 2018 file photo", "none");
    check("(RAW FOOTAGE ONLY - NO SOUND) A tram", "none");
}

#[test]
fn other_languages() {
    check("BERLIN (dpa) – Der Bundestag", "BERLIN|-|dpa|Der Bundestag");
    check("Berlin (dpa/lno) - Der Bundestag", "Berlin|-|dpa/lno|Der Bundestag");
    check("Berlin, 14. März (dpa) – Der", "Berlin|--03-14|dpa|Der");
    check("Frankfurt am Main, 14.03.2024 – Die Bank", "Frankfurt am Main|2024-03-14|-|Die Bank");
    check("PARIS, 3 mai (AFP) - Le Sénat", "PARIS|--05-03|AFP|Le Sénat");
    check("MADRID, 14 (EUROPA PRESS) - El", "MADRID|-|EUROPA PRESS|El");
    check("São Paulo, 14 mar (EFE).- El", "São Paulo|--03-14|EFE|El");
    check("(ANSA) - ROMA, 14 MAR - Il", "ROMA|--03-14|ANSA|Il");
    check("КИЇВ, 14 березня (Укрінформ) – Уряд", "КИЇВ|--03-14|Укрінформ|Уряд");
    check("МОСКВА, 14 марта. /ТАСС/. Текст", "МОСКВА|--03-14|ТАСС|Текст");
    check("القاهرة (رويترز) - قال", "القاهرة|-|رويترز|قال");
    check("Santiago de Chile, 14 mar (EFE).- El", "Santiago de Chile|--03-14|EFE|El");
}

#[test]
fn a_day_may_end_with_a_stop() {
    check("Berlin, 3. Oktober. Die Bank", "Berlin|--10-03|-|Die Bank");
    check("BERLIN, 14. März 2024. Die Bank", "BERLIN|2024-03-14|-|Die Bank");
    check("Bogotá, 14 de marzo de 2024. El", "Bogotá|2024-03-14|-|El");
    check("NEW DELHI, March 14: The House", "NEW DELHI|--03-14|-|The House");
    check("London, Sept. 3. Ships left", "London|--09-03|-|Ships left");
    check("Київ, 14 березня. Уряд", "Київ|--03-14|-|Уряд");
    check("KYIV. March 14. KAZINFORM - Text", "KYIV|--03-14|KAZINFORM|Text");
    check("In London, March 14. The day", "none");
    check("LONDON, March. The day", "none");
    check("NEW DELHI: The House", "none");
    check("March 14. The day", "none");
    check("He left Rome, March 14. The day", "none");
    check("It was Rome, it was Paris, it was March 14. The day", "none");
}

#[test]
fn an_agency_may_stand_alone_or_behind() {
    check("(AFP) - Le Sénat", "-|-|AFP|Le Sénat");
    check("(CNN) -- A vote", "-|-|CNN|A vote");
    check("(AP)- A vote", "-|-|AP|A vote");
    check("(Applause) - A vote", "none");
    check("(AP) A vote", "none");
    check("BERLIN taz | Der Bundestag", "BERLIN|-|taz|Der Bundestag");
    check("München (SZ) – Der Landtag", "München|-|SZ|Der Landtag");
    check("Milano, 14 marzo - (Adnkronos) - Il", "Milano|--03-14|Adnkronos|Il");
    check(
        "SAN FRANCISCO, CA -- (Marketwire) -- 03/14/12 -- Acme",
        "SAN FRANCISCO, CA|2012-03-14|Marketwire|Acme",
    );
    check(
        "BOSTON, MA--(Marketwire - Mar 14, 2012) - Acme",
        "BOSTON, MA|-|Marketwire - Mar 14, 2012|Acme",
    );
    check("ON TURKEY'S BORDER (AP) — Shots", "ON TURKEY'S BORDER|-|AP|Shots");
}

#[test]
fn what_is_no_dateline() {
    for paragraph in [
        "",
        "-",
        "The ferry - a small one - sank.",
        "NATO - the alliance - met.",
        "Germany, France – and the rest",
        "Anna Ek, Sweden - the winner",
        "BREAKING — The ferry sank.",
        "UPDATE 1 - Ferry sinks",
        "Angela Merkel (CDU) - die Kanzlerin",
        "In March 14 ships - more than ever - sank.",
        "KYIV is calm.",
        "Stoltenberg, who leaves his post at the end of September, also warned - again - Moscow",
        "Speaking on March 14 in Brussels, Stoltenberg said — after hours",
        "March 14 — The ferry sank.",
        "\"WAR\" — a film",
        "2024 - a year",
        "TOKYO RUBBER - APRIL 7 one month",
        "MONEY RATES - INTERNATIONAL SUMMARY - APR 3",
        "Ferry sinks, March 14 ships sail - all",
    ] {
        check(paragraph, "none");
    }
}

#[test]
fn an_element_is_a_dateline_in_any_form() {
    let found = of_element("New York -").unwrap();
    assert_eq!(found.place.as_deref(), Some("New York"));
    let found = of_element("    LONDON, March 3").unwrap();
    assert_eq!(
        (found.place.as_deref(), found.date.map(|date| date.to_string())),
        (Some("LONDON"), Some("--03-03".to_owned()))
    );
    assert_eq!(of_element(" 12 "), None);
}

proptest::proptest! {
    #[test]
    fn any_paragraph_is_read(text in "(KYIV|, |\\. |March|14|2024|\\(AP\\)|/TASS/| - |--|—|\\PC)*") {
        for dateline in [find(&text), of_element(&text)].into_iter().flatten() {
            proptest::prop_assert!(text.is_char_boundary(dateline.length_bytes as usize));
        }
    }
}
