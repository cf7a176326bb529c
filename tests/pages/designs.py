"""Pages as the web makes them: one article each, in the dress of many kinds of sites.

`DESIGNS` maps the name of a dress to a function (title, paragraphs) -> page; whatever a page holds beyond the title, the
paragraphs and their headings is furniture. The texts are invented; no page is a copy of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "The crossing at Varnholm"
PARAGRAPHS = (
    (
        "In the autumn of 1931 eleven weavers from the valley of Oster walked to the harbour of Varnholm, where a coal ship"
        " was waiting to take them north. Their names were kept by the harbour master in a green book."
    ),
    (
        "Henrik Aalto, the eldest of them, carried a letter for the consul. He wrote later that nobody had slept on the way,"
        " and that the snow lay a metre deep above the pass."
    ),
    (
        "The consul received them on 3 November. Of the eleven, four stayed in the town and found work at the mill; the others"
        " went on to the islands, where cousins of Aalto had a farm."
    ),
    (
        "A second party of 26 people followed in the spring of 1932. The mayor of Varnholm counted them at the quay, gave each"
        " a loaf of bread and sent a list to the ministry."
    ),
)
HEADING = "The second party"


def body(paragraphs: Sequence[str], heading: str = f"<h2>{HEADING}</h2>") -> str:
    return "".join((heading if n == 3 else "") + f"<p>{words}</p>\n" for n, words in enumerate(paragraphs))


def links(*names: str, item: str = "<li><a href='/{n}'>{name}</a></li>") -> str:
    return "".join(item.format(n=n, name=name) for n, name in enumerate(names))


MENU = ("Home", "News", "Sport", "Culture", "Opinion", "Weather", "Jobs")


def news(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html lang=en><head><title>{title} | The Harbour Post</title></head><body>
    <div id="onetrust-consent-sdk"><div class="ot-banner"><p>We and our 141 partners store and access information on your device.</p>
    <button>Accept all</button><button>Manage options</button></div></div>
    <header class="site-header"><a href=/>The Harbour Post</a><nav><ul>{links(*MENU)}</ul></nav></header>
    <main><article><h1>{title}</h1><div class="byline">By <a href=/a>Mira Lund</a></div>
    <div class="share-bar"><a href=#>Share on Facebook</a><a href=#>Tweet</a><a href=#>Copy link</a></div>
    {body(paragraphs[:2])}<aside class="newsletter-signup"><h3>Sign up to our newsletter</h3><p>The best stories of the week, in your inbox.</p></aside>
    {body(paragraphs[2:3])}<div class="ad-slot">Advertisement</div><h2>{HEADING}</h2><p>{paragraphs[3]}</p>
    <div class="tags">Topics: <a href=/t>History</a> <a href=/t>Ports</a></div></article>
    <section class="related-stories"><h2>Related stories</h2><ul>{links("The mill that burned twice", "A winter on the islands")}</ul></section></main>
    <footer><p>© 2020 The Harbour Post. All rights reserved.</p><ul>{links("Privacy policy", "Terms", "Contact us")}</ul></footer></body></html>"""


def hashed(title: str, paragraphs: Sequence[str]) -> str:
    """Nothing but divs, and classes that a build step invented."""
    menu = links(*MENU, item="<div class='css-1k{n}'><a href=/{n}>{name}</a></div>")
    text = "".join(f"<div class='css-9xq'>{words}</div>" for words in paragraphs[:3])
    more = "".join(
        f"<div class='css-77b'><a href=/{n}><div>{name}</div><div>{name}: what we know about it so far</div></a></div>"
        for n, name in enumerate(("Mill fire", "Island winter", "Harbour strike", "Pass closed"))
    )
    return f"""<!DOCTYPE html><html><body><div id="__next"><div class="css-a1"><div class="css-b2">{menu}</div></div>
    <div class="css-c3"><div class="css-d4"><div class="css-e5">{title}</div>{text}<div class='css-h'>{HEADING}</div><div class='css-9xq'>{paragraphs[3]}</div></div>
    <div class="css-f6"><div>Most popular</div>{more}</div></div><div class="css-g7"><div>© Nordic Media Group</div>{menu}</div></div></body></html>"""


def wordpress(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body class="single postid-12"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
    <div id="page"><header id="masthead" class="site-header"><p class="site-title"><a href=/>Old Roads</a></p><p class="site-description">Walking through northern history</p>
    <nav id="site-navigation"><button>Menu</button><ul>{links("About", "Archive", "Contact")}</ul></nav></header>
    <div id="content"><div id="primary"><main id="main"><article id="post-12" class="post"><header class="entry-header"><h1 class="entry-title">{title}</h1>
    <div class="entry-meta">Posted on <time datetime=2012-05-03>May 3, 2012</time> by <a href=/u>admin</a></div></header><div class="entry-content">{body(paragraphs)}
    <div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul>{links("Twitter", "Facebook", "Print")}</ul></div>
    <div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><a href=/r>Lighthouses of the sound</a></div></div>
    <footer class="entry-footer">Posted in <a href=/c>History</a>. Tagged <a href=/c>harbours</a>.</footer></article>
    <nav class="post-navigation"><a href=/p>Previous post: The tar road</a><a href=/n>Next post: Salt and herring</a></nav>
    <div id="comments" class="comments-area"><h2>3 thoughts on “{title}”</h2><ol class="comment-list"><li><p>Thank you for this, my grandfather often spoke of it.</p></li></ol>
    <div id="respond"><h3>Leave a Reply</h3><form><p>Your email address will not be published. Required fields are marked *</p><input><button>Post Comment</button></form></div></div></main></div>
    <aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul>{links("Salt and herring", "The tar road")}</ul></section>
    <section class="widget"><h2>Archives</h2><ul>{links("May 2012", "April 2012")}</ul></section></aside></div>
    <footer id="colophon"><a href=/w>Proudly powered by WordPress</a></footer></div></body></html>"""


def drupal(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body class="not-front"><div id="skip-link"><a href="#main-content">Skip to main content</a></div>
    <div class="region region-header"><div id="block-search-form"><form><label>Search this site</label></form></div></div>
    <div class="region region-navigation"><ul class="menu">{links("Who we are", "What we do", "Where we work", "Donate")}</ul></div>
    <div class="breadcrumb"><a href=/>Home</a> » <a href=/p>Publications</a></div>
    <div id="main"><div id="content" class="column"><h1 class="page__title">{title}</h1><div class="submitted">Submitted by editor on Tue, 05/03/2012 - 10:12</div>
    <div class="field-name-body">{body(paragraphs)}</div><ul class="links inline">{links("Log in to post comments", "Printer-friendly version", "Send by email")}</ul></div>
    <div class="region region-sidebar-second"><div class="block"><h2>Latest reports</h2><ul>{links("Annual report 2011", "Border monitor")}</ul></div>
    <div class="block"><h2>Donate now</h2><p>Your gift keeps our monitors in the field throughout the coming winter.</p></div></div></div>
    <div class="region region-footer"><p>Registered charity 30218. 12 Quay Street.</p></div><div id="sliding-popup"><div>We use cookies on this site to enhance your user experience. <button>OK, I agree</button></div></div></body></html>"""


def mediawiki(title: str, paragraphs: Sequence[str], edit: str = "edit") -> str:
    heading = f'<h2><span class="mw-headline" id="x">{HEADING}</span><span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/e">{edit}</a><span class="mw-editsection-bracket">]</span></span></h2>'
    return f"""<!DOCTYPE html><html><body class="mediawiki ltr skin-vector-legacy"><div id="mw-page-base" class="noprint"></div><div id="content" class="mw-body" role="main">
    <div class="mw-indicators"></div><h1 id="firstHeading" class="firstHeading">{title}</h1><div id="bodyContent"><div id="siteSub" class="noprint">From Wikipedia, the free encyclopedia</div>
    <div id="contentSub"></div><div id="jump-to-nav"></div><a class="mw-jump-link" href="#mw-head">Jump to navigation</a><a class="mw-jump-link" href="#searchInput">Jump to search</a>
    <div id="mw-content-text"><div class="mw-parser-output"><div role="note" class="hatnote">For the novel, see <a href=/w>The Crossing</a>.</div>
    <table class="box-More_citations ambox"><tr><td>This article needs additional citations for verification.</td></tr></table>
    {body(paragraphs[:3])}<div id="toc" class="toc"><h2>Contents</h2><ul>{links("1 The second party", "2 See also")}</ul></div>
    {heading}<p>{paragraphs[3]}</p><div role="navigation" class="navbox"><table class="nowraplinks navbox-inner"><tr><th class="navbox-title">Ports of the north</th></tr><tr><td><a href=/1>Alvik</a> · <a href=/2>Skaar</a></td></tr></table></div></div>
    <div class="printfooter">Retrieved from "<a href="https://x.example/w">https://x.example/w</a>"</div></div>
    <div id="catlinks" class="catlinks"><a href=/c>Categories</a>: <ul>{links("1931 in the north", "Ports")}</ul></div></div></div>
    <div id="mw-navigation"><h2>Navigation menu</h2><div id="p-personal"><ul>{links("Not logged in", "Talk", "Contributions")}</ul></div>
    <div id="p-search"><h3>Search</h3></div><div id="mw-panel"><ul>{links("Main page", "Random article", "Donate")}</ul></div></div>
    <footer id="footer"><ul><li id="footer-info-lastmod"> This page was last edited on 4 May 2019.</li><li>Text is available under the licence.</li></ul></footer></body></html>"""


def german(title: str, paragraphs: Sequence[str]) -> str:
    return mediawiki(title, paragraphs, "Bearbeiten").replace("From Wikipedia, the free encyclopedia", "aus Wikipedia, der freien Enzyklopädie").replace(
        "Jump to navigation", "Zur Navigation springen").replace("Jump to search", "Zur Suche springen")  # fmt: skip


def vector(title: str, paragraphs: Sequence[str]) -> str:
    heading = f'<div class="mw-heading mw-heading2"><h2 id="s">{HEADING}</h2><span class="mw-editsection"><span>[</span><a href=/e>edit</a><span>]</span></span></div>'
    return f"""<!DOCTYPE html><html class="vector-feature-language-in-header-enabled"><body class="skin--responsive skin-vector-2022"><a class="mw-jump-link" href="#bodyContent">Jump to content</a>
    <div class="vector-header-container"><header class="vector-header mw-header"><nav class="vector-main-menu-landmark"><div>Main menu <button>move to sidebar</button><button>hide</button></div><ul>{links("Main page", "Contents", "Donate")}</ul></nav>
    <form><input placeholder=x><button>Search</button></form></header></div>
    <div class="mw-page-container"><div class="mw-page-container-inner"><div class="vector-column-start"><nav id="mw-panel-toc"><div class="vector-toc">Contents <ul><li>(Top)</li><li>1 {HEADING}</li></ul></div></nav></div>
    <div class="mw-content-container"><main id="content" class="mw-body"><header class="mw-body-header vector-page-titlebar"><h1 id="firstHeading"><span class="mw-page-title-main">{title}</span></h1>
    <div id="p-lang-btn" class="vector-dropdown"><label>12 languages</label><ul>{links("Deutsch", "Suomi")}</ul></div></header><div class="vector-page-toolbar"><ul>{links("Article", "Talk", "Read", "View history")}</ul></div>
    <div id="bodyContent"><div id="siteSub">From Wikipedia, the free encyclopedia</div><div id="mw-content-text"><div class="mw-parser-output">
    {body(paragraphs[:3])}{heading}<p>{paragraphs[3]}</p></div></div><div class="printfooter">Retrieved from "https://x.example"</div></div></main>
    <div class="mw-footer-container"><footer><ul><li>This page was last edited on 1 June 2023</li>{links("Privacy policy", "About", "Mobile view")}</ul></footer></div></div></div></div></body></html>"""


def minerva(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body class="skin-minerva"><div id="mw-mf-viewport"><header class="header-container"><form><label>Open main menu</label></form><div class="branding-box">Wikipedia</div></header>
    <main id="content" class="mw-body"><div class="pre-content heading-holder"><h1 id="firstHeading">{title}</h1><nav class="page-actions-menu"><ul>{links("Language", "Watch", "Edit")}</ul></nav></div>
    <div id="bodyContent" class="content"><div id="mw-content-text"><div class="mw-parser-output"><section class="mf-section-0">{body(paragraphs[:3])}</section>
    <h2 class="section-heading collapsible-heading"><span class="mw-headline">{HEADING}</span><span class="mw-editsection"><a href=/e class="edit-page">Edit</a></span></h2><section class="mf-section-1 collapsible-block"><p>{paragraphs[3]}</p></section></div></div></div>
    <div class="post-content"><div class="last-modified-bar">Last edited 5 months ago by Anna</div></div></main><footer class="mw-footer minerva-footer"><p>Content is available under the licence unless otherwise noted.</p></footer></div></body></html>"""


def fandom(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body class="wiki-northernports"><div class="global-navigation"><a href=/>Fandom</a><div>Games Anime Movies TV</div></div>
    <div class="main-container"><div class="fandom-community-header"><a href=/>Northern Ports Wiki</a><nav class="fandom-community-header__local-navigation"><ul>{links("Explore", "Main Page", "Discuss", "All Pages")}</ul></nav></div>
    <div class="resizable-container"><div class="page has-right-rail"><main class="page__main"><div id="page-header" class="page-header"><div class="page-header__categories">in: <a href=/c>History</a></div>
    <h1 class="page-header__title" id="firstHeading">{title}</h1><div class="page-header__actions"><a href=/e>Edit source</a><a href=/h>View history</a></div></div>
    <div id="content" class="page-content"><div id="mw-content-text"><div class="mw-parser-output">{body(paragraphs[:3])}<h2><span class="mw-headline">{HEADING}</span><span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a>edit source</a><span>]</span></span></h2><p>{paragraphs[3]}</p></div></div></div>
    <div class="page-footer"><div class="page-footer__categories">Categories <ul>{links("History", "Ports")}</ul></div><div>Community content is available under CC-BY-SA unless otherwise noted.</div></div></main>
    <aside class="page__right-rail"><section class="rail-module"><h2>Popular Pages</h2><ul>{links("Alvik", "Skaar", "Coal ships")}</ul></section></aside></div></div></div>
    <footer class="global-footer"><h3>Explore properties</h3><ul>{links("Fandom", "Muthead")}</ul></footer></body></html>"""


def mirror(title: str, paragraphs: Sequence[str]) -> str:
    """A copy of an encyclopaedia whose buttons have become words."""
    return f"""<html><head><title>{title}</title></head><body><div class="top"><a href=/>Infolex</a> <a href=/r>Random page</a></div><div class="art"><h1>{title}</h1>
    <p>From Infolex, the planetary encyclopedia</p><p>Jump to: <a href=#n>navigation</a>, <a href=#s>search</a></p>{body(paragraphs[:3])}<h2>{HEADING}[<a href=/e>edit</a>]</h2><p>{paragraphs[3]}</p>
    <p>Retrieved from "http://infolex.example/index.php?title=X&amp;oldid=7"</p><p>This article is licensed under the GNU Free Documentation License. It uses material from the Wikipedia article "{title}".</p></div>
    <div class="bottom"><p>Content is available under Creative Commons. Privacy policy</p></div></body></html>"""


def wayback(title: str, paragraphs: Sequence[str]) -> str:
    banner = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp"><div id="wm-toolbar"><table><tr><td><form><input></form></td><td>31 captures</td><td>12 Mar 2003 - 9 Jul 2019</td></tr>
    <tr><td>JAN</td><td>FEB</td><td>MAR</td></tr><tr><td>2002</td><td>2003</td><td>2004</td></tr></table><div>About this capture</div><div>COLLECTED BY Organization: Alexa Crawls</div><div>TIMESTAMPS</div></div></div></div><!-- END WAYBACK TOOLBAR INSERT -->"""
    return f"<html><head><title>x</title></head><body bgcolor=#ffffff>{banner}<center><font size=5><b>{title}</b></font></center>{body(paragraphs, f'<h3>{HEADING}</h3>')}<hr><font size=1><a href=index.html>Back to index</a></font></body></html>"


def tables(title: str, paragraphs: Sequence[str]) -> str:
    """A page of 1998: tables place everything, tags in capitals."""
    menu = "".join(
        f"<TR><TD><FONT SIZE=2><A HREF='{n}.HTM'>{name}</A></FONT></TD></TR>"
        for n, name in enumerate(("Home", "The valley", "Archive", "Guest book", "Links"))
    )
    text = "".join(f"<P><FONT FACE=Arial SIZE=2>{words}</FONT>" for words in paragraphs[:3])
    return f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY><TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=2><IMG SRC=logo.gif ALT=logo></TD></TR>
    <TR><TD WIDTH=140 VALIGN=TOP BGCOLOR=#EEEEEE><TABLE>{menu}</TABLE></TD><TD VALIGN=TOP><H1>{title}</H1>{text}<H2>{HEADING}</H2><P><FONT FACE=Arial SIZE=2>{paragraphs[3]}</FONT></TD></TR>
    <TR><TD COLSPAN=2 ALIGN=CENTER><FONT SIZE=1><A HREF=/>Home</A> | <A HREF=/s>Site map</A> | <A HREF=/c>Contact</A><BR>Copyright 1998 Valley Society. Best viewed with Netscape.</FONT></TD></TR></TABLE></BODY></HTML>"""


def breaks(title: str, paragraphs: Sequence[str]) -> str:
    """No paragraph is marked: line breaks part them."""
    text = "<br><br>\n".join((*paragraphs[:3], f"<b>{HEADING}</b>", paragraphs[3]))
    return f"""<html><body><div id=nav><a href=1>Home</a> | <a href=2>Stories</a> | <a href=3>Contact</a></div><div id=text><h1>{title}</h1>{text}</div>
    <div id=bot><a href=1>Home</a> | <a href=2>Stories</a> | <a href=3>Contact</a></div></body></html>"""


def forum(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<html><body id="phpbb"><div id="wrap"><div id="page-header"><div class="headerbar"><a href=/>Valley history board</a><p>For all who search their roots</p><p class="skiplink"><a href=#s>Skip to content</a></p></div>
    <div class="navbar"><ul class="linklist">{links("Board index", "FAQ", "Register", "Login")}</ul></div></div><div id="page-body"><h1>{title}</h1>
    <div class="topic-actions"><a href=/r>Post a reply</a><div class="pagination">1 post • Page 1 of 1</div></div>
    <div class="post"><div class="postbody"><ul class="profile-icons"><li><a href=/q>Reply with quote</a></li></ul><div class="content">{body(paragraphs)}</div></div><div class="back2top"><a href=#w>Top</a></div></div>
    <div class="topic-actions"><a href=/r>Post a reply</a></div><h3>Who is online</h3><p>Users browsing this forum: No registered users and 1 guest</p></div><div id="page-footer"><div class="navbar"><ul>{links("The team", "Delete all board cookies")}</ul></div>
    <div class="copyright">Powered by phpBB</div></div></div></body></html>"""


def government(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body><div id="global-cookie-message" class="govuk-cookie-banner"><p>We'd like to set additional cookies to understand how you use this site.</p><button>Accept additional cookies</button></div>
    <a href="#content" class="govuk-skip-link">Skip to main content</a><header role="banner" class="govuk-header"><a href=/>Ministry of the Interior</a></header>
    <div class="govuk-width-container"><div class="govuk-breadcrumbs"><ol>{links("Home", "Archives", "Borders")}</ol></div><main id="content" role="main" class="govuk-main-wrapper"><div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
    <span class="govuk-caption-xl">Research and analysis</span><h1 class="govuk-heading-xl">{title}</h1>{body(paragraphs)}</div><div class="govuk-grid-column-one-third"><nav class="gem-c-related-navigation"><h2>Related content</h2><ul>{links("Harbour lists 1933", "Passport rules")}</ul></nav></div></div></main>
    <div class="gem-c-feedback"><h2>Is this page useful?</h2><ul>{links("Yes this page is useful", "No this page is not useful")}</ul></div></div><footer role="contentinfo" class="govuk-footer"><ul>{links("Help", "Privacy", "Accessibility statement")}</ul><span>© Crown copyright</span></footer></body></html>"""


def korean(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html lang=ko><body><div id="header"><h1 class="logo"><a href=/>항구신문</a></h1><ul class="gnb">{links("정치", "경제", "사회", "문화")}</ul></div><div id="container"><div class="article_head"><h2 class="headline">{title}</h2><div class="info">입력 2019.05.03 10:12 | 수정 2019.05.03 11:00</div></div>
    <div class="article_body" itemprop="articleBody">{body(paragraphs, f"<h3>{HEADING}</h3>")}</div><div class="copyright">저작권자 © 항구신문 무단전재 및 재배포 금지</div><div class="sns_share"><a>페이스북 공유</a><a>트위터 공유</a></div>
    <div class="aside"><h3>많이 본 뉴스</h3><ol>{links("제철소 화재 두 번째", "섬의 겨울", "항만 파업")}</ol></div></div><div id="footer"><p>서울시 부두로 12 | 대표전화 02-000-0000</p></div></body></html>"""


def french(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html lang=fr><body><div id="tarteaucitronRoot"><p>En poursuivant votre navigation, vous acceptez le dépôt de cookies tiers.</p><button>Tout accepter</button></div>
    <div class="bandeau"><ul>{links("Accueil", "Actualités", "Agenda", "Contact")}</ul></div><div class="fil-ariane">Vous êtes ici : <a href=/>Accueil</a> &gt; <a href=/h>Histoire</a></div>
    <div class="conteneur"><div class="texte"><h1>{title}</h1>{body(paragraphs)}<div class="partage">Partager : <a href=#>Facebook</a> <a href=#>Twitter</a> <a href=#>Imprimer</a></div></div>
    <div class="colonne"><h3>À lire aussi</h3><ul>{links("Le moulin brûlé", "Hiver sur les îles", "La grève du port")}</ul></div></div><div class="pied">Mentions légales - Plan du site - Réalisation Agence du Port</div></body></html>"""


def newsletter(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body><div id="entry"><div class="main-menu"><a href=/>The Tar Road</a><button>Subscribe</button><button>Sign in</button></div><div class="single-post-container"><article class="typography newsletter-post post">
    <div class="post-header"><h1 class="post-title">{title}</h1><h3 class="subtitle"></h3><div class="post-ufi"><a>12</a><a>Share</a></div></div><div class="available-content"><div class="body markup">{body(paragraphs[:2])}
    <div class="subscription-widget-wrap"><div class="preamble"><p>The Tar Road is a reader-supported publication. To receive new posts, consider becoming a subscriber.</p></div><button>Subscribe</button></div>{body(paragraphs[2:3])}<h2>{HEADING}</h2><p>{paragraphs[3]}</p></div></div>
    <div class="post-footer"><a>Share</a><a>Leave a comment</a></div></article><div class="comments-section" id="discussion"><h4>Discussion about this post</h4><div class="comment">Olli: My aunt was on that ship!</div></div>
    <div class="portable-archive"><h4>Ready for more?</h4><form><button>Subscribe</button></form></div></div><div class="footer">© 2024 The Tar Road. Privacy ∙ Terms ∙ Collection notice</div></div></body></html>"""


def journal(title: str, paragraphs: Sequence[str]) -> str:
    return f"""<!DOCTYPE html><html><body class="pkp_page_article"><div class="pkp_structure_page"><header class="pkp_structure_head" id="headerNavigationContainer"><nav><ul>{links("Current", "Archives", "About", "Register", "Login")}</ul></nav></header>
    <div class="pkp_structure_content"><div class="pkp_structure_main" role="main"><div class="page page_article"><nav class="cmp_breadcrumbs" role="navigation"><ol>{links("Home", "Vol. 4", "Articles")}</ol></nav><article class="obj_article_details"><h1 class="page_title">{title}</h1>
    <div class="main_entry"><section class="item abstract">{body(paragraphs)}</section></div><div class="entry_details"><div class="item downloads"><a>PDF</a></div><div class="item citation">How to Cite <button>More Citation Formats</button></div></div></article></div></div>
    <div class="pkp_structure_sidebar left" role="complementary"><div class="pkp_block"><h2>Information</h2><ul>{links("For Readers", "For Authors", "For Librarians")}</ul></div></div></div><div class="pkp_structure_footer_wrapper" role="contentinfo"><a>About this Publishing System</a></div></div></body></html>"""


def blogger(title: str, paragraphs: Sequence[str]) -> str:
    text = "<br />\n<br />\n".join((*paragraphs[:3], f"<b>{HEADING}</b>", paragraphs[3]))
    return f"""<html><body><div id="navbar-iframe-container"></div><div class="content-outer"><header><div class="header-outer"><h1 class="title"><a href=/>Notes from the quay</a></h1><p class="description"><span>Family history, slowly</span></p></div></header>
    <div class="main-outer"><div class="column-center-outer"><div class="main section" id="main"><h2 class="date-header"><span>Thursday, 3 May 2012</span></h2><div class="post hentry"><h3 class="post-title entry-title">{title}</h3><div class="post-body entry-content">{text}</div>
    <div class="post-footer"><span class="post-author">Posted by <span>Olli</span></span> at <a>10:12</a><div class="post-share-buttons"><a>Email This</a><a>BlogThis!</a></div><span class="post-labels">Labels: <a>harbour</a></span></div></div>
    <div class="comments" id="comments"><h4>2 comments:</h4><div><p>What a story, thank you.</p></div></div><div class="blog-pager" id="blog-pager"><a>Newer Post</a><a>Older Post</a><a>Home</a></div></div></div>
    <div class="column-right-outer"><div class="sidebar section"><div class="widget BlogArchive"><h2>Blog Archive</h2><ul>{links("2012 (4)", "2011 (9)")}</ul></div><div class="widget Profile"><h2>About Me</h2><a>View my complete profile</a></div></div></div></div>
    <footer>Simple theme. Powered by <a>Blogger</a>.</footer></div></body></html>"""


def plain(title: str, paragraphs: Sequence[str]) -> str:
    """A page of prose and nothing else; all of it is the document."""
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body(paragraphs)}</body></html>"


DESIGNS: dict[str, Callable[[str, Sequence[str]], str]] = {
    f.__name__: f
    for f in (
        news, hashed, wordpress, drupal, mediawiki, german, vector, minerva, fandom, mirror, wayback, tables, breaks, forum,
        government, korean, french, newsletter, journal, blogger, plain,
    )
}  # fmt: skip
