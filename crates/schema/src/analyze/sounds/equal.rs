//! Words that are one name, though no rule of spelling says so: given names of one origin in neighbouring languages, names whose vowels Arabic and Hebrew
//! do not write, and surnames that the press spells in ways of its own. The first of a row stands for the others. All are folded.

const EQUAL: &[&str] = &[
    // Slavic given names.
    "volodymyr vladimir wolodymyr wladimir uladzimir wolodimir volodimir vladimír",
    "oleksandr aleksandr alexander alexandre alejandro aliaksandr aleksander alexandr alexandros aleksandar olexandr olexander oleksander alyaksandr",
    "oleksiy oleksii oleksij olexij aleksiej alexei alexey alexej aleksei aleksey aleksej alexis aliaksei oleksi alexi",
    "mykola nikolai nikolay nikolaj nicolai mikola mikalai nikolaos nikola nicolas",
    "serhiy serhii serhij sergei sergey sergej sergueï serguei siarhei siarhiej sergiy sergi serge sergio siergiej sjarhej",
    "yevhen yevhenii yevgeny evgeny jewgeni evgeni yevgeni jewhen evgueni yevgueni evgenij jewgienij yauhen evgenii",
    "dmytro dmitry dmitri dmitriy dmitrij dmitrii dimitri dmitro dzmitry dymitr dmytro",
    "petro pyotr pjotr piotr petr piotr petar",
    "mykhailo mikhail michail mikhaïl mijail mikhael mychajlo michal mykhaylo mihail mykhailo mikhaylo",
    "yulia yuliya julia julija iulia iouliia ioulia yuliia julia yuliia iuliia youlia",
    "viktor victor wiktor viktar",
    "andriy andrii andrij andrei andrey andrej andreï andrzej andriï andri",
    "yuriy yurii yuri juri jurij youri iouri yury jurij iurii jury",
    "ihor igor igar",
    "oleh oleg aleh",
    "pavlo pavel pawel pawlo paval pavlo",
    "vasyl vasily vassili wassili wasyl vasili vasiliy wassyl vasil basil",
    "hryhoriy grigory grigori hryhorij gregory grigoriy grigorij hryhorii grigoris",
    "anatoliy anatoly anatoli anatolij anatolii",
    "vitaliy vitaly vitali witali witalij vitalii vitalij",
    "valeriy valery valeri waleri walerij valerii valerij",
    "heorhiy georgy georgi georgij giorgi gheorghe georgiy heorhii jerzy",
    "yegor jegor egor iegor",
    "leonid leonide leanid",
    "arseniy arsenii arseni arsenij arseny arseniusz",
    "kyrylo kirill kiril kyril kirilo",
    "olena elena jelena yelena helena alena",
    "iryna irina iryna irena",
    "olha olga volha",
    "svitlana svetlana swetlana sviatlana swjatlana swiatlana",
    "kateryna ekaterina yekaterina jekaterina katerina",
    "maksym maxim maksim maxime maksym",
    "kostyantyn konstantin kostiantyn konstantyn constantine konstantinos kostjantyn",
    "tikhanovskaya tsikhanouskaya tichanowskaja zichanouskaja tikhanovskaia cichanouskaja cichanouskaya tijanovskaya tsijanouskaya cichanowska",
    // Serbian surnames that begin with đ, which folding makes a d.
    "djokovic dokovic dzokovic",
    "djindjic dindic dzindzic",
    "djukanovic dukanovic",
    // Arabic and Persian.
    "muhammad mohammed mohammad mohamed muhammed mohamad mohamet muhamad mehmed mohamud",
    "ahmad ahmed achmed achmad",
    "abdul abdel abdoul abdal abdol abdil abd abdi",
    "al el ul ad as ash an ar at",
    "bin ben ibn",
    "khaled khalid chalid chaled jaled halid",
    "nasser naser nasir nassir nacer",
    "yasser yasir jassir jasser yassir yaser jasir yassin",
    "saddam sadam",
    "saleh salih",
    "hosni husni hosny",
    "gaddafi qaddafi kadhafi gadhafi khadafy gheddafi qadhafi kadafi gadafi kaddafi ghadafi qadhdhafi",
    "hezbollah hizbollah hisbollah hizbullah",
    "ismail ismael esmail esmaeil ismaïl",
    "khalifa chalifa jalifa khalifah",
    "omar umar oumar",
    "osama usama oussama ossama",
    "mustafa mostafa moustapha mustapha mostapha",
    "hussein husain hossein hussain husayn houssein hoseyn hosein husein",
    "hassan hasan hassane hasan",
    "yusuf yousef yusef youssef jussuf yussuf yousuf joussef",
    "ibrahim ebrahim",
    "mahmoud mahmud machmud mahmood mahmut",
    "rahman rehman rachman",
    "bashar baschar bachar basar",
    "maher mahir",
    "abu abou abo",
    "sheikh scheich cheikh shaikh sheik",
    "zawahiri zawahri sawahiri sawahri",
    "tariq tarek tareq tarik",
    "qassem qasem kassem qasim ghasem kasim ghassem kassim gassem",
    "soleimani suleimani soleymani sulejmani soleimany",
    "ayatollah ajatollah",
    // Hebrew.
    "binyamin benjamin benyamin binjamin biniamin",
    "yitzhak jitzchak itzhak yitzchak jizchak icchak isaac izaak",
    "moshe mosche moshé",
    "yair jair",
    // Greek.
    "kyriakos kyriacos kiriakos",
    "evangelos evaggelos",
    "georgios giorgos yorgos jorgos george yiorgos",
    "yanis yannis giannis gianis jannis ioannis janis",
];

/// The first of the row that the word is in.
pub(super) fn first_of(word: &str) -> Option<&'static str> {
    ROWS.get(word).copied()
}

static ROWS: std::sync::LazyLock<std::collections::HashMap<String, &'static str>> =
    std::sync::LazyLock::new(|| {
        let rows = EQUAL.iter().filter_map(|row| Some((row.split(' ').next()?, *row)));
        let words = rows.flat_map(|(first, row)| row.split(' ').map(move |word| (word, first)));
        words.map(|(word, first)| (crate::analyze::fold(word), first)).collect()
    });
