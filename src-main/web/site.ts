import { readFile } from 'node:fs/promises';
import type { ErrorCode } from '#core/wire/error-codes.ts';
import type { Asset } from '#main/running-branch.ts';
import { PAGE_FILES, pageAddress, WINDOW_KINDS } from '#main/window-pages.ts';
import { listFiles } from './list-files.ts';
import { MICROPHONE_HEADERS, SECURITY_HEADERS } from './security-headers.ts';
import { startPage } from './start-page.ts';

/** What a page request gets, whichever carrier asked. */
export interface SiteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Site {
  /** Answers a request for `target`: a path as it came, perhaps with a query, not yet decoded. */
  answer(method: string, target: string): Promise<SiteAnswer>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  wav: 'audio/wav',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** A browser asks for an icon unasked and counts a missing one as an error. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
  '<rect width="16" height="16" rx="4" fill="#0b5a5f"/><path d="M4 12V5h8v7" fill="none" stroke="#fff" stroke-width="2"/></svg>';

/** Built files carry a hash of their content in their name, so they can be kept; pages and voice cannot. */
const KEEP = 'public, max-age=31536000, immutable';
const DO_NOT_KEEP = 'no-store';

/**
 * The windows' pages and files: a start page at `/`, one page at `/<window kind>/`, the built files beside them,
 * and the branch's own assets. Only files found in `rendererFolder` now are ever served: a path is looked up in
 * that list and never joined to a folder name, so no spelling of it can lead outside.
 */
export function createSite(rendererFolder: string, readAsset: (path: string) => Asset | null): Site {
  const files = listFiles(rendererFolder);

  async function answerPath(path: string): Promise<SiteAnswer> {
    if (path === '/favicon.ico') return answer(200, 'image/svg+xml', ICON);
    if (path === '/') return answer(200, 'text/html; charset=utf-8', startPage());
    for (const kind of WINDOW_KINDS) {
      const address = pageAddress(kind);
      if (path === address)
        return sendFile(PAGE_FILES[kind], kind === 'setup' || kind === 'voice' ? MICROPHONE_HEADERS : {});
      if (`${path}/` === address) return answer(308, 'text/plain; charset=utf-8', '', { location: address });
    }
    const asset = readAsset(path);
    if (asset) return sendAsset(asset);
    return sendFile(path.slice(1));
  }

  async function sendAsset(asset: Asset): Promise<SiteAnswer> {
    const body = 'body' in asset ? asset.body : await readFile(asset.file).catch(() => null);
    return body === null ? refusal(404, 'M609') : answer(200, asset.contentType, body);
  }

  async function sendFile(name: string, headers: Record<string, string> = {}): Promise<SiteAnswer> {
    const file = files.get(name);
    const contentType = CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)];
    if (file === undefined || contentType === undefined) return refusal(404, 'M609');
    const body = await readFile(file).catch(() => null);
    if (body === null) return refusal(404, 'M609');
    const keep = name.startsWith('assets/') ? KEEP : DO_NOT_KEEP;
    return answer(200, contentType, body, { 'cache-control': keep, ...headers });
  }

  return {
    async answer(method, target) {
      if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'M609', { allow: 'GET, HEAD' });
      const path = targetToPath(target);
      const found = path === null ? refusal(404, 'M609') : await answerPath(path);
      return method === 'HEAD' ? { ...found, body: new Uint8Array() } : found;
    },
  };
}

/** Answers with a code of `error-codes.ts` as JSON. */
export function refusal(status: number, code: ErrorCode, headers: Record<string, string> = {}): SiteAnswer {
  return answer(status, 'application/json; charset=utf-8', JSON.stringify({ code }), headers);
}

function answer(
  status: number,
  contentType: string,
  content: string | Uint8Array,
  headers: Record<string, string> = {},
): SiteAnswer {
  const body = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    status,
    headers: {
      ...SECURITY_HEADERS,
      'cache-control': DO_NOT_KEEP,
      'content-type': contentType,
      'content-length': String(body.byteLength),
      ...headers,
    },
    body,
  };
}

/** The decoded path of a request target, or null when it is none we could have written. */
function targetToPath(target: string): string | null {
  const [encoded = ''] = target.split(/[?#]/);
  try {
    const path = decodeURIComponent(encoded);
    return /^\/[\w./-]*$/.test(path) && !path.includes('..') ? path : null;
  } catch {
    return null;
  }
}
