"""What the program knows of words: predicates, kinds, and the lexicons that rules look words up in.

    predicates.toml, kinds.toml   what can be said, and of what       -> predicates(), kinds()
    wikidata.toml                 properties of Wikidata               -> wikidata()
    schema_org.toml               terms of schema.org                  -> schema_org()
    exclusive.toml                words that exclude one another      -> excludes(predicate, left, right), classes_of
    packs/general/*.toml          words of any country                -> lexicon()
    packs/korean/*.toml           words of one subject                -> the same lexicon
    PROJECT/packs/NAME/*.toml     what a project adds or replaces     -> lexicon((folder,))

All of it is data; the code here loads and checks it. No rule of extraction lives here.
"""

from __future__ import annotations

from regesta.vocab.exclusive import classes_of, excludes
from regesta.vocab.inflect import plural_of, singular_of
from regesta.vocab.lexicon import Kin, Lexicon, lexicon
from regesta.vocab.schema_org import SchemaOrg, schema_org
from regesta.vocab.terms import EntityKind, Predicate, kinds, predicates
from regesta.vocab.wikidata import Wikidata, wikidata

__all__ = [
    "EntityKind",
    "Kin",
    "Lexicon",
    "Predicate",
    "SchemaOrg",
    "Wikidata",
    "classes_of",
    "excludes",
    "kinds",
    "lexicon",
    "plural_of",
    "predicates",
    "schema_org",
    "singular_of",
    "wikidata",
]
