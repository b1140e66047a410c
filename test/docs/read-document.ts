import { readFileSync } from 'node:fs';

/** A fenced block: its language, the words after it, its text. */
export interface CodeBlock {
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** A row of a table, cell by cell, as written. */
export type Row = readonly string[];

/** A table with the last heading before it. */
export interface Table {
  readonly heading: string;
  readonly head: Row;
  readonly rows: readonly Row[];
}

export interface MarkdownDocument {
  readonly text: string;
  readonly blocks: readonly CodeBlock[];
  readonly tables: readonly Table[];
}

/** Reads a document of this repository: what a test compares with the program. */
export function readDocument(name: string): MarkdownDocument {
  const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', words = '', body = '']) => ({
      language,
      words: words.trim().split(' ').filter(Boolean),
      text: body,
    }),
  );
  const tables: { heading: string; head: Row; rows: Row[] }[] = [];
  let heading = '';
  let isInside = false;
  for (const line of text.replace(/^```[\s\S]*?^```$/gm, '').split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '').replaceAll('`', '');
    const cells = line.startsWith('|') ? line.slice(1, -1).split('|') : null;
    if (cells === null) isInside = false;
    else if (!isInside) {
      tables.push({ heading, head: cells.map(trim), rows: [] });
      isInside = true;
    } else if (!/^[-|]+$/.test(line)) tables.at(-1)?.rows.push(cells.map(trim));
  }
  return { text, blocks, tables };
}

/** The names in back quotes in a cell. */
export function namesIn(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

function trim(cell: string): string {
  return cell.trim();
}
