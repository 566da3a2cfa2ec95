//! Feeds of every version as sites write them, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

fn found(reader: &dyn crate::registry::Reader, xml: &str) -> Vec<String> {
    let articles = testing::all(reader, xml);
    let line = |article: &dateline_article::Article| {
        format!("{} · text {}", shown(article), article.paragraphs.join("|"))
    };
    articles.iter().map(line).collect()
}

#[track_caller]
fn rss(item: &str, expected: &str) {
    let xml = format!(
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:c='http://purl.org/dc/elements/1.1/' \
         xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Solmark News</title><link>https://news.example.org</link>\
         <language>en-gb</language><image><title>Logo</title></image><item>{item}</item></channel></rss>"
    );
    assert_eq!(found(&Rss, &xml), [expected], "{item}");
}

#[test]
fn rss_items() {
    rss(
        "<title>Trams &amp;amp; buses</title><link>https://news.example.org/1</link><guid isPermaLink='false'>n-1</guid>\
         <pubDate>Thu, 02 May 2024 10:00:00 +0200</pubDate><c:creator>Elin Brask</c:creator><category>Transport</category>\
         <media:title>Photo</media:title><description>Short.</description>\
         <content:encoded><![CDATA[<p>One &amp; two.</p><p>Three.</p>]]></content:encoded>",
        "part n-1 · url https://news.example.org/1 · source Solmark News · title Trams & buses · byline Elin Brask · keywords Transport · \
         language en · published 2024-05-02T10:00:00+02:00 · text One & two.|Three.",
    );
    // Escaped HTML; an author with an address; a guid that is the address; another source.
    rss(
        "<title>T</title><guid>https://news.example.org/2</guid><author>elin@example.org (Elin Brask)</author>\
         <source url='https://other.example'>Other</source><description>&lt;b&gt;One&lt;/b&gt;&lt;br/&gt;two &amp;eacute;</description>",
        "part https://news.example.org/2 · url https://news.example.org/2 · source Other · title T · byline Elin Brask · language en · \
         text One|two é",
    );
    // U038: a date with slashes; an address is nobody's name; HTML as elements.
    rss(
        "<title>T</title><author>desk@example.org</author><pubDate>2019/11/15 10:00:00</pubDate><description><p>One</p><p>two</p></description>",
        "part 1 · source Solmark News · title T · language en · published 2019-11-15T10:00:00 · text One|two",
    );
    // A date that is none stays out; an item without a title has its text.
    rss(
        "<pubDate>soon</pubDate><description>One. AT&amp;T &amp;lt; all.</description>",
        "part 1 · source Solmark News · language en · warnings 1 · text One. AT&T < all.",
    );
    // A prefix that nobody declared.
    rss(
        "<title>T</title><dc:date>2024-05-02</dc:date><dc:creator>A. Berg</dc:creator>",
        "part 1 · source Solmark News · title T · byline A. Berg · language en · published 2024-05-02 · text ",
    );
}

#[test]
fn rss_as_rdf() {
    let xml = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>\
               <channel rdf:about='https://news.example.org'><title>Solmark News</title><dc:language>de</dc:language><items><rdf:Seq>\
               <rdf:li rdf:resource='https://news.example.org/1'/></rdf:Seq></items></channel>\
               <item rdf:about='https://news.example.org/1'><title>T</title><link>https://news.example.org/1</link>\
               <dc:date>2003-04-05T06:07Z</dc:date><description>One.</description></item><textinput><title>Search</title></textinput></rdf:RDF>";
    assert_eq!(
        found(&Rss, xml),
        [
            "part https://news.example.org/1 · url https://news.example.org/1 · source Solmark News · title T · language de · \
             published 2003-04-05T06:07:00Z · text One."
        ]
    );
}

#[test]
fn an_export_of_wordpress() {
    let xml = "<rss xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
               xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Blog</title><wp:author><wp:author_login>a</wp:author_login></wp:author>\
               <item><title>Post</title><excerpt:encoded>Short</excerpt:encoded><content:encoded>One.\n\nTwo.</content:encoded>\
               <wp:post_date>2024-05-02 10:00:00</wp:post_date><wp:post_type>post</wp:post_type><wp:comment><wp:comment_content>Spam</wp:comment_content></wp:comment></item>\
               <item><title>photo.jpg</title><guid>g</guid><wp:post_type>attachment</wp:post_type></item></channel></rss>";
    let items = testing::read(&Rss, xml.as_bytes());
    assert_eq!(
        shown(items[0].as_ref().unwrap()),
        "part 1 · source Blog · title Post · published 2024-05-02T10:00:00"
    );
    assert_eq!(items[0].as_ref().unwrap().paragraphs, ["One.", "Two."]);
    assert_eq!(testing::skips(&Rss, xml), ["empty g"]);
}

#[test]
fn posts_of_wordpress_as_they_are_kept() {
    let xml = "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'><channel><item>\
               <title>Post</title><content:encoded><![CDATA[<b>[dropcap]T[/dropcap]rams</b> run\nagain.\n\nAll <i>lines</i>.\n\n[gallery ids='1,2']]]></content:encoded>\
               <wp:post_type>post</wp:post_type></item></channel></rss>";
    assert_eq!(testing::one(&Rss, xml).paragraphs, ["Trams run again.", "All lines."]);
}

#[track_caller]
fn atom(entry: &str, expected: &str) {
    let xml = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Solmark News</title><author><name>Desk Berg</name></author>\
         <link rel='self' href='https://news.example.org/feed'/><updated>2024-05-03T00:00:00Z</updated><entry>{entry}</entry></feed>"
    );
    assert_eq!(found(&Atom, &xml), [expected], "{entry}");
}

#[test]
fn atom_entries() {
    atom(
        "<title type='html'>Trams &amp;amp; &lt;i&gt;buses&lt;/i&gt;</title><id>tag:example.org,2024:1</id>\
         <link rel='edit' href='https://news.example.org/edit'/><link href='https://news.example.org/1'/>\
         <published>2024-05-02T10:00:00+02:00</published><updated>2024-05-03T10:00:00+02:00</updated>\
         <author><name>Elin Brask</name><email>e@example.org</email></author><category term='t' label='Transport'/>\
         <summary>Short.</summary><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>two</p></div></content>",
        "part tag:example.org,2024:1 · url https://news.example.org/1 · source Solmark News · title Trams & buses · byline Elin Brask · \
         keywords Transport · language en · published 2024-05-02T10:00:00+02:00 · text One|two",
    );
    // The feed's author is the entry's; plain text keeps its signs; a source of its own.
    atom(
        "<title>1 &lt; 2 &amp;amp; 3</title><updated>2024-05-03T10:00:00Z</updated><source><title>Other</title></source><summary>Short.</summary>",
        "part 1 · source Other · title 1 < 2 & 3 · byline Desk Berg · language en · published 2024-05-03T10:00:00Z · text Short.",
    );
    // U038: RSS's name for the date. Content elsewhere, or no text: the summary.
    atom(
        "<title>T</title><pubDate>Thu, 02 May 2024 10:00:00 GMT</pubDate><content src='https://news.example.org/v.mp4' type='video/mp4'/><summary type='html'>&lt;p&gt;One&lt;p&gt;two</summary>",
        "part 1 · source Solmark News · title T · byline Desk Berg · language en · published 2024-05-02T10:00:00Z · text One|two",
    );
}

#[test]
fn a_text_in_base64() {
    atom(
        "<title>T</title><content type='text/html' mode='base64'>PHA+T25lPC9wPjxwPnR3bzwv\ncD4=</content>",
        "part 1 · source Solmark News · title T · byline Desk Berg · language en · text One|two",
    );
    atom(
        "<title>T</title><content type='image/png'>iVBORw0KGgo=</content><summary>Short.</summary>",
        "part 1 · source Solmark News · title T · byline Desk Berg · language en · text Short.",
    );
}

#[test]
fn atom_of_the_draft() {
    let xml = "<feed version='0.3' xmlns='http://purl.org/atom/ns#' xml:lang='fr'><title mode='escaped' type='text/html'>A&amp;amp;B</title>\
               <entry><title>T</title><issued>2004-02-03T04:05:06Z</issued><modified>2005-01-01T00:00:00Z</modified>\
               <content type='text/html' mode='escaped'>&lt;p&gt;One</content></entry></feed>";
    assert_eq!(
        found(&Atom, xml),
        ["part 1 · source A&B · title T · language fr · published 2004-02-03T04:05:06Z · text One"]
    );
}

#[test]
fn broken_feeds() {
    let feed = "<rss><channel><title>S</title><item><guid>1</guid><title>A</title></item><item><guid>2</guid><title>B";
    assert_eq!(testing::skips(&Rss, feed), ["malformed 2"]);
    assert_eq!(testing::skips(&Rss, "<rss><channel><title>S"), ["malformed 1"]);
    assert_eq!(testing::skips(&Rss, "<rss><channel/></rss>"), ["empty -"]);
    assert_eq!(
        testing::skips(&Rss, "<rss><channel><item><title>A</title></item>"),
        ["malformed -"]
    );
    // The end of an item, and of its link, are missing.
    let torn = "<rss><channel><item><title>A</title><link>x</item><item><title>B</title><item><title>C &nbsp;& D</title></item></channel></rss>";
    let titles: Vec<_> =
        testing::all(&Rss, torn).into_iter().map(|item| item.title.unwrap()).collect();
    assert_eq!(titles, ["A", "B", "C \u{a0}& D"]);
    assert_eq!(testing::skips(&Atom, "<feed><entry><id>x</id><title>A"), ["malformed x"]);
}

/// U037: a declared encoding holds in spite of a stray byte.
#[test]
fn a_stray_byte_changes_no_encoding() {
    let mut bytes =
        b"<?xml version='1.0' encoding='gb2312'?><rss><channel><item><title>\xb1\xb1\xbe\xa9"
            .to_vec();
    bytes.extend(b"\xff\xd0\xc2\xce\xc5</title></item></channel></rss>");
    let article = testing::read(&Rss, &bytes).remove(0).unwrap();
    assert_eq!(article.title.as_deref(), Some("北京\u{fffd}新闻"));
    assert_eq!(article.warnings.len(), 1);
}

/// B098: nested and external entities are neither expanded nor fetched.
#[test]
fn entities_are_left_unexpanded() {
    let xml = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]>\
               <rss><channel><item><title>Ferry &b; &f;</title></item></channel></rss>";
    assert_eq!(testing::one(&Rss, xml).title.as_deref(), Some("Ferry &b; &f;"));
}
