//! The formats, one a file. Each is entered in [`registry`](crate::registry).

pub(crate) mod alto;
pub(crate) mod csv;
pub(crate) mod docx;
pub(crate) mod epub;
pub(crate) mod europresse;
pub(crate) mod factiva;
pub(crate) mod feed;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod json_lines;
pub(crate) mod mail;
pub(crate) mod markdown;
pub(crate) mod newsml_1;
pub(crate) mod newsml_g2;
pub(crate) mod nexis;
pub(crate) mod nitf;
pub(crate) mod odt;
pub(crate) mod office;
pub(crate) mod pdf;
pub(crate) mod reuters;
pub(crate) mod ritzau;
pub(crate) mod rtf;
pub(crate) mod text;
pub(crate) mod trec;
pub(crate) mod warc;
pub(crate) mod wire;

#[cfg(test)]
pub(crate) mod testing;
