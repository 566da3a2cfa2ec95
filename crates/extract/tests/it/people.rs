//! People: titles, roles, initials, particles, joining, and what is no person.

use dateline_article::Language;

use super::{extract, in_language, names};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(names(&extract(text).people), expected, "text: {text}");
}

#[test]
fn a_title_is_no_part_of_a_name() {
    check("President Emmanuel Macron met farmers on Monday.", "Emmanuel Macron");
    check("The envoy spoke with Foreign Minister Sergei Lavrov for an hour.", "Sergei Lavrov");
    check("Talks with Secretary-General Jens Stoltenberg went on.", "Jens Stoltenberg");
    check("Secretary of State Antony Blinken flew home.", "Antony Blinken");
    check(
        "Letters from Sen. Amy Klobuchar and Rep. Pramila Jayapal arrived.",
        "Amy Klobuchar; Pramila Jayapal",
    );
    check("It was Gov. Gretchen Whitmer who signed.", "Gretchen Whitmer");
    check("On the stand, Lt. Gen. Ben Hodges was brief.", "Ben Hodges");
    check("The court heard Dr. Ruth Okafor and Prof. Hans Weber.", "Ruth Okafor; Hans Weber");
    check("Sir Keir Starmer answered Mr Sunak.", "Keir Starmer; Sunak");
    check("The news reached Mrs. Thatcher late.", "Thatcher");
    check("A letter to Lord Cameron was published.", "Cameron");
    check("House Speaker Mike Johnson refused.", "Mike Johnson");
    check("Chief Executive Tim Cook sold shares.", "Tim Cook");
    check("They asked U.N. Secretary-General Antonio Guterres.", "Antonio Guterres");
    check("Deputy Prime Minister Olha Stefanishyna agreed.", "Olha Stefanishyna");
    check("Former President Jimmy Carter was there.", "Jimmy Carter");
    check("Acting chief Dr Edo Lanz left.", "Edo Lanz");
}

#[test]
fn a_role_written_small_shows_a_name() {
    check("The ministry's spokeswoman Maria Zakharova declined.", "Maria Zakharova");
    check(
        "It was said by spokesman Dmitry Peskov, not by president Putin.",
        "Dmitry Peskov; Putin",
    );
    check("The club's coach Arno Velt resigned.", "Arno Velt");
}

#[test]
fn given_names_and_initials_show_names() {
    check("A painting by Marie Duval was sold to John F. Kovacs.", "Marie Duval; John F. Kovacs");
    check("The shop of J.R.R. Tolkien's friend burned.", "J.R.R. Tolkien");
    check("The pastoral in J.R.R. Tolkien is old.", "J.R.R. Tolkien");
    check(
        "Reporters Tyler G. Jones and Jessica Silver-Greenberg wrote it.",
        "Tyler G. Jones; Jessica Silver-Greenberg",
    );
    check("It fell to Martin Luther King Jr. to speak.", "Martin Luther King Jr.");
}

#[test]
fn particles_apostrophes_and_hyphens_stay_inside() {
    check(
        "The race was won by Robin van Persie and Ursula von der Leyen.",
        "Robin van Persie; Ursula von der Leyen",
    );
    check("In his palace President Bashar al-Assad listened.", "Bashar al-Assad");
    check("The prince, Mohammed bin Salman, stayed away.", "Mohammed bin Salman");
    check(
        "The play by Eugene O'Neill opened with Jean-Claude Juncker present.",
        "Eugene O'Neill; Jean-Claude Juncker",
    );
    check(
        "The novel by Gabriel García Márquez was read by Sinéad O’Connor.",
        "Gabriel García Márquez; Sinéad O’Connor",
    );
    check("It was Charles de Gaulle who refused.", "Charles de Gaulle");
}

#[test]
fn family_names_may_stand_first() {
    check("The visit of Xi Jinping ended; Xi had said little.", "Xi Jinping 2");
    check("North Korea's leader Kim Jong Un smiled. Kim then left.", "Kim Jong Un 2");
    check("The speech by Moon Jae-in was long.", "Moon Jae-in");
}

#[test]
fn a_surname_with_its_particles_is_a_surname() {
    check(
        "Ursula von der Leyen met Mark Rutte. Von der Leyen was pleased; von der Leyen's team left.",
        "Ursula von der Leyen 3; Mark Rutte",
    );
    check("Robin van Persie scored. Van Persie left the field early.", "Robin van Persie 2");
    check("Charles de Gaulle refused. De Gaulle stayed in London.", "Charles de Gaulle 2");
    check(
        "Mohammed bin Salman spoke to Bashar al-Assad. Al-Assad listened, and bin Salman left.",
        "Mohammed bin Salman 2; Bashar al-Assad 2",
    );
}

#[test]
fn a_family_is_none_of_its_members() {
    check(
        "The Obamas moved to Chicago, and the Obamas said little. Barack Obama wrote a book.",
        "Obamas 2; Barack Obama",
    );
    check(
        "Critics of the Clintons were loud. Bill Clinton and Hillary Clinton smiled.",
        "Clintons; Bill Clinton; Hillary Clinton",
    );
    check(
        "The Kims have ruled North Korea for decades, and Kim Jong Un is the third of them.",
        "Kims; Kim Jong Un",
    );
    check("Serena Williams won. The Williams sisters played on.", "Serena Williams 2");
}

#[test]
fn other_initials_are_other_people() {
    check("George W. Bush met George H. W. Bush.", "George W. Bush; George H. W. Bush");
    check("George W. Bush spoke. George Bush left.", "George W. Bush 2");
    check(
        "J. K. Rowling and J.R.R. Tolkien are read. Rowling wrote more.",
        "J. K. Rowling 2; J.R.R. Tolkien",
    );
    check("Tip O'Neill and Eugene O’Neill are no relatives.", "Tip O'Neill; Eugene O’Neill");
    check(
        "Xi Jinping met Lee Hsien Loong. Xi smiled, Lee did not.",
        "Xi Jinping 2; Lee Hsien Loong 2",
    );
}

#[test]
fn ranks_of_church_and_crown_are_titles() {
    check(
        "Archbishop Desmond Tutu met Rev. Jesse Jackson and Rabbi Jonathan Sacks.",
        "Desmond Tutu; Jesse Jackson; Jonathan Sacks",
    );
    check("Pope Francis blessed them. King Charles III waved.", "Francis; Charles III");
    check(
        "German Chancellor Olaf Scholz met Polish Prime Minister Donald Tusk.",
        "Olaf Scholz; Donald Tusk",
    );
}

#[test]
fn a_possessive_stays_outside() {
    let record = extract("Critics of Joe Biden's plan met. Biden's aides did not.");
    assert_eq!(names(&record.people), "Joe Biden 2");
    let text = record.article.text();
    let spans: Vec<_> = record.people[0].mentions.text.iter().map(|span| span.of(&text)).collect();
    assert_eq!(spans, ["Joe Biden", "Biden"]);
}

#[test]
fn mentions_are_joined_under_the_fullest_name() {
    check(
        "Stoltenberg spoke first. Later Jens Stoltenberg left, and Mr Stoltenberg's car followed.",
        "Jens Stoltenberg 3",
    );
    check(
        "Vladimir Putin spoke. President Vladimir V. Putin smiled. V. Putin signed.",
        "Vladimir V. Putin 3",
    );
    check(
        "Angela Merkel retired. Friends of Angela came. Merkel did not speak.",
        "Angela Merkel 3",
    );
}

#[test]
fn two_bearers_of_a_surname_stay_apart() {
    check(
        "Bill Clinton sat beside Hillary Clinton. Clinton spoke last.",
        "Hillary Clinton 2; Bill Clinton",
    );
    check(
        "Jaroslaw Kaczynski led the party. Kaczynski won. His twin Lech Kaczynski became president, and Kaczynski died in 2010.",
        "Jaroslaw Kaczynski 2; Lech Kaczynski 2",
    );
}

#[test]
fn the_title_counts_and_is_read_with_the_text() {
    let mut article =
        super::article("The chancellor, Olaf Scholz, spoke in Berlin. Scholz was brief.");
    article.title = Some("SCHOLZ TURNS DOWN NEW TAX".to_owned());
    let record = dateline_extract::Extractor::new().extract(article);
    assert_eq!(names(&record.people), "Olaf Scholz 3");
    assert_eq!(record.people[0].mentions.title.len(), 1);
    assert_eq!(names(&record.organisations), "");
}

#[test]
fn people_are_not_places_or_firms() {
    check("Jordan Smith scored twice. Smith was pleased.", "Jordan Smith 2");
    check("The trial of Paris Hilton began.", "Paris Hilton");
    check("A friend of Chelsea Clinton said so.", "Chelsea Clinton");
    check(
        "The film with Denzel Washington opened. Washington plays a pilot.",
        "Denzel Washington 2",
    );
    check("President Gerald Ford pardoned him. Ford lost the vote.", "Gerald Ford 2");
    check("The painter Georgia O'Keeffe lived there.", "Georgia O'Keeffe");
    check("The novelist Jack London travelled.", "Jack London");
    check("A statue of Florence Nightingale fell.", "Florence Nightingale");
    check("The verdict against Michael Dell stood; Dell appealed.", "Michael Dell 2");
}

/// What each of two sentences makes of a name that a person, a place and a firm may bear: `people | places | organisations`.
#[test]
fn one_name_for_a_person_a_place_and_a_firm() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let record = extract(text);
        let kept = |all: String| all.split("; ").map(strip_country).collect::<Vec<_>>().join("; ");
        let found =
            [names(&record.people), kept(super::places(&record)), names(&record.organisations)];
        assert_eq!(found.join(" | "), expected, "text: {text}");
    }
    fn strip_country(place: &str) -> &str {
        place.split(" [").next().unwrap_or_default()
    }
    check("Troops from Jordan crossed the border into Iraq.", " | Jordan; Iraq | ");
    check(
        "Michael Jordan left the court early, and Jordan did not return.",
        "Michael Jordan 2 |  | ",
    );
    check("Thousands marched through Paris on Sunday, police said.", " | Paris | ");
    check("The judge told Paris Hilton to return in May.", "Paris Hilton |  | ");
    check("Georgia and Armenia reopened a rail line on Monday.", " | Georgia; Armenia | ");
    check("The painter Georgia O'Keeffe died in Santa Fe.", "Georgia O'Keeffe | Santa Fe | ");
    check("Snow fell on Washington as senators returned.", " | Washington | ");
    check("President George Washington owned the farm.", "George Washington |  | ");
    check("Prime Minister Theresa May flew to Brussels.", "Theresa May | Brussels | ");
    check("The firm was sold to Ford Motor Co. in 1989.", " |  | Ford Motor Co.");
    check("The novelist Jack London grew up in Oakland.", "Jack London | Oakland | ");
    check("Senator Lincoln Chafee of Rhode Island voted no.", "Lincoln Chafee | Rhode Island | ");
    check("Author Dean Koontz lives in California.", "Dean Koontz | California | ");
    check("Chelsea Clinton spoke in Chicago.", "Chelsea Clinton | Chicago | ");
    check("Sydney Pollack made the film in Kenya.", "Sydney Pollack | Kenya | ");
    check("Floods hit Sydney and Brisbane.", " | Sydney; Brisbane | ");
    check(
        "Paris Hilton opened a shop in Paris. Hilton left Paris on Monday.",
        "Paris Hilton 2 | Paris | ",
    );
    check("Denzel Washington flew to Washington on Friday.", "Denzel Washington | Washington | ");
    check(
        "Chelsea beat Arsenal on Sunday. Chelsea Manning did not watch.",
        "Chelsea Manning |  | Chelsea; Arsenal",
    );
    check("Georgia voted on Tuesday, and Giorgia Meloni did not.", "Giorgia Meloni | Georgia | ");
    check("Israel Katz spoke for Israel. Katz left.", "Israel Katz 2 | Israel | ");
    check("Virginia Woolf never saw Virginia. Woolf wrote on.", "Virginia Woolf 2 | Virginia | ");
    check("Whitney Houston sang. Houston died in 2012.", "Whitney Houston 2 |  | ");
    check(
        "Houston Rockets coach Ime Udoka spoke in Houston.",
        "Ime Udoka | Houston | Houston Rockets",
    );
    check("Jordan Peterson spoke in Toronto. Peterson was loud.", "Jordan Peterson 2 | Toronto | ");
    check("Kofi Annan opened the talks in Geneva.", "Kofi Annan | Geneva | ");
    check("The trial of Charles Taylor moved to The Hague.", "Charles Taylor | The Hague | ");
}

#[test]
fn what_is_no_person() {
    check("Jordan and Georgia signed a treaty in Paris.", "");
    check("He arrived. They left. It doesn’t matter. They Can’t Stay. Weren’t they there?", "");
    check("PK, AE, DOSE.", "");
    check("General Motors and Lake Victoria are large.", "");
    check("On Tuesday the Finance Ministry and the Bank of England agreed.", "");
    check("The May Day parade and the March vote went well.", "");
    check("Will prices rise? May they fall. Mark the date.", "");
    check("Muslims and Christians met; Sunni leaders came, Democrats did not.", "");
    check("Prince Edward Island grows potatoes.", "");
    check("The Supreme Court sat. The Prime Minister's Office was closed.", "");
    check("", "");
}

// ICIJ/datashare#2049
#[test]
fn an_inverted_name_is_the_same_person() {
    check("He arrived. Doe, Marta signed; Marta Doe left.", "Marta Doe 2");
}

// explosion/spaCy#2157
#[test]
fn names_after_party_and_bench() {
    check("On Monday, Green MP Orla Vint spoke.", "Orla Vint");
    check("The coroner, Mr Justice Pell, agreed.", "Pell");
}

// explosion/spaCy#12488
#[test]
fn a_greeting_is_no_part_of_a_name() {
    check("Beste Grüße Nadja Holm", "Nadja Holm");
    check("Guten Tag Frau Weller.", "Weller");
    check("Guten Tag Frau Weller", "Weller");
}

#[test]
fn other_languages() {
    let german = |text| names(&in_language(text, Language::GERMAN).people);
    assert_eq!(
        german("Bundeskanzler Olaf Scholz traf am Montag Präsident Macron. Guten Tag Frau Weller."),
        "Olaf Scholz; Macron; Weller"
    );
    assert_eq!(
        german(
            "Die Bundesregierung und der Bundestag haben das Gesetz im Streit um die Steuer verschoben."
        ),
        ""
    );
    let french = |text| names(&in_language(text, Language::FRENCH).people);
    assert_eq!(
        french(
            "Le président Emmanuel Macron a reçu l’ancien ministre Bruno Le Maire. M. Macron l’a dit."
        ),
        "Emmanuel Macron 2; Bruno Le Maire"
    );
    let ukrainian = |text| names(&in_language(text, Language::UKRAINIAN).people);
    assert_eq!(
        ukrainian("Президент Володимир Зеленський зустрівся з генсеком. Зеленський подякував."),
        "Володимир Зеленський 2"
    );
}
