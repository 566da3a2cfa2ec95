//! Names of months and of the days of the week in the languages news is written in: one table for readers (metadata) and extraction (running text).

/// Number (1 to 12) of the month called `name` in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Ukrainian, Russian, Arabic or
/// Turkish; full names, inflected forms and usual abbreviations without their full stop, in any case. `None` for any other word.
pub fn month(name: &str) -> Option<u8> {
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let name = name.to_lowercase();
    let row = MONTHS.iter().position(|names| names.split(' ').any(|known| known == name))?;
    u8::try_from(row + 1).ok()
}

/// Number (1, Monday, to 7) of the day of the week called `name` in English (abbreviations too), German, French, Spanish, Italian, Russian or Ukrainian, in any
/// case. `None` for any other word.
pub fn weekday(name: &str) -> Option<u8> {
    let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
    let row = WEEKDAYS.iter().position(|names| names.split(' ').any(|known| known == name))?;
    u8::try_from(row + 1).ok().filter(|_| !name.is_empty())
}

/// A row a day, the languages in the order of [`weekday`]'s documentation.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag lundi lunes lunedì понедельник понеділок",
    "tuesday tue tues dienstag mardi martes martedì вторник вівторок",
    "wednesday wed mittwoch mercredi miércoles mercoledì среда середа",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì четверг четвер",
    "friday fri freitag vendredi viernes venerdì пятница п'ятниця",
    "saturday sat samstag sonnabend samedi sábado sabato суббота субота",
    "sunday sun sonntag dimanche domingo domenica воскресенье неділя",
];

/// A row a month, the languages in the order of [`month`]'s documentation.
const MONTHS: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari stycznia styczeń sty січня січень січ января январь янв يناير كانون-الثاني ocak oca",
    "february feb februar feber février févr fév febrero febbraio febbr fevereiro fev februari lutego luty lut лютого лютий лют февраля февраль фев февр فبراير شباط şubat şub",
    "march mar märz mrz mär mars marzo março maart mrt marca marzec березня березень бер марта март мар مارس آذار mart",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi квітня квітень квіт апреля апрель апр أبريل نيسان nisan nis",
    "may mai mayo maggio mag maio mei maja maj травня травень трав мая май مايو أيار mayıs",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze червня червень черв июня июнь июн يونيو حزيران haziran haz",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip липня липень лип июля июль июл يوليو تموز temmuz tem",
    "august aug août aout agosto ago agosto augustus sierpnia sierpień sie серпня серпень серп августа август авг أغسطس آب ağustos ağu",
    "september sept sep septembre septiembre setiembre settembre sett setembro set września wrzesień wrz вересня вересень вер сентября сентябрь сен сент سبتمبر أيلول eylül eyl",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź жовтня жовтень жовт октября октябрь окт أكتوبر تشرين-الأول ekim eki",
    "november nov novembre noviembre novembro listopada listopad lis листопада листопад лист ноября ноябрь ноя نوفمبر تشرين-الثاني kasım kas",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia grudzień gru грудня грудень груд декабря декабрь дек ديسمبر كانون-الأول aralık ara",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_by_name() {
        let check = |names: &str, expected: Option<u8>| {
            for name in names.split(' ') {
                assert_eq!(month(name), expected, "{name}");
            }
        };
        check("January JAN. janv. enero Jänner січня январь ocak", Some(1));
        check("may mai mayo травня мая Mayıs", Some(5));
        check("Sept. SEPTEMBER settembre вересня", Some(9));
        check("grudnia Dez déc aralık", Some(12));
        check("mayor Sunday 12 marched", None);
        check("", None);
    }

    #[test]
    fn days_of_the_week_by_name() {
        let check = |names: &str, expected: Option<u8>| {
            for name in names.split(' ') {
                assert_eq!(weekday(name), expected, "{name}");
            }
        };
        check("Monday MON. Montag lundi Понеділок", Some(1));
        check("thurs. jueves четвер", Some(4));
        check("Sun Sonntag dimanche domenica", Some(7));
        check("sunny mondays may 3", None);
        check("", None);
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let mut seen = std::collections::BTreeMap::new();
        for (row, names) in MONTHS.iter().enumerate() {
            for name in names.split(' ') {
                assert_eq!(*seen.entry(name).or_insert(row), row, "{name}");
            }
        }
    }
}
