-- The keys that pages ask by: `table columns`, one a line; a column may be descending.
-- A table or a column that a chronicle does not have is passed over.
claims id
claims subject
claims fingerprint
claims predicate, earliest
claims value_entity
claims source
claim_evidence claim, position
claim_evidence source, start_char
claim_citations claim
claim_support claim
origins source
claim_citations citation
citations id
citations source, start_char
citation_marks source, start_char
citation_marks citation
entities id
referents key
referents entity
referents fingerprint
mentions entity, source, start_char
mentions source, start_char, end_char, form, entity
links left_referent
links right_referent
identities id
decisions id
findings id
findings fingerprint
findings severity, code
finding_members finding, position
finding_members claim
finding_members source, start_char
journeys place
finding_order finding
finding_order place
finding_facets facet, value, finding
finding_facets finding, facet
finding_facet_counts facet, n
observations series, position
observations source, start_char
observations claim
sources name
sources family
texts source, start_char
blocks source, start_char
blocks source, position
runs source, start_char
rejections source, start_char
rejections code, source, start_char
coverage source
shared_passages a_source, a_start
shared_passages b_source, b_start
leaves source, number
leaves source, start_char
cards id
cards kind, is_named, sorted
cards kind, arrival_first
cards kind, n_claims
cards kind, is_named, n_claims desc, sorted
cards kind, n_sources
facets facet, value, entity
facets entity, facet
facet_counts facet, n
names word, entity
happenings source
happenings predicate
legs start_text, end_text
decided target
meta key
