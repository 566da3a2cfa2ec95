//! Organisations: known ones, head words, legal forms, acronyms.

use super::{extract, names};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(names(&extract(text).organisations), expected, "text: {text}");
}

#[test]
fn known_organisations() {
    check("Allies in NATO and the EU met at the White House.", "NATO; EU; White House");
    check("RFE/RL's service and the BBC reported it.", "RFE/RL; BBC");
    check(
        "The Republican-run House of Representatives and the Senate differ.",
        "House of Representatives; Senate",
    );
    check("Fighters of al-Qaeda, Hamas and Islamic State fled.", "al-Qaeda; Hamas; Islamic State");
    check(
        "AT&T sued; Standard & Poor's and McDonald's did not.",
        "AT&T; Standard & Poor's; McDonald's",
    );
}

#[test]
fn head_words_make_organisations() {
    check("The Labour Party and the Reform Council split.", "Labour Party; Reform Council");
    check("He left the Bank of England for Yale University.", "Bank of England; Yale University");
    check(
        "Staff of the Ministry of Foreign Affairs and the Ministry of the Interior walked out.",
        "Ministry of Foreign Affairs; Ministry of the Interior",
    );
    check(
        "The Department of Health and Human Services replied.",
        "Department of Health and Human Services",
    );
    check("The Securities and Exchange Commission fined it.", "Securities and Exchange Commission");
    check("She taught at Charles University in Prague.", "Charles University");
    check(
        "The Liberal Party of Canada's Alan Moss and the Green Party of Ontario agree.",
        "Liberal Party of Canada; Green Party of Ontario",
    );
    check("The Russian Defense Ministry denied it.", "Defense Ministry");
    check("Bank of England Governor Andrew Bailey spoke.", "Bank of England");
    check(
        "Treasury Secretary Janet Yellen and the Progressive Conservative Party of Canada agree.",
        "Progressive Conservative Party of Canada",
    );
}

#[test]
fn legal_forms_make_firms_and_their_short_names() {
    check("Acme Steel Corp said profits fell. Acme will close two mills.", "Acme Steel Corp 2");
    check("Varga Optik GmbH and Nordtek AB merge.", "Varga Optik GmbH; Nordtek AB");
    check("Ford Motor Co. raised prices. Ford said demand held.", "Ford Motor Co. 2");
    check("It bought Biopool Ltd. Biopool AB was sold.", "Biopool Ltd. 2");
    check("Johnson & Sons Ltd bought Orvelle plc.", "Johnson & Sons Ltd; Orvelle plc");
}

#[test]
fn acronyms_belong_to_their_full_names() {
    check(
        "The North Atlantic Treaty Organization (NATO) met. NATO will meet again.",
        "North Atlantic Treaty Organization 3",
    );
    check("The Korvald Dam Authority (KDA) paid. The KDA denies it.", "Korvald Dam Authority 3");
    check("The United Nations said so; a U.N. envoy agreed, the UN did not.", "United Nations 3");
}

#[test]
fn full_names_suffixes_teams_ministries_parties_and_agencies() {
    check(
        "The International Atomic Energy Agency (IAEA) sent inspectors; the IAEA found nothing.",
        "International Atomic Energy Agency 3",
    );
    check(
        "The African Union (AU) and the European Central Bank (ECB) agreed. The AU left; the ECB stayed.",
        "African Union 3; European Central Bank 3",
    );
    check(
        "The Federal Bureau of Investigation (FBI) raided it. FBI agents left.",
        "Federal Bureau of Investigation 3",
    );
    check(
        "The World Health Organization warned. The WHO said more.",
        "World Health Organization 2",
    );
    check(
        "Acme Widgets Inc. bought Nordbau GmbH. Acme Widgets paid in cash; Nordbau agreed.",
        "Acme Widgets Inc. 2; Nordbau GmbH 2",
    );
    check("Shares in Orvelle plc rose, and Orvelle said so.", "Orvelle plc 2");
    check(
        "Deutsche Bank AG and BNP Paribas SA cut jobs. Deutsche Bank shares fell.",
        "Deutsche Bank AG 2; BNP Paribas SA",
    );
    check("Goldman Sachs Group Inc said Goldman Sachs was well.", "Goldman Sachs Group Inc 2");
    check(
        "Real Madrid beat Bayern Munich, and Manchester United lost.",
        "Real Madrid; Bayern Munich; Manchester United",
    );
    check(
        "The New York Yankees and the Los Angeles Lakers won.",
        "New York Yankees; Los Angeles Lakers",
    );
    check(
        "The Christian Democratic Union (CDU) and the Social Democratic Party (SPD) talked. The CDU won.",
        "Christian Democratic Union 3; Social Democratic Party 2",
    );
    check(
        "The Ministry of Defence and the Foreign Ministry denied it.",
        "Ministry of Defence; Foreign Ministry",
    );
    check(
        "The Associated Press and Agence France-Presse wrote of it.",
        "Associated Press; Agence France-Presse",
    );
    check("The news agency TASS and Reuters reported it.", "TASS; Reuters");
    check(
        "Amnesty International and Human Rights Watch protested.",
        "Amnesty International; Human Rights Watch",
    );
    check(
        "The Communist Party of China and the Liberal Democrats met.",
        "Communist Party of China; Liberal Democrats",
    );
}

#[test]
fn what_is_no_organisation() {
    check("The CEO said GDP rose, TV ratings fell, and DNA was found.", "");
    check("The Soviet Union and the United States met.", "");
    check("President Bush spoke. Turkey and Georgia listened.", "");
    check("He went to the bank and to the party; the ministry was closed.", "");
    check("STOCKS FALL AS OIL PRICES RISE", "");
    check("Shares of the firm (NYSE) <KLMN> rose.", "NYSE");
}

#[test]
fn the_datelines_agency_counts_where_it_is_known() {
    let with_agency = |opening: &str, agency: &str| {
        let mut article = super::article(&format!("{opening}Nothing more was said to Reuters."));
        article.dateline = Some(dateline_article::Dateline {
            place: Some("KYIV".to_owned()),
            date: None,
            agency: Some(agency.to_owned()),
            length_bytes: u32::try_from(opening.len()).unwrap(),
        });
        names(&dateline_extract::Extractor::new().extract(article).organisations)
    };
    assert_eq!(with_agency("KYIV, March 14 (Reuters) — ", "Reuters"), "Reuters 2");
    assert_eq!(with_agency("KYIV, March 14 (RFE/RL) — ", "RFE/RL"), "RFE/RL; Reuters");
    assert_eq!(with_agency("KYIV, March 14 (Agency) — ", "Agency"), "Reuters");
}
