//! What stands inside and behind articles and is not of them, in the languages news is written in.

/// Beginnings of lines that lead to another article, in lower case, with `|` between.
pub(super) const LEADS: &str = "\
    related|read more|read also|read next|also read|see more|see also|also:|also on|more:|more on|more from|\
    more news|more stories|don't miss|don’t miss|watch:|listen:|click here|leggi anche|lire aussi|à lire|\
    lesen sie auch|mehr zum thema|leia também|leia mais|lea también|lee también|lees ook|czytaj też|zobacz też|\
    читайте также|читайте також|ayrıca|اقرأ أيضا";

/// Whole lines that label what is no text, written as `title::key` writes them, with `|` between.
pub(super) const LABELS: &str = "\
    advert|advertisement|ad|sponsored|share|share this|share this article|sharing is caring|subscribe|subscribe now|\
    sign up|comments|comment|post comment|leave a comment|loading|loading content|close|caption|gallery|print|email|\
    like this story share it with a friend|learn more|continue reading below|story continues below|join the conversation|\
    you may also like|popular|latest|most read|related|related articles|related stories|anzeige|werbung|publicité|\
    publicidad|publicidade|pubblicità|advertentie|reklama|реклама|about the author|tell us what you think|\
    media playback is unsupported on your device";

/// Beginnings of lines that say whose the text is, in lower case, with `|` between.
pub(super) const RIGHTS: &str =
    "copyright|©|(c) |all rights reserved|alle rechte vorbehalten|tous droits réservés";

/// Beginnings of lines that invite a reader to something else, in lower case, with `|` between.
pub(super) const INVITATIONS: &str = "\
    follow |sign up|subscribe|get the |click here|reach the reporter|email |e-mail |join |want more|like us|download |if you enjoyed|\
    for more|contact |write to |register |folgen sie|abonnieren|suivez|abonnez|síguenos|suscríbete|siga |assine|seguici|iscriviti|volg |\
    подпис|підпис";

/// Words of lines that are nothing but times, in lower case.
pub(super) const TIMES: &str = "\
    published|updated|posted|first|last|modified|created|on|at|ago|day|days|hour|hours|minute|minutes|min|mins|\
    week|weeks|am|pm|a|p|m|st|nd|rd|th|et|est|edt|gmt|utc|bst|cet|hst|pst|pdt|ist|t|z|h|uhr|um|le|el|\
    de|à|às|il|om|stand";
