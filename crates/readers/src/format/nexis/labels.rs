//! The labels with which Nexis marks the fields of a document (`BYLINE:`, `Longueur:`), in its English, German, French and Spanish dress.

/// What a label says of the text behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Byline,
    Section,
    Headline,
    Highlight,
    Dateline,
    Language,
    Keywords,
    Accession,
    Url,
    /// The text begins.
    Body,
    /// A correction that was printed later; belongs to the text.
    Correction,
    /// Known, stands before the text, and of no field.
    Head,
    /// Known, stands behind the text, and of no field.
    Tail,
}

impl Label {
    /// Whether the label stands behind the text.
    pub(super) fn is_tail(self) -> bool {
        matches!(
            self,
            Self::Language
                | Self::Keywords
                | Self::Tail
                | Self::Accession
                | Self::Correction
                | Self::Url
        )
    }
}

/// Labels in capitals, as older exports write them.
const LABELS: &[(Label, &[&str])] = &[
    (Label::Byline, &["BYLINE", "AUTOR", "AUTOREN", "AUTEUR", "AUTEURS", "AUTHOR", "AUTHORS"]),
    (Label::Section, &["SECTION", "RUBRIK", "RUBRIQUE", "SECCION", "SECCIÓN", "RESSORT"]),
    (Label::Headline, &["HEADLINE", "TITRE", "ÜBERSCHRIFT", "TITULAR"]),
    (Label::Highlight, &["HIGHLIGHT", "ENCART", "HERVORHEBUNG", "SUBHEADLINE"]),
    (Label::Dateline, &["DATELINE", "ORTSMARKE"]),
    (Label::Language, &["LANGUAGE", "SPRACHE", "LANGUE", "IDIOMA"]),
    (
        Label::Keywords,
        &[
            "SUBJECT",
            "SUJET",
            "THEMA",
            "ASUNTO",
            "INDUSTRY",
            "COMPANY",
            "ORGANIZATION",
            "PERSON",
            "GEOGRAPHIC",
            "CITY",
            "STATE",
            "COUNTRY",
            "LOCALISATION-GEO",
            "SECTEUR",
            "PERSONNE",
            "ORGANISATION",
            "SOCIETE",
            "BRANCHE",
            "UNTERNEHMEN",
            "GEOGRAFISCH",
            "FIRMA",
        ],
    ),
    (Label::Accession, &["ACC-NO", "ACCESSION-NO"]),
    (Label::Url, &["URL"]),
    (Label::Body, &["BODY", "TEXT", "CORPS", "TEXTE", "CUERPO"]),
    (Label::Correction, &["CORRECTION", "CORRECTION-APPENDED", "BERICHTIGUNG"]),
    (
        Label::Head,
        &["LENGTH", "LÄNGE", "LONGUEUR", "LONGITUD", "SERIES", "TYPE", "DISTRIBUTION", "LEAD"],
    ),
    (
        Label::Tail,
        &[
            "LOAD-DATE",
            "UPDATE",
            "DATE-CHARGEMENT",
            "LADEDATUM",
            "LADE-DATUM",
            "FECHA-DE-CARGA",
            "GRAPHIC",
            "GRAFIK",
            "GRAPHIQUE",
            "ILLUSTRATION",
            "PUBLICATION-TYPE",
            "TYPE-PUBLICATION",
            "PUBLIKATIONSTYP",
            "PUB-TYPE",
            "TYPE-DE-PUBLICATION",
            "JOURNAL-CODE",
            "CODE-JOURNAL",
            "ZEITUNGS-CODE",
            "CORRECTION-DATE",
            "NOTES",
            "NOTE",
            "DOCUMENT-TYPE",
            "ISSN",
            "TICKER",
            "SIC",
            "NAICS",
            "COPYRIGHT",
            "CLASSIFICATION",
            "MEDIA-TYPE",
            "WEB-TYPE",
        ],
    ),
];

/// How a document writes its labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `LOAD-DATE:`
    Capitals,
    /// `Load-Date:`
    Title,
}

/// The label that a line begins with, and the text behind its colon.
pub(super) fn at_start(line: &str, spelling: Spelling) -> Option<(Label, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    if name.len() > 30 || !(value.is_empty() || value.starts_with([' ', '\t', '\n', '\u{a0}'])) {
        return None;
    }
    let name = name.trim();
    let capitals = name.to_uppercase();
    let right = match spelling {
        Spelling::Capitals => capitals == name,
        Spelling::Title => capitals != name && name.chars().next().is_some_and(char::is_uppercase),
    };
    let capitals = capitals.split('/').next().unwrap_or_default().replace(' ', "-");
    let label = LABELS.iter().find(|(_, names)| names.contains(&capitals.as_str()))?.0;
    right.then_some((label, value.trim()))
}
