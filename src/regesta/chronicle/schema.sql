-- The chronicle: what sources say, each claim with the passage that says it.
-- One table per dataclass of rows.py, its columns in the same order; tests/test_schema.py holds the two together.
-- Places are half-open ranges [start_char, end_char) of Unicode code points of texts.text.
-- Dates are EDTF strings; earliest and latest are their bounds as calendar days, where the calendar has them.

create table meta (key varchar not null, value varchar not null);
comment on table meta is 'What made this chronicle: versions and counts';
comment on column meta.key is 'schema_version, regesta_version, extractor_version, python_version, or n_ and a table';
comment on column meta.value is 'Always text';

create table sources (
    name varchar not null, format varchar not null, title varchar, url varchar, licence varchar, date varchar,
    retrieved varchar, language varchar, revision varchar, sha256 varchar not null, document varchar not null, family varchar not null,
    n_characters bigint not null
);
comment on table sources is 'The files that were read';
comment on column sources.name is 'Path below the folder that was built, or the name of the file';
comment on column sources.format is 'Name of the reader';
comment on column sources.title is 'As stated for it, else its own first heading';
comment on column sources.url is 'Where it was fetched';
comment on column sources.licence is 'Terms of use, as stated';
comment on column sources.date is 'When the source speaks: publication or last revision, EDTF';
comment on column sources.retrieved is 'When it was fetched, EDTF';
comment on column sources.language is 'BCP 47';
comment on column sources.revision is 'The version that its publisher names, such as the revision number of a wiki page';
comment on column sources.sha256 is 'Of the raw bytes, hexadecimal';
comment on column sources.document is 'Content id of the text; two copies of one text share it';
comment on column sources.family is 'Sources of one family copy each other';
comment on column sources.n_characters is 'Code points of the text';

create table texts (source varchar not null, start_char bigint not null, text varchar not null);
comment on table texts is 'The text that every range of code points counts in, in pieces';
comment on column texts.source is 'sources.name';
comment on column texts.start_char is 'Where the piece begins';
comment on column texts.text is 'The file itself where it is plain text, else what its reader laid out';

create table blocks (
    source varchar not null, position bigint not null, kind varchar not null, start_char bigint not null,
    end_char bigint not null, content_start bigint not null, content_end bigint not null, parent bigint,
    level bigint not null, marker varchar not null, row_index bigint, column_index bigint, is_header boolean not null,
    line bigint, xpath varchar, raw_offset bigint, page bigint, box double[], part varchar, sheet varchar,
    cell varchar, pointer varchar
);
comment on table blocks is 'Headings, paragraphs, list items, cells: the structure of each text';
comment on column blocks.source is 'sources.name';
comment on column blocks.position is 'Order in the text, from 0';
comment on column blocks.kind is 'heading, paragraph, list_item, table, row, cell, footnote, bibliography, furniture, ...';
comment on column blocks.start_char is 'All of it, marker and children included';
comment on column blocks.end_char is 'After its last code point';
comment on column blocks.content_start is 'Its own words: no bullet, no children';
comment on column blocks.content_end is 'After the last code point of its own words';
comment on column blocks.parent is 'position of the block around it, null at the top';
comment on column blocks.level is 'Level of a heading or depth of a list item, from 1';
comment on column blocks.marker is 'Bullet, number or label as written';
comment on column blocks.row_index is 'Row of a cell, from 0';
comment on column blocks.column_index is 'Column of a cell, from 0';
comment on column blocks.is_header is 'Of a cell: it names a row or a column';
comment on column blocks.line is 'Line in the raw file, from 1';
comment on column blocks.xpath is 'Element in the raw file or its part, for HTML and XML';
comment on column blocks.raw_offset is 'Code point in the raw file, where the text is another';
comment on column blocks.page is 'Page, from 1';
comment on column blocks.box is 'Left, top, right, bottom on the page, in points from its upper left corner';
comment on column blocks.part is 'File within the file: a chapter, a part of a package or a mail';
comment on column blocks.sheet is 'Sheet of a spreadsheet';
comment on column blocks.cell is 'Cell of a sheet, such as B7';
comment on column blocks.pointer is 'JSON pointer of a value';

create table runs (
    source varchar not null, start_char bigint not null, end_char bigint not null, line bigint, xpath varchar, raw_offset bigint, page bigint, box double[], part varchar, sheet varchar,
    cell varchar, pointer varchar
);
comment on table runs is 'Where stretches of the text stand in the raw file, where that is finer than a block: words of a page';
comment on column runs.source is 'sources.name';
comment on column runs.start_char is 'Where it begins';
comment on column runs.end_char is 'After its last code point';
comment on column runs.line is 'Line in the raw file, from 1';
comment on column runs.xpath is 'Element in the raw file or its part, for HTML and XML';
comment on column runs.raw_offset is 'Code point in the raw file, where the text is another';
comment on column runs.page is 'Page, from 1';
comment on column runs.box is 'Left, top, right, bottom on the page, in points from its upper left corner';
comment on column runs.part is 'File within the file: a chapter, a part of a package or a mail';
comment on column runs.sheet is 'Sheet of a spreadsheet';
comment on column runs.cell is 'Cell of a sheet, such as B7';
comment on column runs.pointer is 'JSON pointer of a value';

create table citations (
    id varchar not null, source varchar not null, kind varchar not null, marker varchar not null, title varchar,
    authors varchar[] not null, publisher varchar, date varchar, retrieved varchar, url varchar,
    identifiers struct(scheme varchar, value varchar)[] not null, start_char bigint not null, end_char bigint not null,
    quote varchar not null
);
comment on table citations is 'The references of the sources: footnotes and bibliographies, parsed';
comment on column citations.id is 'Content id, prefix r';
comment on column citations.source is 'sources.name';
comment on column citations.kind is 'footnote, bibliography or link';
comment on column citations.marker is 'The label as the body cites it; empty in a bibliography';
comment on column citations.title is 'Of the cited work';
comment on column citations.authors is 'As written, in order';
comment on column citations.publisher is 'Newspaper, journal, institution or house';
comment on column citations.date is 'Of publication, EDTF';
comment on column citations.retrieved is 'When the citing source read it, EDTF';
comment on column citations.url is 'Where the cited work is';
comment on column citations.identifiers is 'isbn, doi, oclc and the like, in order of the text';
comment on column citations.start_char is 'Where the entry stands';
comment on column citations.end_char is 'After its last code point';
comment on column citations.quote is 'The entry as written, at most 500 code points';

create table citation_marks (source varchar not null, start_char bigint not null, end_char bigint not null, label varchar not null, citation varchar);
comment on table citation_marks is 'The marks in the text that point at references, such as [3]';
comment on column citation_marks.source is 'sources.name';
comment on column citation_marks.start_char is 'Where the mark stands, brackets included';
comment on column citation_marks.end_char is 'After its last code point';
comment on column citation_marks.label is 'What it points at, without brackets';
comment on column citation_marks.citation is 'citations.id, null for a mark that points nowhere';

create table entities (
    id varchar not null, kind varchar not null, label varchar not null, aliases varchar[] not null,
    is_named boolean not null, group_size bigint
);
comment on table entities is 'People, groups, places, laws, terms: our judgement of which mentions are one';
comment on column entities.id is 'From the ledger of identities, else made of the first mention; prefix e';
comment on column entities.kind is 'person, group, place, organisation, facility, law, term, work, event or topic';
comment on column entities.label is 'The most frequent surface';
comment on column entities.aliases is 'Other surfaces of names, by their first place';
comment on column entities.is_named is 'False where a source gives only a description';
comment on column entities.group_size is 'How many people, where a source says so';

create table referents (
    key varchar not null, entity varchar not null, source varchar not null, kind varchar not null,
    label varchar not null, is_named boolean not null, group_size bigint, fingerprint varchar not null
);
comment on table referents is 'Somebody or something as one document speaks of it; several may be one entity';
comment on column referents.key is 'Content id, prefix m';
comment on column referents.entity is 'entities.id';
comment on column referents.source is 'sources.name';
comment on column referents.kind is 'As entities.kind';
comment on column referents.label is 'The most frequent name, else the first description';
comment on column referents.is_named is 'False where the document gives only a description';
comment on column referents.group_size is 'How many people, where the document says so';
comment on column referents.fingerprint is 'Hash of kind, name and the words around: what decisions and the ledger hold on to';

create table mentions (
    referent varchar not null, entity varchar not null, source varchar not null, start_char bigint not null,
    end_char bigint not null, quote varchar not null, form varchar not null
);
comment on table mentions is 'Where a text names or describes somebody or something';
comment on column mentions.referent is 'referents.key';
comment on column mentions.entity is 'entities.id';
comment on column mentions.source is 'sources.name';
comment on column mentions.start_char is 'Where the name or the describing phrase stands';
comment on column mentions.end_char is 'After its last code point';
comment on column mentions.quote is 'The words';
comment on column mentions.form is 'name, description or pronoun';

create table claims (
    id varchar not null, source varchar not null, subject varchar not null, subject_label varchar not null,
    subject_kind varchar not null, referent varchar not null, predicate varchar not null, value_type varchar not null,
    value_text varchar, value_edtf varchar, value_entity varchar, value_number double, value_low double,
    value_high double, value_unit varchar, value_approximate boolean,
    value_stops struct(text varchar, entity varchar)[], when_edtf varchar, where_text varchar,
    earliest date, latest date, modality varchar not null, said_by varchar, bound varchar, at_event varchar,
    subset varchar, method varchar not null, confidence double, fingerprint varchar not null, rank varchar not null
);
comment on table claims is 'What the sources say: subject, predicate, value, when, where';
comment on column claims.id is 'Content id, prefix c';
comment on column claims.source is 'sources.name of the first evidence';
comment on column claims.subject is 'entities.id';
comment on column claims.subject_label is 'entities.label';
comment on column claims.subject_kind is 'entities.kind';
comment on column claims.referent is 'referents.key: the subject as this document names it';
comment on column claims.predicate is 'A name of the vocabulary: arrival, age, role, ...';
comment on column claims.value_type is 'text, entity, date, route or quantity: which of the value_ columns hold it';
comment on column claims.value_text is 'The words; the label of an entity; the means of transport of a route';
comment on column claims.value_edtf is 'A date, EDTF';
comment on column claims.value_entity is 'entities.id';
comment on column claims.value_number is 'A quantity; null for a range and for an unknown number';
comment on column claims.value_low is 'Lower end of a range';
comment on column claims.value_high is 'Upper end of a range';
comment on column claims.value_unit is 'year month week day hour, a currency, person, or the counted noun';
comment on column claims.value_approximate is 'The source says about';
comment on column claims.value_stops is 'The places of a route in the order of travel';
comment on column claims.when_edtf is 'When it held or happened, EDTF';
comment on column claims.where_text is 'Where, as worded';
comment on column claims.earliest is 'First day that value_edtf, else when_edtf, may mean';
comment on column claims.latest is 'Last day that value_edtf, else when_edtf, may mean';
comment on column claims.modality is 'asserted, reported, hedged, denied or intended';
comment on column claims.said_by is 'Who says so, where the sentence names somebody';
comment on column claims.bound is 'min, max or about';
comment on column claims.at_event is 'The event that the value belongs to';
comment on column claims.subset is 'The part of the subject that is meant';
comment on column claims.method is 'The rule that made the claim';
comment on column claims.confidence is 'Measured precision of that rule, null where unmeasured';
comment on column claims.fingerprint is 'Hash of the words, predicate, value and subject as named: what decisions hold on to';
comment on column claims.rank is 'preferred or deprecated where somebody decided so, else normal';

create table claim_evidence (
    claim varchar not null, position bigint not null, source varchar not null, start_char bigint not null,
    end_char bigint not null, quote varchar not null
);
comment on table claim_evidence is 'The passages that say a claim';
comment on column claim_evidence.claim is 'claims.id';
comment on column claim_evidence.position is 'From 0; the passage first, then where a date or a name came from';
comment on column claim_evidence.source is 'sources.name';
comment on column claim_evidence.start_char is 'Where the passage stands';
comment on column claim_evidence.end_char is 'After its last code point';
comment on column claim_evidence.quote is 'The words: the text from start_char to end_char';

create table claim_citations (claim varchar not null, position bigint not null, citation varchar not null);
comment on table claim_citations is 'The references whose marks stand behind the passage of a claim';
comment on column claim_citations.claim is 'claims.id';
comment on column claim_citations.position is 'From 0';
comment on column claim_citations.citation is 'citations.id';

create table claim_support (
    claim varchar not null, statement varchar not null, passages bigint not null, documents bigint not null,
    independent bigint not null
);
comment on table claim_support is 'How well each claim is supported, by all claims that say the same';
comment on column claim_support.claim is 'claims.id';
comment on column claim_support.statement is 'The same for all claims that say the same of one subject, prefix st';
comment on column claim_support.passages is 'Passages that say it, or say it more closely';
comment on column claim_support.documents is 'Sources in which these stand';
comment on column claim_support.independent is 'Families of these sources; those that share the very words that say it count as one';

create table observations (
    series varchar not null, series_label varchar not null, source varchar not null, position bigint not null,
    period varchar not null, label varchar not null, value double not null, qualifier varchar, role varchar not null,
    claim varchar not null, start_char bigint not null, end_char bigint not null, quote varchar not null
);
comment on table observations is 'The points of statistical series';
comment on column observations.series is 'Content id, prefix s; one list or one column of a table';
comment on column observations.series_label is 'What is counted, as worded';
comment on column observations.source is 'sources.name';
comment on column observations.position is 'Order in the source, from 0';
comment on column observations.period is 'EDTF';
comment on column observations.label is 'The period as worded';
comment on column observations.value is 'The number';
comment on column observations.qualifier is 'about, min or max';
comment on column observations.role is 'observation, or stated-total';
comment on column observations.claim is 'claims.id of the claim that says the same';
comment on column observations.start_char is 'Where it stands';
comment on column observations.end_char is 'After its last code point';
comment on column observations.quote is 'The words';

create table rejections (
    source varchar not null, start_char bigint not null, end_char bigint not null, quote varchar not null,
    code varchar not null, reason varchar not null
);
comment on table rejections is 'What was seen and left out, and why';
comment on column rejections.source is 'sources.name, or the path of a file that is no source';
comment on column rejections.start_char is 'Where it stands; 0 for a whole file';
comment on column rejections.end_char is 'After its last code point; 0 for a whole file';
comment on column rejections.quote is 'The words; empty for a whole file';
comment on column rejections.code is 'P project, R reading, X extraction, and three digits';
comment on column rejections.reason is 'One sentence';

create table coverage (
    source varchar not null, n_characters bigint not null, n_body bigint not null, n_claims bigint not null,
    n_names_dates bigint not null, n_rejected bigint not null, n_left bigint not null
);
comment on table coverage is 'How much of each text was used, in code points, white space not counted';
comment on column coverage.source is 'sources.name';
comment on column coverage.n_characters is 'Of the whole text';
comment on column coverage.n_body is 'Of these in the body: no furniture, no references';
comment on column coverage.n_claims is 'Of the body, inside the evidence of a claim';
comment on column coverage.n_names_dates is 'Inside a name or a date, but in no claim';
comment on column coverage.n_rejected is 'Inside a rejection and nothing above';
comment on column coverage.n_left is 'None of these';

create table shared_passages (
    family varchar not null, a_source varchar not null, a_start bigint not null, a_end bigint not null,
    b_source varchar not null, b_start bigint not null, b_end bigint not null, words bigint not null,
    alike double not null, places bigint not null
);
comment on table shared_passages is 'Passages with the same words, or nearly: who copied whom, or both from a third';
comment on column shared_passages.family is 'sources.family of the first passage';
comment on column shared_passages.a_source is 'sources.name of the first passage';
comment on column shared_passages.a_start is 'Where it begins';
comment on column shared_passages.a_end is 'After its last code point';
comment on column shared_passages.b_source is 'sources.name of the second passage, perhaps the same';
comment on column shared_passages.b_start is 'Where it begins';
comment on column shared_passages.b_end is 'After its last code point';
comment on column shared_passages.words is 'Words of the shorter side';
comment on column shared_passages.alike is 'Share of words that agree: 1 is word for word';
comment on column shared_passages.places is 'In how many places its rarest words stand: above 8 it is what everybody has';

create table origins (
    source varchar not null, start_char bigint not null, end_char bigint not null, quote varchar not null,
    how varchar not null, named varchar not null, origin varchar
);
comment on table origins is 'What sources say of themselves: where their text is taken from';
comment on column origins.source is 'sources.name';
comment on column origins.start_char is 'Where it says so';
comment on column origins.end_char is 'After its last code point';
comment on column origins.quote is 'The words';
comment on column origins.how is 'rewritten, adapted, translated, copied, incorporated or retrieved';
comment on column origins.named is 'What it was taken from, as worded: an address, a title, the name of a site';
comment on column origins.origin is 'sources.name of that, where it is one of the sources for certain';

create table links (
    left_referent varchar not null, right_referent varchar not null, weight double not null, verdict varchar not null,
    reason varchar not null, decision varchar
);
comment on table links is 'Why referents are one, and which may be: the score of pairs in words';
comment on column links.left_referent is 'referents.key; of a part-of the part';
comment on column links.right_referent is 'referents.key; of a part-of the whole';
comment on column links.weight is 'Log2 of the odds that the two are one, as the machine sees it';
comment on column links.verdict is 'same, unsure, different or part-of';
comment on column links.reason is 'What speaks for it and against it, each with its weight';
comment on column links.decision is 'decisions.id where somebody settled it';

create table identities (id varchar not null, anchor varchar not null, redirect varchar);
comment on table identities is 'The ledger: ids of entities, the mentions that bear them, and what they were merged into';
comment on column identities.id is 'entities.id, or one that was merged into another';
comment on column identities.anchor is 'referents.fingerprint, with .2 for the second of the same; empty where redirect is set';
comment on column identities.redirect is 'The id that this one was merged into';

create table decisions (
    id varchar not null, made_at varchar not null, kind varchar not null, made_by varchar not null, why varchar not null,
    value varchar, targets varchar[] not null, precondition varchar, expires varchar, status varchar not null,
    note varchar not null
);
comment on table decisions is 'What people decided, and what became of it in this build';
comment on column decisions.id is 'Content id, prefix d';
comment on column decisions.made_at is 'When, RFC 3339';
comment on column decisions.kind is 'same, different, prefer, withhold, ...';
comment on column decisions.made_by is 'Who, as they call themselves';
comment on column decisions.why is 'The reason, in their words';
comment on column decisions.value is 'What a correction puts in its place';
comment on column decisions.targets is 'Fingerprints of what it is about';
comment on column decisions.precondition is 'What the person saw, as a hash';
comment on column decisions.expires is 'The last day on which it holds';
comment on column decisions.status is 'applied, already-true, orphaned, blocked, precondition-changed, undone, expired, unsupported';
comment on column decisions.note is 'Why, where the status does not say it all';

create table findings (
    id varchar not null, fingerprint varchar not null, code varchar not null, kind varchar not null,
    severity varchar not null, status varchar not null, summary varchar not null, computed varchar not null
);
comment on table findings is 'What a careful reader would notice: conflicts, sums, gaps, what was checked and holds';
comment on column findings.id is 'Content id, prefix f';
comment on column findings.fingerprint is 'Hash of the kind and of what the passages say: what decisions hold on to';
comment on column findings.code is 'Of the check: F and three digits';
comment on column findings.kind is 'value-conflict, sum-mismatch, coverage-gap, orphan-reference, ...';
comment on column findings.severity is 'error, warning, info, ok or undetermined';
comment on column findings.status is 'open, explained, exception or resolved';
comment on column findings.summary is 'One sentence';
comment on column findings.computed is 'The working, JSON';

create table finding_members (
    finding varchar not null, position bigint not null, source varchar not null, start_char bigint not null,
    end_char bigint not null, quote varchar not null, claim varchar
);
comment on table finding_members is 'The passages of findings, side by side';
comment on column finding_members.finding is 'findings.id';
comment on column finding_members.position is 'From 0, in the order of the argument';
comment on column finding_members.source is 'sources.name';
comment on column finding_members.start_char is 'Where the passage stands';
comment on column finding_members.end_char is 'After its last code point';
comment on column finding_members.quote is 'The words';
comment on column finding_members.claim is 'claims.id where it is evidence of one';
