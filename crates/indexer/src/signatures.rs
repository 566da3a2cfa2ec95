//! The signatures of copies, read from the index's columns.

use dateline_article::ArticleId;
use dateline_extract::copies::{Candidate, suspects};
use dateline_schema::{Opened, unpack_signature as unpack};
use tantivy::columnar::Column;
use tantivy::{DocId, Searcher, TantivyError};

use crate::Error;

/// The columns of one commit.
pub(crate) struct SignatureColumns<'index> {
    pub(crate) searcher: &'index Searcher,
    pub(crate) opened: &'index Opened,
}

/// An article with a signature.
struct Signed<'column> {
    document: DocId,
    ids: &'column Column<u64>,
    published: &'column Column<i64>,
    signature: &'column [u16],
}

impl SignatureColumns<'_> {
    /// The articles that may have a copy; while they are looked for, about `memory_bytes` of signatures are held.
    pub(crate) fn candidates(&self, memory_bytes: usize) -> Result<Vec<Candidate>, Error> {
        // Some have no signature.
        let count = usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX);
        let walk = |each: &mut dyn FnMut(&[u16])| self.each(&mut |signed| each(signed.signature));
        let mut suspected = suspects(count, memory_bytes, walk)?.into_iter();
        let mut found = Vec::new();
        self.each(&mut |signed| {
            if suspected.next() == Some(true)
                && let Some(id) = signed.ids.first(signed.document)
            {
                found.push(Candidate {
                    id: ArticleId::from_u64(id),
                    published: signed.published.first(signed.document),
                    signature: signed.signature.to_vec(),
                });
            }
        })?;
        Ok(found)
    }

    /// Hands out every article with a signature, in an order that is the same every time: that of the columns' dictionaries, which can be read in their own order
    /// only, or else slowly.
    fn each(&self, each: &mut dyn FnMut(Signed<'_>)) -> Result<(), Error> {
        let schema = self.opened.index.schema();
        let fields = &self.opened.fields;
        let mut signature = Vec::new();
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let ids = columns.u64(schema.get_field_name(fields.id))?;
            let published = columns.i64(schema.get_field_name(fields.published))?;
            let Some(signatures) = columns.bytes(schema.get_field_name(fields.signature))? else {
                continue;
            };
            let with_term =
                |document| signatures.term_ords(document).next().map(|term| (term, document));
            let mut documents: Vec<(u64, DocId)> =
                segment.doc_ids_alive().filter_map(with_term).collect();
            documents.sort_unstable();
            let mut documents = documents.into_iter().peekable();
            let mut terms = signatures.dictionary().stream().map_err(TantivyError::from)?;
            while documents.peek().is_some() && terms.advance() {
                unpack(terms.key(), &mut signature);
                while let Some((_, document)) =
                    documents.next_if(|(term, _)| *term == terms.term_ord())
                {
                    each(Signed {
                        document,
                        ids: &ids,
                        published: &published,
                        signature: &signature,
                    });
                }
            }
        }
        Ok(())
    }
}
