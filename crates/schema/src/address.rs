//! Web addresses as they are indexed: without the parameters that say who sent the reader rather than what is read.

use std::borrow::Cow;

/// What of `url` is searched: `&` parts words there, where `AT&T` is one.
pub(crate) fn searched(url: &str) -> String {
    untracked(url).replace("&amp;", " ").replace('&', " ")
}

/// Parameters of mailings, advertisements and analytics, by their own documentation; small letters.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_action_types",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "s_cid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
];

/// Beginnings of such names.
const TRACKING_BEGINNINGS: &[&str] =
    &["utm_", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "at_custom"];

/// `url` without tracking parameters in its query and fragment; a sign that opened nothing but these is gone too.
fn untracked(url: &str) -> Cow<'_, str> {
    let pieces = || url.split_inclusive(['?', '&', ';', '#']);
    if !pieces().skip(1).any(is_tracking) {
        return Cow::Borrowed(url);
    }
    let mut kept = String::with_capacity(url.len());
    for (number, piece) in pieces().enumerate() {
        if number == 0 || !is_tracking(piece) {
            kept.push_str(piece);
        } else if piece.ends_with('#') {
            kept.truncate(kept.trim_end_matches(['?', '&', ';']).len());
            kept.push('#');
        }
    }
    kept.truncate(kept.trim_end_matches(['?', '&', ';', '#']).len());
    Cow::Owned(kept)
}

/// Whether a parameter, up to and with the sign after it, tracks.
fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split(['=', '?', '&', ';', '#']).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&&*name) || TRACKING_BEGINNINGS.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tracks_goes_and_all_else_stays() {
        let check = |url: &str, expected: &str| assert_eq!(untracked(url), expected, "{url}");
        for url in [
            "https://a.example/b?id=7#part",
            "https://a.example/utm_source/b",
            "https://a.example/?q=utm_source",
            "not an address",
            "",
        ] {
            check(url, url);
        }
        check("https://a.example/b?utm_source=Newsletter", "https://a.example/b");
        check("https://a.example/b?id=7&UTM_Source=x&fbclid=y&p=2", "https://a.example/b?id=7&p=2");
        check("https://a.example/b?utm_source=x&id=7", "https://a.example/b?id=7");
        check("https://a.example/b?utm_source=x#top", "https://a.example/b#top");
        check("https://a.example/b?id=7#utm_term=dam", "https://a.example/b?id=7");
        check("https://a.example/b?id=7&amp;gclid=3", "https://a.example/b?id=7&amp");
    }

    #[test]
    fn parameters_are_words_of_their_own() {
        let check = |url: &str, expected: &str| assert_eq!(searched(url), expected, "{url}");
        check("https://a.example/?q=dam&page=2", "https://a.example/?q=dam page=2");
        check("https://a.example/?q=dam&amp;page=2", "https://a.example/?q=dam page=2");
    }

    proptest::proptest! {
        #[test]
        fn once_is_enough(url in "[a-z/?&;#=_]{0,20}(utm_|gclid|id)?[=&?#]{0,3}[a-z]{0,5}") {
            let once = untracked(&url);
            proptest::prop_assert!(once.len() <= url.len());
            proptest::prop_assert_eq!(untracked(&once), once.clone());
        }
    }
}
