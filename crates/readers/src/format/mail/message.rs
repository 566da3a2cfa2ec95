//! One message: its headers become fields, its body paragraphs, and its attachments files of their own.
//!
//! MIME and encodings of headers are mail-parser's. What it cannot decode, since the encoding is not said, is decoded by detection.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Address, ContentType, Encoding, HeaderName, HeaderValue, Message, MessageParser, MessagePart,
    MimeHeaders, PartType,
};

use super::{encoded_word, flowed, newsletter};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::skip::{Fault, Halt, Reason};
use crate::{byline, characters, encoding, markup, paragraphs};

/// A message read.
struct Read<'x> {
    article: Result<Draft, Fault>,
    part: Option<String>,
    attachments: Vec<(String, Cow<'x, [u8]>)>,
}

/// Reads a message and hands on its article and then its attachments, whose paths begin with `folder`.
pub(super) fn emit(bytes: &[u8], folder: &str, found: &mut Found<'_>) -> Result<(), Halt> {
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_else(|_| {
        let fault = Fault::new(Reason::Panic, "the reader of a message failed");
        Some(Read { article: Err(fault), part: None, attachments: Vec::new() })
    });
    let Some(read) = read else {
        return found.skip(None, Fault::malformed("a message without headers"));
    };
    let part = read.part.clone().unwrap_or_else(|| found.next_number());
    match read.article {
        // A message that only carries files is no article, and not empty.
        Ok(draft)
            if draft.paragraphs.is_empty()
                && draft.title.is_none()
                && !read.attachments.is_empty() => {}
        Ok(draft) => found.article(draft)?,
        Err(fault) => found.skip(read.part, fault)?,
    }
    for (name, content) in read.attachments {
        let name = if folder.is_empty() { name } else { format!("{folder}{part}/{name}") };
        let size = content.len() as u64;
        found.member(&name, Box::new(&*content), Some(size))?;
    }
    Ok(())
}

/// Reads a message; `None` where it has no headers.
fn read(bytes: &[u8]) -> Option<Read<'_>> {
    let mut message = MessageParser::default().parse(bytes)?;
    let mut draft = Draft::default();
    take_headers(&message, bytes, &mut draft);
    let part = draft.part.clone();
    if is_encrypted(&message) {
        let fault = Fault::new(Reason::Encrypted, "the message is encrypted");
        return Some(Read { article: Err(fault), part, attachments: Vec::new() });
    }
    take_body(&mut message, bytes, &mut draft);
    if is_of_a_list(&message) {
        newsletter::unframe(&mut draft.paragraphs);
    }
    let is_locked = draft
        .paragraphs
        .first()
        .is_some_and(|first| first.starts_with("-----BEGIN PGP MESSAGE-----"));
    let article = if is_locked {
        Err(Fault::new(Reason::Encrypted, "the message is encrypted"))
    } else {
        Ok(draft)
    };
    Some(Read { article, part, attachments: take_attachments(&mut message, bytes) })
}

fn take_headers(message: &Message<'_>, bytes: &[u8], draft: &mut Draft) {
    let raw = |name: &'static str| {
        message.header_raw(name).and_then(characters::one_line).filter(|text| !text.is_empty())
    };
    draft.part = message.message_id().map(str::to_owned);
    if let Some(title) = decoded(message, &HeaderName::Subject, bytes) {
        draft.set(Field::Title, &title);
    }
    if let Some(date) = raw("Date") {
        draft.set(Field::Published, &date);
    }
    let undeclared = decoded(message, &HeaderName::From, bytes).filter(|_| {
        let names = message.from().into_iter().flat_map(Address::iter);
        names.filter_map(|sender| sender.name.as_deref()).any(is_broken)
    });
    draft.byline = senders(message.from(), undeclared.as_deref());
    draft.source = list_name(message.list_id());
    for (name, field) in [
        ("Archived-At", Field::Url),
        ("Content-Language", Field::Language),
        ("Keywords", Field::Keywords),
    ] {
        if let Some(text) = raw(name) {
            draft.set(field, text.trim_matches(['<', '>']));
        }
    }
}

/// The text of a header: that of the last one, where there are several.
fn decoded(message: &Message<'_>, name: &HeaderName<'_>, bytes: &[u8]) -> Option<String> {
    let header = message.root_part().headers.iter().rev().find(|header| header.name == *name)?;
    let raw = bytes.get(header.offset_start as usize..header.offset_end as usize)?;
    Some(encoded_word::decode(raw))
}

fn is_broken(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER)
}

/// Names of the senders; an address where one has no name. `undeclared` is the whole header where its encoding is not said.
fn senders(from: Option<&Address<'_>>, undeclared: Option<&str>) -> Vec<String> {
    let mut senders = Vec::new();
    for sender in from.into_iter().flat_map(Address::iter).take(20) {
        let name = match undeclared {
            Some(header) => header.split('<').next(),
            None => sender.name.as_deref(),
        };
        let name = name.map(|name| name.trim().trim_matches(['"', '\'']));
        let author = name.and_then(byline::author);
        senders.extend(author.or_else(|| sender.address.as_deref().map(str::to_owned)));
    }
    senders
}

/// The name that a mailing list or newsletter gives itself.
fn list_name(value: &HeaderValue<'_>) -> Option<String> {
    let name = match value {
        HeaderValue::Address(address) => address.first()?.name.as_deref()?,
        HeaderValue::Text(text) => text.split_once('<').map(|(name, _)| name)?,
        _ => return None,
    };
    Some(name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty())
}

/// Whether a message says that it is sent to a list (RFC 2369, RFC 2919, and the older `Precedence`).
fn is_of_a_list(message: &Message<'_>) -> bool {
    let precedence = message.header_raw("Precedence").map(|value| value.trim().to_lowercase());
    ["List-Unsubscribe", "List-Id"].iter().any(|name| message.header_raw(*name).is_some())
        || matches!(precedence.as_deref(), Some("list" | "bulk"))
}

fn is_encrypted(message: &Message<'_>) -> bool {
    let Some(kind) = message.root_part().content_type() else { return false };
    let enveloped = || kind.attribute("smime-type").is_none_or(|kind| kind.contains("enveloped"));
    match (kind.ctype(), kind.subtype()) {
        ("multipart", Some("encrypted")) => true,
        ("application", Some("pkcs7-mime" | "x-pkcs7-mime")) => enveloped(),
        _ => false,
    }
}

/// The body: its HTML where there is any, since its paragraphs are sure, else its plain text.
fn take_body(message: &mut Message<'_>, bytes: &[u8], draft: &mut Draft) {
    let part = |number: &u32| message.parts.get(*number as usize);
    let is_html = |part: &MessagePart<'_>| matches!(&part.body, PartType::Html(html) if !html.trim().is_empty());
    let has_html = message.html_body.iter().filter_map(part).any(is_html);
    let chosen = if has_html { &message.html_body } else { &message.text_body };
    for part in chosen.iter().filter_map(part) {
        take_part(part, bytes, draft);
    }
    // In a message that is cut, the last text may not be told from a file.
    if draft.paragraphs.is_empty() {
        let is_text = |number: &u32| part(number).is_some_and(is_nameless_text);
        if let Some(number) = message.attachments.iter().copied().find(is_text) {
            message.attachments.retain(|other| *other != number);
            if let Some(part) = message.parts.get(number as usize) {
                take_part(part, bytes, draft);
            }
        }
    }
}

fn is_nameless_text(part: &MessagePart<'_>) -> bool {
    let attached = part.content_disposition().is_some_and(ContentType::is_attachment);
    // A message of many parts without a boundary is one part of raw bytes.
    let is_root = part.content_type().is_some_and(|kind| kind.ctype() == "multipart");
    (is_root || matches!(part.body, PartType::Text(_) | PartType::Html(_)))
        && part.attachment_name().is_none()
        && !attached
        && !is_by_the_way(part.content_type())
}

/// Adds the paragraphs of a part that is text.
fn take_part(part: &MessagePart<'_>, bytes: &[u8], draft: &mut Draft) {
    match &part.body {
        PartType::Html(html) => {
            let html = whole(part, html, bytes, draft);
            draft.paragraphs.extend(markup::paragraphs(&html));
        }
        PartType::Text(text) => {
            let text = whole(part, text, bytes, draft);
            let kind = part.content_type();
            let says = |name, value: &str| {
                kind.and_then(|kind| kind.attribute(name))
                    .is_some_and(|said| said.eq_ignore_ascii_case(value))
            };
            let text = if says("format", "flowed") {
                Cow::Owned(flowed::join(&text, says("delsp", "yes")))
            } else {
                text
            };
            draft.paragraphs.extend(paragraphs::split(&characters::clean(&text)));
        }
        PartType::Binary(content) => {
            let decoded = encoding::decode(content.to_vec(), None);
            draft.warnings.extend(decoded.warning);
            draft.paragraphs.extend(paragraphs::split(&characters::clean(&decoded.text)));
        }
        PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => {}
    }
}

/// The text of a part; by detection where the encoding that it names, or none, did not fit.
fn whole<'t>(
    part: &MessagePart<'_>,
    text: &'t str,
    bytes: &[u8],
    draft: &mut Draft,
) -> Cow<'t, str> {
    if !is_broken(text) {
        return Cow::Borrowed(text);
    }
    let raw = bytes.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let content = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let Some(content) = content else { return Cow::Borrowed(text) };
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let decoded = encoding::decode(content, label.map(str::as_bytes));
    draft.warnings.extend(decoded.warning);
    Cow::Owned(decoded.text)
}

/// Kinds of attachments that are part of a message's look or of its transport.
fn is_by_the_way(kind: Option<&ContentType<'_>>) -> bool {
    let Some(kind) = kind else { return false };
    let subtype = kind.subtype().unwrap_or_default();
    match kind.ctype() {
        "image" | "audio" | "video" | "font" => true,
        "application" => {
            ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "pgp-keys", "ms-tnef"]
                .contains(&subtype)
        }
        "message" => ["delivery-status", "disposition-notification"].contains(&subtype),
        "text" => ["rfc822-headers", "calendar", "x-vcard", "vcard"].contains(&subtype),
        _ => false,
    }
}

fn take_attachments<'x>(
    message: &mut Message<'x>,
    bytes: &'x [u8],
) -> Vec<(String, Cow<'x, [u8]>)> {
    let mut attachments = Vec::new();
    for number in std::mem::take(&mut message.attachments) {
        let Some(part) = message.parts.get_mut(number as usize) else { continue };
        if is_by_the_way(part.content_type()) {
            continue;
        }
        let name = part.attachment_name().map(str::to_owned);
        let body = std::mem::take(&mut part.body);
        let (content, default) = match body {
            PartType::Text(text) => (text_bytes(text), "attachment.txt"),
            PartType::Html(text) => (text_bytes(text), "attachment.html"),
            PartType::Binary(content) | PartType::InlineBinary(content) => (content, "attachment"),
            PartType::Message(inner) => {
                let raw = bytes.get(part.offset_body as usize..part.offset_end as usize);
                let content = match part.encoding {
                    Encoding::None => Cow::Borrowed(raw.unwrap_or_default()),
                    _ => inner.raw_message,
                };
                (content, "message.eml")
            }
            PartType::Multipart(_) => continue,
        };
        let mut name = name.unwrap_or_else(|| default.to_owned());
        if default == "message.eml" && !name.to_ascii_lowercase().ends_with(".eml") {
            name.push_str(".eml");
        }
        attachments.push((name, content));
    }
    attachments
}

fn text_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}
