//! What stands between hostile PDF and the extractor: streams that unpack to too much, forms that draw themselves, trees that are rings. What can be
//! taken out is; what cannot makes the file refused.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId};

use crate::skip::{Fault, Reason};

/// Bytes that one stream may unpack to, and all together.
const STREAM_BYTES: u64 = 256 << 20;
const ALL_BYTES: u64 = 1 << 30;

/// Bytes of content that one page may draw, forms counted as often as they are drawn.
const PAGE_BYTES: u64 = 64 << 20;

/// Forms inside one another.
const DEEPEST: usize = 12;

/// Page trees inside one another.
const TALLEST: usize = 64;

/// Checks that no deflated stream unpacks to too much.
///
/// # Errors
/// `over-limit`.
pub(super) fn unpacks_within_bounds(bytes: &[u8]) -> Result<(), Fault> {
    let over = || Fault::new(Reason::OverLimit, "its streams unpack to too many bytes");
    let mut total = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = bytes.get(at + b"stream".len()..).unwrap_or_default().trim_ascii_start();
        let [first, second, ..] = *rest else { continue };
        let is_zlib = first & 0x0f == 8 && u16::from_be_bytes([first, second]) % 31 == 0;
        if !is_zlib {
            continue;
        }
        let mut unpacked = ZlibDecoder::new(rest).take(STREAM_BYTES + 1);
        // A broken stream is for the extractor to say; what came before counts.
        let mut sink = Counting(0);
        let _ = io::copy(&mut unpacked, &mut sink);
        total += sink.0;
        if sink.0 > STREAM_BYTES || total > ALL_BYTES {
            return Err(over());
        }
    }
    Ok(())
}

/// Checks that there are no more than so many objects: those that the bytes show, and those that streams say they hold.
///
/// # Errors
/// `over-limit`.
pub(super) fn has_few_objects(bytes: &[u8], most: u64) -> Result<(), Fault> {
    let shown = memchr::memmem::find_iter(bytes, b"obj").filter(|&at| {
        let before = bytes.get(..at).unwrap_or_default();
        before.last().is_some_and(|&byte| byte == b' ' || byte.is_ascii_digit())
    });
    let inside = memchr::memmem::find_iter(bytes, b"/N").filter_map(|at| {
        let (count, rest) = number(bytes.get(at + 2..)?)?;
        // `/N 12 0 R` is an object's number.
        let is_reference =
            number(rest).is_some_and(|(_, rest)| rest.trim_ascii_start().starts_with(b"R"));
        (!is_reference).then_some(count)
    });
    let count = inside.fold(shown.count() as u64, u64::saturating_add);
    if count > most {
        return Err(Fault::new(Reason::OverLimit, format!("it has more than {most} objects")));
    }
    Ok(())
}

/// The number that stands next, and what follows it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let bytes = bytes.get(..40).unwrap_or(bytes).trim_ascii_start();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at_checked(length)?;
    // More digits than a number holds are too many objects too.
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.is_empty())?;
    Some((text.parse().unwrap_or(u64::MAX), rest))
}

struct Counting(u64);

impl io::Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Empties pictures and forms that would be drawn without end, and gives the numbers of the pages that can be read, with warnings.
///
/// # Errors
/// `malformed` where the page tree is a ring, or there is no page.
pub(super) fn tame(document: &mut Document) -> Result<(Vec<u32>, Vec<String>), Fault> {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        // Without resources of its own a form draws from those of whoever draws it, perhaps itself.
        if kind == b"Image" || kind == b"Form" && !stream.dict.has(b"Resources") {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(Fault::malformed("the file has no page"));
    }
    let mut costs = Costs::default();
    let mut readable = Vec::new();
    let mut refused = 0;
    for (number, id) in &pages {
        if !ends(document, *id) {
            return Err(Fault::malformed("the tree of pages is a ring"));
        }
        if costs.of_page(document, *id) <= PAGE_BYTES {
            readable.push(*number);
        } else {
            refused += 1;
        }
    }
    for id in costs.endless {
        if let Ok(Object::Stream(stream)) = document.get_object_mut(id) {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
    let mut warnings = Vec::new();
    if refused > 0 {
        warnings.push(format!("{refused} pages draw too much and are not read"));
    }
    Ok((readable, warnings))
}

/// Whether the way from a page to its parents comes to an end.
fn ends(document: &Document, page: ObjectId) -> bool {
    let mut id = page;
    for _ in 0..TALLEST {
        let parent = document
            .get_dictionary(id)
            .and_then(|node| node.get(b"Parent"))
            .and_then(Object::as_reference);
        match parent {
            Ok(parent) => id = parent,
            Err(_) => return true,
        }
    }
    false
}

/// What drawing forms costs, in bytes of content.
#[derive(Default)]
struct Costs {
    known: HashMap<ObjectId, u64>,
    drawing: HashSet<ObjectId>,
    /// Forms that draw themselves, or are too deep.
    endless: HashSet<ObjectId>,
}

impl Costs {
    fn of_page(&mut self, document: &Document, page: ObjectId) -> u64 {
        let content = document.get_page_content(page).unwrap_or_default();
        let mut id = Some(page);
        let mut forms = HashMap::new();
        for _ in 0..TALLEST {
            let Some(node) = id.and_then(|id| document.get_dictionary(id).ok()) else { break };
            if let Some(resources) = dictionary(document, node, b"Resources") {
                forms = xobjects(document, resources);
                break;
            }
            id = node.get(b"Parent").and_then(Object::as_reference).ok();
        }
        self.of_content(document, &content, &forms, 0)
    }

    fn of_content(
        &mut self,
        document: &Document,
        content: &[u8],
        forms: &HashMap<Vec<u8>, ObjectId>,
        depth: usize,
    ) -> u64 {
        let mut cost = content.len() as u64;
        if forms.is_empty() {
            return cost;
        }
        let costs: HashMap<&[u8], u64> = forms
            .iter()
            .map(|(name, id)| (name.as_slice(), self.of_form(document, *id, depth + 1)))
            .collect();
        let most = costs.values().copied().max().unwrap_or(0);
        for at in memchr::memmem::find_iter(content, b"Do") {
            let before = content.get(..at).unwrap_or_default().trim_ascii_end();
            let window = before.get(before.len().saturating_sub(200)..).unwrap_or_default();
            let name = window.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
            cost = cost.saturating_add(costs.get(name).copied().unwrap_or(most));
        }
        cost
    }

    fn of_form(&mut self, document: &Document, id: ObjectId, depth: usize) -> u64 {
        if let Some(cost) = self.known.get(&id) {
            return *cost;
        }
        if depth > DEEPEST || !self.drawing.insert(id) {
            self.endless.insert(id);
            return 0;
        }
        let mut cost = 0;
        if let Ok(Object::Stream(stream)) = document.get_object(id) {
            let content = stream.get_plain_content().unwrap_or_else(|_| stream.content.clone());
            let resources = dictionary(document, &stream.dict, b"Resources");
            let forms =
                resources.map(|resources| xobjects(document, resources)).unwrap_or_default();
            cost = self.of_content(document, &content, &forms, depth);
        }
        self.drawing.remove(&id);
        self.known.insert(id, cost);
        cost
    }
}

/// The forms among the resources, by name.
fn xobjects(document: &Document, resources: &Dictionary) -> HashMap<Vec<u8>, ObjectId> {
    let Some(objects) = dictionary(document, resources, b"XObject") else { return HashMap::new() };
    objects
        .iter()
        .filter_map(|(name, object)| Some((name.clone(), object.as_reference().ok()?)))
        .collect()
}

fn dictionary<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    let object = holder.get(key).ok()?;
    document.dereference(object).ok()?.1.as_dict().ok()
}
