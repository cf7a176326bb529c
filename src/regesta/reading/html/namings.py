"""What sites call their furniture: in classes and ids, in headings above lists of links, in words.

    <div class="td-related-posts">     NAMED: a word of the class, between hyphens, underscores or spaces
    <h3>Most read</h3>                 TEASER: the list of links below is no part of the article
    "We use cookies to improve ..."    CONSENT: a box that asks, whatever it is called
    <a href="...">bearbeiten</a>       EDIT: a button at the end of a heading

Words of many languages, since pages are named in the language of those who make them. Names of sites are not among them,
but names of programs that make pages are. Nothing is decided here.
"""

from __future__ import annotations

import re

__all__ = ["CONSENT", "EDIT", "NAMED", "NAMED_INLINE", "TEASER", "TITLED"]

NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|site|sub|page|global|primary|foot|side)?nav(?:bar|igation)?|navbox|vertical-navbox|menu|submenu"
    r"|sidebar|sidenav|breadcrumbs?|cookies?|consent|gdpr|shar(?:e|ing)|sharedaddy|social|related|relatedposts|recommended|newsletter"
    r"|subscri(?:be|ption)|promo|adverts?|advertisement|ads|banner|footer|masthead|pagination|pager|toc|skip(?:link|nav)?|popup|modal"
    r"|login|signup|comments|editsection|mw-editsection|noprint|printfooter|catlinks|ambox|metadata|hatnote|dablink|sistersitebox"
    r"|mw-jump|mw-jump-link|jump|jump-to-nav|sitesub|contentsub|mw-indicators|portal|portalbox|magnify|backlinks|screen-reader-text"
    r"|visually-hidden|sr-only|trending|most-read|tags|wm-ipp|wm-ipp-base|donato|disqus|addtoany|addthis|outbrain|taboola|blog-pager"
    r"|onetrust|tarteaucitron\w{0,20}|cybotcookiebot\w{0,20}|cookiebot|didomi|usercentrics|qc-cmp2|truste|cookieconsent|iubenda"
    r"|cmplz|klaro|borlabs\w{0,12}|sliding-popup|fil-ariane|filariane|partage|partager|pied|pied-de-page|piedpage|brotkrumen|fusszeile"
    r"|seitenleiste|compartir|migas|pie-de-pagina|rodape|condividi|udostepnij|stopka|delen|dela|jaa)(?=$|[\s_-])",
)
"""A class or an id of a block that is furniture, in lower case (a pattern for both cases takes three times as long)."""
NAMED_INLINE = re.compile(
    r"(?:^|[\s_-])(?:editsection|mw-editsection|mw-jump-link|jump|skiplink|skip|backlinks|screen-reader-text|"
    r"visually-hidden|sr-only|share|sharing|permalink|headerlink|anchorjs-link)(?=$|[\s_-])",
)
"""A class or an id of a piece of a line that is furniture, in lower case."""
TEASER = re.compile(
    r"(?:most (?:viewed|read|popular|shared)|popular|trending|latest|recent (?:posts|articles)|more (?:from|on|stories|news)|"
    r"related|recommended|you (?:may|might)|read (?:more|next|also)|archives?$|categories$|blogroll|elsewhere|follow"
    r"|à lire aussi|lire aussi|sur le même (?:sujet|thème)|mehr zum thema|auch interessant|meistgelesen|lesen sie auch|lea también"
    r"|te puede interesar|más (?:leídas|noticias)|leia (?:também|mais)|leggi anche|czytaj (?:też|także)|читайте также|популярное"
    r"|많이 본|관련 ?기사|人気|関連記事|相关阅读|热门)",
    re.IGNORECASE,
)
"""A heading above a list of links to other pages."""
TITLED = re.compile(
    r"(?:^|[\s_-])(?:headline|(?:entry|post|article|page|story|news)[_-]{0,2}title|(?:article|story)[_-]{0,2}headline|firstheading)(?=$|[\s_-])",
    re.IGNORECASE,
)
"""A class or an id of a heading that is the title of what is told, not of the site."""
CONSENT = re.compile(
    r"\bcookies?\b.{0,300}\b(?:accept|agree|consent|allow|akzeptier|zustimm|einverstanden|accepte|acceptez|autoris|acepta|aceitar|aceite"
    r"|accett|accoglie|akceptuj|zgadza|принима|соглас|godta|godkänn|accepteer)|\b(?:accept|agree|consent|acceptez|akzeptieren|stimmen sie)\b.{0,200}"
    r"\bcookies?\b|쿠키.{0,80}동의|cookie.{0,60}同意|クッキー.{0,80}同意|store and access information on your device",
    re.IGNORECASE | re.DOTALL,
)
"""Words that ask for consent."""
EDIT = (
    r"(?:edit(?: source| section)?|bearbeiten|quelltext bearbeiten|modifier(?: le code)?|editar(?: código| la fuente)?|modifica(?: wikitesto)?"
    r"|edytuj(?: kod)?|редактировать|править(?: код)?|ред\.|редагувати|bewerken|brontekst bewerken|redigera(?: wikitext)?|rediger|muokkaa|upravit"
    r"|szerkesztés|değiştir|düzenle|sunting|sửa|편집|編集|ソースを編集|编辑|編輯|تعديل|ویرایش|עריכה|संपादित करें|แก้ไข|επεξεργασία|wysig|editează|modifică|hide|show)"
)
"""The words of a button at the end of a heading, a pattern in either case."""
