import { readFileSync } from 'node:fs';
import type { Language } from '#core/wire/fields.ts';

/** The page asks again this often, without any script. */
const REFRESH_SECONDS = 15;
const STYLE = readFileSync(new URL('../pages/progress.css', import.meta.url), 'utf8');

/** The texts of a progress page, as they are to be read; none of them is markup. */
export interface PageTexts {
  readonly language: Language;
  /** Name of the language one can change to. */
  readonly otherLanguage: string;
  /** Decides the colour of the state. */
  readonly stage:
    | 'parked'
    | 'waiting'
    | 'next'
    | 'called'
    | 'serving'
    | 'done'
    | 'passed'
    | 'over'
    | 'unknown'
    | 'busy';
  readonly pageTitle: string;
  readonly bank: string;
  readonly heading: string;
  readonly number: { readonly label: string; readonly text: string } | null;
  readonly state: string;
  readonly notes: readonly string[];
  /** Said when the page may be behind the branch. */
  readonly stale: string | null;
  readonly updated: string;
  readonly refreshes: boolean;
}

/** Lays a progress page out as HTML: works on any phone, without a script. */
export function progressHtml(page: PageTexts): string {
  const { number, stale } = page;
  const [lang, otherLang] = page.language === 'zh' ? ['zh-CN', 'en'] : ['en', 'zh'];
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
${page.refreshes ? `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">` : ''}
<title>${escapeHtml(page.pageTitle)}</title>
<style>${STYLE}</style>
</head>
<body>
<main data-stage="${page.stage}">
<header>
<div><p>${escapeHtml(page.bank)}</p><h1>${escapeHtml(page.heading)}</h1></div>
<a href="?lang=${otherLang}" lang="${otherLang}">${escapeHtml(page.otherLanguage)}</a>
</header>
<section class="ticket">
${number === null ? '' : numberHtml(number.label, number.text)}
<p class="state" role="status">${escapeHtml(page.state)}</p>
<div class="notes">${page.notes.map(note => `<p>${escapeHtml(note)}</p>`).join('')}</div>
</section>
${stale === null ? '' : `<p class="stale">${escapeHtml(stale)}</p>`}
<footer>${escapeHtml(page.updated)}</footer>
</main>
</body>
</html>
`;
}

function numberHtml(label: string, text: string): string {
  return `<p class="number"><span>${escapeHtml(label)}</span> <strong>${escapeHtml(text)}</strong></p>`;
}

const HTML_SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Bank data is text, not markup. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, sign => HTML_SIGNS[sign] ?? sign);
}
