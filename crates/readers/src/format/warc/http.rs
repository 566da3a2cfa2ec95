//! A server's answer as an archive holds it: status, headers, and a body in chunks or compressed, as it was sent or already undone. Archives are
//! written by many programs, so what the headers say of the body is believed only where the body agrees.

use std::borrow::Cow;
use std::io::Read;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::container::zstd;
use crate::detect::{Confidence, Sample};
use crate::format::html::Html;
use crate::found::Found;
use crate::limits::Limits;
use crate::registry::Reader;
use crate::skip::Fault;

/// A page as its server sent it.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// The encoding that the server names.
    pub(super) charset: Option<String>,
    pub(super) warning: Option<String>,
}

/// The page in an answer; `None` where the answer is no page, or not the one asked for (an error, a redirect).
///
/// # Errors
/// `over-limit` where it unpacks to more than a record may have.
pub(super) fn page(
    answer: &[u8],
    limits: Limits,
    found: &Found<'_>,
) -> Result<Option<Page>, Fault> {
    let (head, body) = parted(answer);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    let headers: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
    let header = |name: &str| {
        let mut all = headers.iter().rev();
        let value = all.find(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        value.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let is_answer = head.starts_with("HTTP/");
    if is_answer && !status.starts_with('2') {
        return Ok(None);
    }
    let content = header("content-type");
    if content.as_deref().is_some_and(|content| !is_page(content)) {
        return Ok(None);
    }
    let mut warning = None;
    let body = if header("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
        unchunked(if is_answer { body } else { answer }, &mut warning)
    } else {
        Cow::Borrowed(if is_answer { body } else { answer })
    };
    let codings = header("content-encoding").unwrap_or_default();
    let bytes = decoded(body, &codings, limits, found, &mut warning)?;
    let looks_like_one = || Html.recognises(&Sample::new(&bytes, "", true)) != Confidence::No;
    if content.is_none() && !looks_like_one() {
        return Ok(None);
    }
    let charset = content.as_deref().and_then(charset).map(str::to_owned);
    Ok(Some(Page { bytes, charset, warning }))
}

/// Whether a content type is that of a page.
pub(super) fn is_page(content_type: &str) -> bool {
    let content_type = content_type.split(';').next().unwrap_or_default().trim();
    content_type.eq_ignore_ascii_case("text/html")
        || content_type.eq_ignore_ascii_case("application/xhtml+xml")
}

/// The encoding in a content type.
pub(super) fn charset(content_type: &str) -> Option<&str> {
    let (_, rest) = content_type.split_once("charset=")?;
    let label = rest.split(';').next().unwrap_or(rest).trim().trim_matches(['"', '\'']);
    Some(label).filter(|label| !label.is_empty())
}

/// Headers and body.
fn parted(answer: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in answer.split_inclusive(|&byte| byte == b'\n') {
        let begin = at;
        at += line.len();
        if line.trim_ascii().is_empty() {
            let head = answer.get(..begin).unwrap_or_default();
            return (head, answer.get(at..).unwrap_or_default());
        }
    }
    (answer, &[])
}

/// The body without the sizes of its chunks, if it has any.
fn unchunked<'b>(body: &'b [u8], warning: &mut Option<String>) -> Cow<'b, [u8]> {
    let mut plain = Vec::new();
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest.get(..100).unwrap_or(rest));
        let size = end.and_then(|end| rest.get(..end)).and_then(chunk_size);
        let (Some(end), Some(size)) = (end, size) else {
            if plain.is_empty() {
                return Cow::Borrowed(body);
            }
            warning.get_or_insert("its last chunks are damaged".to_owned());
            return Cow::Owned(plain);
        };
        if size == 0 {
            return Cow::Owned(plain);
        }
        let content = rest.get(end + 1..).unwrap_or_default();
        let whole = content.get(..size);
        plain.extend_from_slice(whole.unwrap_or(content));
        if whole.is_none() {
            warning.get_or_insert("its last chunk is cut".to_owned());
            return Cow::Owned(plain);
        }
        let after = content.get(size..).unwrap_or_default();
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(line).ok()?;
    let digits = text.split(';').next()?.trim();
    usize::from_str_radix(digits, 16).ok()
}

/// The body with its codings undone, the last one first.
fn decoded(
    body: Cow<'_, [u8]>,
    codings: &str,
    limits: Limits,
    found: &Found<'_>,
    warning: &mut Option<String>,
) -> Result<Vec<u8>, Fault> {
    let mut bytes = body.into_owned();
    for coding in codings.rsplit(',').map(str::trim).take(4) {
        // What begins with a tag is text already, whatever was said of it.
        if bytes.trim_ascii_start().starts_with(b"<") {
            break;
        }
        let packed = bytes.as_slice();
        let stream: Box<dyn Read + '_> = match coding {
            "gzip" | "x-gzip" if packed.starts_with(b"\x1f\x8b") => {
                Box::new(MultiGzDecoder::new(packed))
            }
            "deflate" if is_zlib(packed) => Box::new(ZlibDecoder::new(packed)),
            "deflate" => Box::new(DeflateDecoder::new(packed)),
            "br" => Box::new(brotli_decompressor::Decompressor::new(packed, 4096)),
            "zstd" => Box::new(zstd::content(packed)),
            _ => continue,
        };
        let limit = limits.record_bytes as u64;
        let mut plain = Vec::new();
        let read = found.counted(stream).take(limit + 1).read_to_end(&mut plain);
        if plain.len() as u64 > limit {
            return Err(Fault::over_limit("the page", limit));
        }
        match read {
            Ok(_) => {}
            Err(error) if plain.is_empty() => {
                return Err(Fault::malformed(format!("the page's {coding} is damaged: {error}")));
            }
            Err(_) => {
                warning.get_or_insert(format!("its {coding} is damaged towards the end"));
            }
        }
        bytes = plain;
    }
    Ok(bytes)
}

/// Whether deflate has the header of zlib, which servers leave out or not (RFC 1950, 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}
