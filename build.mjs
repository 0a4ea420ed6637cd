// Bundles the browser side into build/static/, the only place Django serves static files from.
// Knows entry points only; what a page loads is the page's business.
import { cp, rm } from 'node:fs/promises';
import { context, build } from 'esbuild';

const entryPoints = {
  site: 'projects/static/site/site.mjs', // every page: menus, dialogs, drop zones
  elements: 'projects/static/site/elements/elements.mjs', // state box and date box in plain forms
  workspace: 'coding/static/coding/workspace/main.mjs', // the coding workspace
  offline: 'coding/static/coding/offline.mjs', // the service worker of the workspace
  editor: 'coding/static/coding/editor/main.mjs', // the codebook editor; its code view is a part of its own, loaded later
  progress: 'projects/static/projects/progress.mjs', // long work shown while it runs
  upload: 'sources/static/sources/upload.mjs', // the upload form, file by file
  sheets: 'sources/static/sources/sheets.mjs', // a document's text and its pages side by side
  passage: 'sources/static/sources/passage.mjs', // a passage marked in a text as numbers in a form
  board: 'reconciliation/static/reconciliation/board.mjs', // the adjudication board
  help: 'config/static/config/help.mjs', // the search of the help pages
  assessments: 'reconciliation/static/reconciliation/assessments.mjs', // the grid of yearly judgements
  docs: 'config/static/config/docs.mjs', // the API's description, read and tried
  'docs.css': 'config/static/config/docs.css',
  'site.css': 'projects/static/site/site.css',
  'help.css': 'config/static/config/help.css',
  'workspace.css': 'coding/static/coding/workspace.css',
  'rounds.css': 'coding/static/coding/rounds.css', // opening, watching and moving the work of a round
  'exchange.css': 'coding/static/coding/exchange.css', // codings to and from other tools
  'codebook.css': 'coding/static/coding/codebook.css',
  'text.css': 'sources/static/sources/text.css',
  'spells.css': 'sources/static/sources/spells.css',
  'search.css': 'sources/static/sources/search.css',
  'board.css': 'reconciliation/static/reconciliation/board.css',
  'releases.css': 'datasets/static/datasets/releases.css',
  'incidents.css': 'reconciliation/static/reconciliation/incidents.css',
  'assessments.css': 'reconciliation/static/reconciliation/assessments.css',
  'concerns.css': 'reconciliation/static/reconciliation/concerns.css', // codebook feedback
  'figures.css': 'reconciliation/static/reconciliation/figures.css',
};

const options = {
  entryPoints: Object.entries(entryPoints).map(([name, input]) => ({ in: input, out: name.replace(/\.css$/, '') })),
  outdir: 'build/static',
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  target: 'esnext',
  charset: 'utf8',
  chunkNames: 'part-[hash]',
  legalComments: 'none',
  logLevel: 'info',
};

if (process.argv.includes('--watch')) {
  await (await context(options)).watch();
} else {
  await rm(options.outdir, { recursive: true, force: true });
  await build(options);
}
// What is served as it stands.
await cp('projects/static/site/logo.svg', 'build/static/site/logo.svg');
