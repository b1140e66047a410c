/**
 * The very texts of the items of a list in a JSON object, so that what cannot be read is kept as it was sent:
 * parsing and writing again would change numbers beyond double precision, `1e999` and repeated keys.
 * @param body a JSON object that `JSON.parse` accepts, with a list under `key` (the last one counts, as there)
 * @returns one text per item, without the white space around it; empty when there is no such list
 */
export function sliceItems(body: string, key: string): string[] {
  let items: string[] = [];
  let depth = 0;
  let inWantedList = false;
  let currentKey = '';
  let itemStart = 0;
  for (let at = 0; at < body.length; at++) {
    const sign = body[at];
    if (sign === '"') {
      const end = endOfString(body, at);
      if (depth === 1 && followedByColon(body, end)) currentKey = JSON.parse(body.slice(at, end + 1));
      at = end;
    } else if (sign === '{' || sign === '[') {
      depth++;
      if (depth === 2 && currentKey === key) {
        inWantedList = sign === '[';
        items = [];
        itemStart = at + 1;
      }
    } else if (inWantedList && (sign === ',' || sign === ']') && depth === 2) {
      const item = body.slice(itemStart, at).trim();
      if (item !== '') items.push(item);
      itemStart = at + 1;
    }
    if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 1) inWantedList = false;
    }
  }
  return items;
}

/** Where the string that starts at `start` has its closing quotation mark. */
function endOfString(body: string, start: number): number {
  let at = start + 1;
  while (body[at] !== '"') at += body[at] === '\\' ? 2 : 1;
  return at;
}

function followedByColon(body: string, end: number): boolean {
  let at = end + 1;
  while (/\s/.test(body[at] ?? '')) at++;
  return body[at] === ':';
}
