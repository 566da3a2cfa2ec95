//! Containers and compressed files: their members are read as files of their own, through the same registry, with paths such as
//! `leak.zip!/a/b.html`. Nothing is ever written, and no member's path leads out of its container.

pub(crate) mod budget;
pub(crate) mod bzip2;
pub(crate) mod gzip;
pub(crate) mod member;
pub(crate) mod tar;
pub(crate) mod xz;
pub(crate) mod zip;
pub(crate) mod zstd;
