//! The fingerprint of the index format: it changes when fields, stored form or analysis do.

/// Sixteen hexadecimal digits over the engine's schema, the stored form of an article, and what analysis makes of a sample in every language. Written into
/// `dateline.json`. A test makes them anew: to make them at every start took a quarter of it.
pub const FORMAT_HASH: &str = "3efef22684f761a0";

#[cfg(test)]
mod tests {
    use dateline_article::signature::SIGNATURE_LENGTH;
    use dateline_article::{Article, ArticleId, Mentions, Place, Record};

    use crate::analyze::tokenizer::Terms;
    use crate::analyze::{Stems, Words, sounds, stemmed_languages};
    use crate::fields::settings;
    use crate::signature::pack;
    use crate::stored::DICTIONARY;
    use crate::{
        Border, Capital, FORMAT_VERSION, Fields, MentionAt, MentionKind, NAME_STRIDE,
        TEXT_POSITION, gaps,
    };

    use super::FORMAT_HASH;

    /// Words whose terms stand for the analysis as a whole.
    const SAMPLE: &str = "Putin's l'Élysée U.S. AT&T 1,200 C++ #kyiv COVID-19 Straße Київ 東京 elections Wahlen élections выборы أحمد";

    /// Folded names whose keys stand for the keys of names as a whole.
    const NAMES: &str = "zelenskyy selenskyj gaddafi qaddafi janukowitsch prigojine szczerba jimenez hryhoriy vucic \
                         зеленський τσιπρας baghdadi haniyeh xi";

    /// The fingerprint of the format as it is.
    fn format_hash() -> String {
        let mut hasher = blake3::Hasher::new();
        let (schema, _) = Fields::declare();
        for (_, entry) in schema.fields() {
            hasher.update(format!("{} {:?}\n", entry.name(), entry.field_type()).as_bytes());
        }
        if let Some(order) = settings().sort_by_field {
            hasher.update(format!("{} {:?}\n", order.field, order.order).as_bytes());
        }
        hasher.update(format!("{TEXT_POSITION} {NAME_STRIDE}\n").as_bytes());
        let mention = MentionAt { start: 3, end: 4, kind: MentionKind::Place, entity: 5 };
        let borders = gaps::of_borders(&[Border::TitleEnds(7), Border::Sentence(400)]);
        let capitals = gaps::of_capitals(&[Capital { position: 70, all: true }]);
        let mentions = gaps::of_mentions(&[mention]);
        hasher.update(format!("{borders:?} {capitals:?} {mentions:?}\n").as_bytes());
        hasher.update(&pack(&[[1, 1000].repeat(SIGNATURE_LENGTH / 2), vec![7, 4000]].concat()));
        hasher.update(format!("{}\n", stored_sample()).as_bytes()).update(DICTIONARY);
        for code in stemmed_languages() {
            let stems = Stems::of(dateline_article::Language::from_tag(code));
            let mut words = Words::new(SAMPLE);
            while words.advance() {
                let line = format!(
                    "{code} {} {:?} {}\n",
                    words.folded(),
                    words.marked(),
                    stems.stem(words.folded())
                );
                hasher.update(line.as_bytes());
            }
        }
        for code in ["en", "uk", "und"] {
            let language = dateline_article::Language::from_tag(code);
            let terms = Terms::of(language, &format!("{SAMPLE} election war")).into_values();
            hasher.update(format!("{code} {terms:?}\n").as_bytes());
        }
        for name in NAMES.split(' ') {
            hasher.update(format!("{name} {:?}\n", sounds(name)).as_bytes());
        }
        let digest = hasher.finalize().to_hex();
        digest.chars().take(16).collect()
    }

    /// What is stored of an article with a place in its text.
    fn stored_sample() -> String {
        let mut record = Record::bare(Article::new(ArticleId::from_u64(1), "a.txt", "1", "text"));
        let mentions = Mentions { text: vec![(4, 8).into()], title: Vec::new() };
        record.places = vec![Place { mentions, ..Place::unresolved("Holm".to_owned()) }];
        serde_json::to_string(&record).unwrap_or_default()
    }

    #[test]
    fn a_changed_format_needs_a_new_version() {
        // When this fails: raise FORMAT_VERSION, here too, and put the new hash into FORMAT_HASH.
        assert_eq!((FORMAT_VERSION, format_hash().as_str()), (11, FORMAT_HASH));
    }
}
