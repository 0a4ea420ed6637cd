// What the service worker shows where there is no network and no copy of the page: that it is so, what is safe, and
// which documents open here all the same. Dressed by the style sheet that was kept with them; readable without one.

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param copies requests that are kept, the newest last; @param open gives the answer kept for one */
export async function offlinePage(copies, open) {
  const urls = copies.map(({ url }) => new URL(url));
  const style = urls.findLast(({ pathname }) => /\/static\/site\.[^/]*css$/.test(pathname));
  const documents = await Promise.all(
    urls.filter(({ pathname }) => /\/work\/[^/]+\/$/.test(pathname)).reverse().map(async (url) => ({ path: url.pathname, title: await titleOf(await open(url.href)) })),
  );
  return new Response(page({ style, documents }), {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'self'", 'Cache-Control': 'no-store' },
  });
}

const page = ({ style, documents }) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>No connection · Concord</title>${style ? `<link rel="stylesheet" href="${escaped(style.pathname)}">` : ''}
<main id="content" class="alone" tabindex="-1">
<h1>No connection</h1>
<p>The server cannot be reached, and this page was not opened on this computer before. What you coded is safe: it is on the server, or on this computer and sent when the connection is back.</p>
${documents.length ? `<h2>Documents that open here all the same</h2><ul class="alone__list">${documents.map(({ path, title }) => `<li><a href="${escaped(path)}">${escaped(title)}</a></li>`).join('')}</ul>` : ''}
<p class="row"><a class="button button--primary" href="">Try again</a></p>
</main></html>`;

// The title stands in the first bytes; a document of 300 pages is not read for it.
async function titleOf(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let head = '';
  while (head.length < 4000) {
    const { done, value } = await reader.read();
    if (done) break;
    head += value;
  }
  reader.cancel();
  const [, title = 'A document'] = /<title>([^<]*)<\/title>/.exec(head) ?? [];
  return plain(title.replace(/ · Concord$/, '')).trim();
}

const SIGNS = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };
const plain = (html) => html.replace(/&(#?\w+);/g, (all, name) => SIGNS[name] ?? all);
