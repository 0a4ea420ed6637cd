"""A browser that hears whatever runs in it and sees whatever became markup: what the tests of stored script look with.

Knows nothing of the product's pages; payloads call `zzx`, carry `data-zzx` and ask zzx.invalid (xss_payloads).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.trust.xss_payloads import ENDING, HOLES, MARK, PRODUCT, Payload

# Runs before anything of the page. What is heard is told at once: a page that goes away takes nothing with it.
HOOKS = """(() => {
  const tell = (kind, what) => window.zzxHeard(kind, String(what).slice(0, 200));
  Object.defineProperty(window, 'zzx', { value: (n) => tell('ran', n), writable: false });
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => false;
  window.print = () => {};
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((one) => {
    if (one.nodeType === 1 && (one.matches('[data-zzx]') || one.querySelector('[data-zzx]'))) tell('became markup', one.outerHTML);
  }))).observe(document, { childList: true, subtree: true });
  const fetched = window.fetch.bind(window);
  window.zzxWaiting = 0;
  window.fetch = (...asked) => (window.zzxWaiting++, fetched(...asked).finally(() => window.zzxWaiting--));
  document.addEventListener('securitypolicyviolation', (event) =>
    tell('policy', `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
})()"""
# All that is theirs or could be, in the page, its templates and shadow trees. Sound pages have no inline handlers at all.
LOOK = """() => {
  const found = [];
  const forbidden = new Set(['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'FRAME', 'FRAMESET', 'MARQUEE', 'PLAINTEXT', 'XMP']);
  const address = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'ping', 'background']);
  const walk = (root) => {
    for (const one of root.querySelectorAll('*')) {
      const told = () => one.outerHTML.slice(0, 160);
      if (forbidden.has(one.tagName.toUpperCase()) || one.namespaceURI.endsWith('MathML')) found.push(told());
      if (one.tagName === 'META' && /refresh/i.test(one.httpEquiv)) found.push(told());
      if (one.tagName === 'SCRIPT' && !one.src && !/json|importmap/.test(one.type)) found.push(told());
      if (one.tagName === 'SCRIPT' && /json/.test(one.type)) { try { JSON.parse(one.textContent); } catch { found.push(`no JSON: ${told()}`); } }
      for (const { name, value } of one.attributes) {
        if (name.startsWith('data-zzx') || name.startsWith('on')) found.push(told());
        if ((name === 'id' || name === 'name') && value === 'zzx') found.push(told());
        if (address.has(name) && /^[\\s\\x00-\\x1f]*(javascript|vbscript|data:text)/i.test(value.replace(/[\\t\\n\\r]/g, ''))) found.push(told());
      }
      if (one.shadowRoot) walk(one.shadowRoot);
      if (one.content instanceof DocumentFragment) walk(one.content);
    }
  };
  walk(document);
  if (document.documentElement.textContent.includes('PRODUCT')) found.push('a template is filled in twice');
  return found;
}""".replace("PRODUCT", PRODUCT)
# Opens what opens within the page, and types into what offers something while one types.
TOUCH = """async () => {
  addEventListener('submit', (event) => event.preventDefault(), true);
  const breath = () => new Promise((done) => setTimeout(done));
  for (const one of document.querySelectorAll('summary, button[type=button], [role=tab], [role=option], [role=treeitem], [aria-haspopup]')) {
    if (one.isConnected && !one.disabled && !one.closest('a[href]')) one.click();
  }
  await breath();
  for (const one of document.querySelectorAll('[role=combobox], input[type=search], input[list]')) {
    one.focus();
    one.value = 'z';
    one.dispatchEvent(new InputEvent('input', { bubbles: true, data: 'z' }));
    await breath();
  }
  for (let n = 0; window.zzxWaiting && n < 200; n++) await new Promise((done) => setTimeout(done, 20));
  await breath();
}"""
# What says that all modules of a page are in place; pages without one are in place when they are loaded.
READY = "() => document.querySelector('[data-ready]') || !document.querySelector('#workspace, #editor, [data-assessments], .board')"
SAVED = ("net::ERR_ABORTED", "Download is starting")


class Watch:
    """A browser of one person that hears whatever runs. `faults` is what a look at one page found."""

    def __init__(self, browser: Any, url: str, cookies: list[dict[str, Any]]) -> None:
        self.url, self.heard = url, list[str]()
        # A browser names itself as it likes, and the list of a person's devices shows it.
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 720}, service_workers="block", user_agent=f"Mozilla/5.0 zzx {ENDING}"
        )  # fmt: skip
        self.context.add_cookies(cookies)
        self.context.expose_binding("zzxHeard", lambda _, kind, what: self.heard.append(f"{kind}: {what}"))  # fmt: skip
        self.context.add_init_script(HOOKS)
        self.context.on("request", self._asked)
        self.context.on("dialog", self._dialog)
        self.page = self.context.new_page()
        self.page.on("pageerror", self._fell)
        self.page.set_default_timeout(60_000)

    def _fell(self, error: Any) -> None:
        # What a page still fetched when it was left is no word of a payload.
        if "fetch" not in str(error) and "abort" not in str(error).lower():
            self.heard.append(f"a script fell over: {str(error)[:200]}")

    def _asked(self, request: Any) -> None:
        if urlsplit(request.url).netloc.endswith(f"{MARK}.invalid"):
            self.heard.append(f"asked for {request.url}")

    def _dialog(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.heard.append(f"{dialog.type}: {dialog.message[:100]}")
        dialog.accept()

    def open(self, address: str) -> list[str] | None:
        """What is wrong with a page; None where there is none to open (a file, JSON)."""
        from playwright.sync_api import Error, TimeoutError

        self.heard.clear()
        try:
            answer = self._gone_to(f"{self.url}{address}")
        except Error as error:
            if any(word in str(error) for word in SAVED):
                return None
            raise
        assert answer is not None
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return None
        found = [f"answered {answer.status}"] if answer.status >= 500 else []
        try:
            self.page.wait_for_function(READY, timeout=60_000)
        except TimeoutError:
            found.append("its modules are never in place")
        return found + self._looked()

    def _gone_to(self, address: str) -> Any:
        from playwright.sync_api import Error

        try:
            return self.page.goto(address, wait_until="load")
        except Error as error:
            # What was pressed on the page before led elsewhere, and only now.
            if "interrupted by another navigation" not in str(error):
                raise
            return self.page.goto(address, wait_until="load")

    def touch(self) -> list[str]:
        """The same of the page that is open, once what opens in it is opened and its fields were typed into."""
        from playwright.sync_api import Error

        try:
            self.page.evaluate(TOUCH)
            return self._looked()
        except Error:  # what was pressed led elsewhere: that is a page of its own
            return sorted(set(self.heard))

    def _looked(self) -> list[str]:
        found = self.page.evaluate(LOOK)
        self.page.evaluate("0")  # what was heard before has come by now
        return sorted({*found, *self.heard})

    def show(self, content: str | bytes, kind: str = "text/html; charset=utf-8", policy: str = "") -> list[str]:  # fmt: skip
        """What is wrong with these bytes where a browser opens them under no policy of ours, or under this one."""
        self.heard.clear()
        headers = {"Content-Type": kind} | ({"Content-Security-Policy": policy} if policy else {})
        place = f"{self.url}/{MARK}-shown"

        def answered(route: Any) -> None:
            if route.request.url == place:
                route.fulfill(body=content, headers=headers)
            elif urlsplit(route.request.url).netloc.endswith(f"{MARK}.invalid"):
                route.abort()
            else:
                route.fallback()

        self.page.route("**", answered)
        self.page.goto(place, wait_until="load")
        self.page.unroute("**")
        return self._looked()

    def close(self) -> None:
        self.context.close()


def asleep(browser: Any, payloads: Iterable[Payload], policy: str = "") -> list[str]:
    """Those that nobody would notice on a page that forgets to escape, or that no policy of that page stops."""
    watch = Watch(browser, "http://unsafe.test", [])
    found = [
        one.text
        for one in payloads
        if one.hole and not watch.show(HOLES[one.hole].replace("%s", one.text), policy=policy)
    ]
    watch.close()
    return found
