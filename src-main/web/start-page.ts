import { pageAddress, WINDOW_KINDS } from '#main/window-pages.ts';
import { START_PAGE_TEXTS } from './start-page-texts.ts';

const STYLE = `
  body { margin: 0 auto; max-width: 46rem; padding: 3rem 1.5rem; background: #f6f8f8; color: #1d2b2e;
    font: 16px/1.6 "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif; }
  h1 { margin: 0; font-size: 2.25rem; line-height: 1.2; color: #0b5a5f; }
  ul { list-style: none; margin: 2rem 0 0; padding: 0; display: grid; gap: 1rem;
    grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); }
  a { display: block; padding: 1.1rem 1.3rem; border: 1px solid #cfdadb; border-radius: 12px; background: #fff;
    color: inherit; text-decoration: none; }
  a:hover, a:focus-visible { border-color: #0b5a5f; outline: 2px solid #0b5a5f; outline-offset: 1px; }
  strong { font-size: 1.25rem; color: #0b5a5f; }
  strong small { font-size: .9rem; font-weight: 400; color: #47585b; }
  p { margin: .25rem 0 0; } p[lang=en] { color: #47585b; }`;

/** The page at `/`: a link to each window, in Chinese with English beside it. */
export function startPage(): string {
  const { zh, en } = START_PAGE_TEXTS;
  const links = WINDOW_KINDS.map(
    kind => `<li><a href="${pageAddress(kind)}">
      <strong>${zh.windows[kind].name} <small lang="en">${en.windows[kind].name}</small></strong>
      <p>${zh.windows[kind].purpose}</p><p lang="en">${en.windows[kind].purpose}</p></a></li>`,
  );
  return `<!doctype html>
<html lang="zh">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${zh.title} ${en.title}</title>
  <style>${STYLE}</style>
</head>
<body>
  <h1>${zh.title} <span lang="en">${en.title}</span></h1>
  <p>${zh.intro}</p>
  <p lang="en">${en.intro}</p>
  <ul>${links.join('\n')}</ul>
</body>
</html>
`;
}
