//! Names of months and of the days of the week in the languages news is written in: one table for readers (metadata) and extraction (running text).
//!
//! Names are compared without case and without the marks on their letters, so that `MAYIS` is `mayıs`, `fevrier` is `février` and a letter may be
//! written as one character or two.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Number (1 to 12) of the month called `name` in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Ukrainian, Russian, Arabic
/// (of the Levant, the Maghreb and Morocco too) or Turkish; full names in all their cases and usual abbreviations without their full stop, in any case,
/// with or without accents. What follows an apostrophe (`Mart'ta`) does not count. A name of two words has one blank or hyphen. `None` for any other word.
pub fn month(name: &str) -> Option<u8> {
    static NAMES: LazyLock<HashMap<String, u8>> = LazyLock::new(|| by_name(&MONTHS));
    number(name, &NAMES)
}

/// Number (1, Monday, to 7) of the day of the week called `name` in one of the languages of [`month`]; full names in all their cases, and abbreviations
/// where these are no other words (English, Ukrainian, Russian). `None` for any other word.
pub fn weekday(name: &str) -> Option<u8> {
    static NAMES: LazyLock<HashMap<String, u8>> = LazyLock::new(|| by_name(&WEEKDAYS));
    number(name, &NAMES)
}

fn by_name(rows: &[&str]) -> HashMap<String, u8> {
    let numbered = rows.iter().zip(1_u8..);
    numbered
        .flat_map(|(names, row)| names.split_whitespace().map(move |name| (folded(name), row)))
        .collect()
}

fn number(name: &str, names: &HashMap<String, u8>) -> Option<u8> {
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let whole = names.get(&folded(name));
    let cut = || names.get(&folded(name.split(APOSTROPHES).next()?));
    whole.or_else(cut).copied()
}

const APOSTROPHES: [char; 4] = ['\'', '’', 'ʼ', '`'];

/// A name in lower case, without marks and apostrophes.
fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        let letter = match letter {
            // Marks that stand by themselves, those of Arabic, and the line that makes an Arabic word longer.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' | '\u{640}' => continue,
            _ if APOSTROPHES.contains(&letter) => continue,
            ' ' | '\u{a0}' => '-',
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ç' | 'ć' => 'c',
            'ñ' | 'ń' => 'n',
            'ś' | 'ş' => 's',
            'ź' | 'ż' => 'z',
            'ł' => 'l',
            'ğ' => 'g',
            'ё' => 'е',
            'й' => 'и',
            'ї' => 'і',
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            letter => letter,
        };
        plain.push(letter);
    }
    plain
}

/// A row a day, the languages in the order of [`month`]'s documentation.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag montags lundi lunes lunedì segunda-feira maandag poniedziałek poniedziałku poniedziałkowi poniedziałkiem \
     понеділок понеділка понеділку понеділкові понеділком пн понедельник понедельника понедельнику понедельником понедельнике \
     الاثنين الإثنين pazartesi",
    "tuesday tue tues dienstag dienstags mardi martes martedì terça-feira dinsdag wtorek wtorku wtorkowi wtorkiem \
     вівторок вівторка вівторку вівторкові вівторком вт вторник вторника вторнику вторником вторнике الثلاثاء salı",
    "wednesday wed mittwoch mittwochs mercredi miércoles mercoledì quarta-feira woensdag środa środy środzie środę środą \
     середа середи середі середу середою ср среда среды среде среду средой средою الأربعاء çarşamba",
    "thursday thu thur thurs donnerstag donnerstags jeudi jueves giovedì quinta-feira donderdag czwartek czwartku czwartkowi czwartkiem \
     четвер четверга четвергу четвергові четвергом четверзі чт четверг четверге الخميس perşembe",
    "friday fri freitag freitags vendredi viernes venerdì sexta-feira vrijdag piątek piątku piątkowi piątkiem \
     п'ятниця п'ятниці п'ятницю п'ятницею пт пятница пятницы пятнице пятницу пятницей пятницею الجمعة cuma",
    "saturday sat samstag samstags sonnabend sonnabends samedi sábado sabato zaterdag sobota soboty sobocie sobotę sobotą \
     субота суботи суботі суботу суботою сб суббота субботы субботе субботу субботой субботою السبت cumartesi",
    "sunday sun sonntag sonntags dimanche domingo domenica zondag niedziela niedzieli niedzielę niedzielą \
     неділя неділі неділю неділею нд воскресенье воскресенья воскресенью воскресеньем вс الأحد pazar",
];

/// A row a month, the languages in the order of [`month`]'s documentation.
const MONTHS: [&str; 12] = [
    "january jan januar januars jänner jän janvier janv enero ene gennaio gen genn janeiro januari \
     styczeń stycznia styczniowi styczniem styczniu sty січень січня січню січневі січнем січні січ \
     январь января январю январем январе янв يناير كانون-الثاني جانفي ocak oca",
    "february feb februar februars feber février févr fév febrero febbraio febbr fevereiro fev februari \
     luty lutego lutemu lutym lut лютий лютого лютому лютим лют февраль февраля февралю февралем феврале февр фев \
     فبراير شباط فيفري şubat şub",
    "march mar märz märzes mrz mär mars marzo março maart mrt marzec marca marcowi marcem marcu \
     березень березня березню березневі березнем березні бер март марта марту мартом марте мар مارس آذار mart",
    "april apr aprils avril avr abril abr aprile kwiecień kwietnia kwietniowi kwietniem kwietniu kwi \
     квітень квітня квітню квітневі квітнем квітні квіт кві апрель апреля апрелю апрелем апреле апр أبريل نيسان أفريل nisan nis",
    "may mai mayo maggio mag magg maio mei maj maja majowi majem maju травень травня травню травневі травнем травні трав тра \
     май мая маю маем мае مايو أيار ماي mayıs",
    "june jun juni junis juin junio giugno giu junho czerwiec czerwca czerwcowi czerwcem czerwcu cze czerw \
     червень червня червню червневі червнем червні черв чер июнь июня июню июнем июне июн يونيو يونيه حزيران جوان haziran haz",
    "july jul juli julis juillet juil julio luglio lug julho lipiec lipca lipcowi lipcem lipcu lip \
     липень липня липню липневі липнем липні лип июль июля июлю июлем июле июл يوليو يوليه تموز جويلية يوليوز temmuz tem",
    "august aug augusts août aout agosto ago agosto augustus sierpień sierpnia sierpniowi sierpniem sierpniu sie sierp \
     серпень серпня серпню серпневі серпнем серпні серп сер август августа августу августом августе авг أغسطس آب أوت غشت ağustos ağu",
    "september sept sep septembers septembre septiembre setiembre settembre sett setembro wrzesień września wrześniowi wrześniem wrześniu wrz \
     вересень вересня вересню вересневі вереснем вересні вер сентябрь сентября сентябрю сентябрем сентябре сент сен \
     سبتمبر أيلول شتنبر eylül eyl",
    "october oct oktober oktobers okt octobre octubre ottobre ott outubro październik października październikowi październikiem październiku paź \
     жовтень жовтня жовтню жовтневі жовтнем жовтні жовт жов октябрь октября октябрю октябрем октябре окт أكتوبر تشرين-الأول ekim eki",
    "november nov novembers novembre noviembre novembro listopad listopada listopadowi listopadem listopadzie lis \
     листопад листопада листопаду листопадові листопадом листопаді лист ноябрь ноября ноябрю ноябрем ноябре нояб ноя \
     نوفمبر تشرين-الثاني نونبر kasım kas",
    "december dec dezember dezembers dez décembre déc diciembre dic dicembre dezembro grudzień grudnia grudniowi grudniem grudniu gru grudz \
     грудень грудня грудню грудневі груднем грудні груд гру декабрь декабря декабрю декабрем декабре дек \
     ديسمبر كانون-الأول دجنبر aralık ara",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: fn(&str) -> Option<u8>, names: &str, expected: Option<u8>) {
        for name in names.split(' ') {
            assert_eq!(number(name), expected, "{name}");
        }
    }

    #[test]
    fn months_by_name() {
        check(month, "January JAN. janv. enero Jänner січня январь ocak", Some(1));
        check(month, "may mai mayo травня мая Mayıs", Some(5));
        check(month, "Sept. SEPTEMBER settembre вересня", Some(9));
        check(month, "grudnia Dez déc aralık", Some(12));
        check(month, "mayor Sunday 12 marched list mais устав", None);
        check(month, "", None);
    }

    /// The months of each language in order, in the cases that dates put them in.
    #[test]
    fn months_of_every_language() {
        for names in [
            "January February March April May June July August September October November December",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
            "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
            "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
            "كانون-الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين-الأول تشرين-الثاني كانون-الأول",
            "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر اكتوبر نوفمبر ديسمبر",
            "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
            "OCAK ŞUBAT MART NİSAN MAYIS HAZİRAN TEMMUZ AĞUSTOS EYLÜL EKİM KASIM ARALIK",
            "Ocak'ta Şubat’ta Mart'ta Nisan'da Mayıs'ta Haziran'da Temmuz'da Ağustos'ta Eylül'de Ekim'de Kasım'da Aralık'ta",
        ] {
            for (number, name) in (1..).zip(names.split(' ')) {
                check(month, name, Some(number));
                check(month, &name.to_uppercase(), Some(number));
            }
        }
        check(month, "fevrier fe\u{301}vrier FÉVR.", Some(2));
        check(month, "pazdziernika PAŹDZIERNIKA paź.", Some(10));
        assert_eq!(month("كانون الثاني"), Some(1));
    }

    #[test]
    fn days_of_the_week_by_name() {
        check(weekday, "Monday MON. Montag lundi Понеділок", Some(1));
        check(weekday, "thurs. jueves четвер", Some(4));
        check(weekday, "п'ятниця п’ятницю ПʼЯТНИЦІ пятницу", Some(5));
        check(weekday, "Sun Sonntag dimanche domenica", Some(7));
        check(weekday, "sunny mondays may 3", None);
        check(weekday, "", None);
    }

    /// The days of each language in order.
    #[test]
    fn days_of_every_language() {
        for names in [
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
            "lundi mardi mercredi jeudi vendredi samedi dimanche",
            "lunes martes miércoles jueves viernes sábado domingo",
            "lunedì martedì mercoledì giovedì venerdì sabato domenica",
            "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
            "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
            "poniedziałek wtorek środa czwartek piątek sobota niedziela",
            "poniedziałku wtorku środę czwartku piątku sobotę niedzielę",
            "понеділок вівторок середа четвер п'ятниця субота неділя",
            "понеділка вівторка середу четверга п’ятницю суботу неділю",
            "понедельник вторник среда четверг пятница суббота воскресенье",
            "понедельника вторника среду четверга пятницу субботу воскресенья",
            "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
            "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar",
        ] {
            for (number, name) in (1..).zip(names.split(' ')) {
                check(weekday, name, Some(number));
                check(weekday, &name.to_uppercase(), Some(number));
            }
        }
    }

    #[test]
    fn no_name_stands_for_two() {
        for rows in [&MONTHS[..], &WEEKDAYS[..]] {
            let mut seen = HashMap::new();
            for (row, names) in rows.iter().enumerate() {
                for name in names.split_whitespace() {
                    assert_eq!(*seen.entry(folded(name)).or_insert(row), row, "{name}");
                }
            }
        }
    }
}
