//! Words that say nothing of what a text is about: articles, pronouns, prepositions, auxiliaries. By language, and for lists alone: searching honours
//! every word.
//!
//! The lists of Danish, Dutch, Finnish, French, German, Hungarian, Italian, Norwegian, Portuguese, Russian, Spanish and Swedish are Snowball's, as the
//! engine brings them; those of English, Polish and Ukrainian stand here.

use std::collections::HashMap;

use dateline_article::Language;
use dateline_schema::analyze::fold;
use tantivy::tokenizer::{
    Language as Listed, RawTokenizer, StopWordFilter, TextAnalyzer, TokenStream,
};

const ENGLISH: &str = "a about above after again against ago all almost along already also although always am among an and another any are arent around as \
    at away back be became because been before being below between both but by came can cannot cant come comes could couldnt did didnt do does doesnt doing \
    done dont down during each either else enough even ever every few for from further get gets getting go goes going gone got had hadnt has hasnt have \
    havent having he her here hers herself him himself his how however i if im in instead into is isnt it its itself just least less let like made make \
    makes many may me might more most much must my myself near nearly neither never no nor not now of off often on once one only onto or other others our \
    ours ourselves out over own per perhaps put rather same shall she should since so some still such take than that thats the their theirs them themselves \
    then there these they this those though through thus till to together too toward towards under unless until up upon us very via was wasnt we well went \
    were werent what whatever when where whether which while who whole whom whose why will with within without wont would wouldnt yet you your yours \
    yourself said say says";

const POLISH: &str = "a aby ale albo ani az bardzo bez bo by byc byl byla bylo byly beda bedzie ci cie ciebie co czy czyli dla do dzis gdy gdyby gdzie go i \
    ich ile im innych inne inny ja jak jaki jako je jeden jedna jednak jedno jego jej jemu jest jestem jesli jeszcze juz kazdy kiedy kto ktora ktore ktory \
    ktorych ktorym ktorzy ku lecz lub ma maja mi mial mnie moga moze mozna my na nad nam nas nasz nawet nia nic nich nie nigdy nim niz no o obok od on ona \
    one oni ono oraz pan pani po pod podczas poniewaz poza przed przede przez przy raz sa sam sie sobie soba swoj swoja ta tak taki takie takze tam te tego \
    tej ten teraz to toba tobie tu tych tylko tym u w wam was we wiec wielu wlasnie wszystko wszystkich wtedy wy z za zas ze zeby";

const UKRAINIAN: &str = "а або але б без би був була були було в вам вас весь вже ви від він вона вони воно все всі всіх вся втім г де для до дуже є ж же з за \
    зі із і його її їй їм їх й коли крім лише між має мають мене мені ми мій може можна моя на над нам нас наш не немає ним них ні ній ніж ніхто нічого о об \
    один одна одне от перед під по поки при про проте раз саме свій своє свої своїх себе собі та так такий також там те тебе теж ти тим тих то того тоді той \
    тому треба тут ту у хоча хто це цей цього цьому ці цієї ціх цю ця чи чим через чого чому що щоб ще як яка яке який яких які якщо";

/// Tells stop words, language by language.
#[derive(Default)]
pub(crate) struct StopList {
    languages: HashMap<Language, Option<List>>,
}

enum List {
    Own(Vec<String>),
    Engine(Box<TextAnalyzer>),
}

impl StopList {
    /// Whether `written`, in any case, is a stop word of the language; of one that is not known, English ones are.
    pub(crate) fn has(&mut self, language: Option<Language>, written: &str) -> bool {
        let language = language.unwrap_or(Language::ENGLISH);
        match self.languages.entry(language).or_insert_with(|| List::of(language)) {
            None => false,
            Some(List::Own(words)) => words.binary_search(&fold(&plain(written))).is_ok(),
            Some(List::Engine(analyzer)) => {
                let word = written.to_lowercase();
                !analyzer.token_stream(&word).advance()
            }
        }
    }
}

impl List {
    fn of(language: Language) -> Option<Self> {
        let own = |list: &str| {
            let mut words: Vec<String> = list.split_whitespace().map(fold).collect();
            words.sort_unstable();
            Some(Self::Own(words))
        };
        let listed = match language.code() {
            "en" => return own(ENGLISH),
            "pl" => return own(POLISH),
            "uk" => return own(UKRAINIAN),
            "da" => Listed::Danish,
            "nl" => Listed::Dutch,
            "fi" => Listed::Finnish,
            "fr" => Listed::French,
            "de" => Listed::German,
            "hu" => Listed::Hungarian,
            "it" => Listed::Italian,
            "no" | "nb" | "nn" => Listed::Norwegian,
            "pt" => Listed::Portuguese,
            "ru" => Listed::Russian,
            "es" => Listed::Spanish,
            "sv" => Listed::Swedish,
            _ => return None,
        };
        let filter = StopWordFilter::new(listed)?;
        let analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(filter).build();
        Some(Self::Engine(Box::new(analyzer)))
    }
}

/// The word without apostrophes, as words are folded.
fn plain(written: &str) -> String {
    written.chars().filter(|letter| !matches!(letter, '\'' | '’' | 'ʼ' | '＇')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_by_language() {
        let mut list = StopList::default();
        let mut check = |code: &str, word: &str, expected: bool| {
            assert_eq!(list.has(Language::from_tag(code), word), expected, "{code} {word}");
        };
        check("en", "The", true);
        check("en", "don’t", true);
        check("en", "ferry", false);
        check("de", "Die", true);
        check("en", "die", false);
        check("fr", "à", true);
        check("uk", "ЩО", true);
        check("uk", "її", true);
        check("pl", "się", true);
        check("pl", "prom", false);
        check("ru", "который", false);
        check("ru", "что", true);
        check("ja", "の", false);
        assert!(list.has(None, "the"));
    }
}
