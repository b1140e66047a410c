import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlaylist } from '#main/devices/playlist.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1');
const MP4 = Buffer.from('0000ftypisom0000', 'latin1');

let folder = '';
let now = 1_000_000;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playlist-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: Buffer | string) => writeFileSync(join(folder, name), content);
const open = () => createPlaylist(folder, () => now);

describe('the playlist of the lobby screen', () => {
  it('[DV4] pictures and videos by name; anything else is left out', () => {
    put('02-film.mp4', MP4);
    put('01-product.png', PNG);
    put('page.html', '<script>');
    put('03-liar.png', '<html>');
    put('04-liar.mp4', PNG);
    put('empty.png', '');
    put('中文.png', PNG);
    put('.hidden.png', PNG);
    mkdirSync(join(folder, 'folder.png'));
    const playlist = open();
    expect(playlist.items().map(({ url, kind }) => [url.replace(/\?.*/, ''), kind])).toEqual([
      ['/playlist/01-product.png', 'picture'],
      ['/playlist/02-film.mp4', 'video'],
    ]);
    expect(playlist.fileOf('/playlist/01-product.png')).toEqual({
      file: join(folder, '01-product.png'),
      contentType: 'image/png',
    });
    for (const path of ['/playlist/03-liar.png', '/playlist/page.html', '/playlist/../x', '/playlist/'])
      expect(playlist.fileOf(path), path).toBeNull();
  });

  it('[DV4] a link cannot lead outside the folder', () => {
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.png'), PNG);
    symlinkSync(join(outside, 'secret.png'), join(folder, 'link.png'));
    expect(open().items()).toEqual([]);
  });

  it('[DV5] a replaced picture has a new address, and a removed one goes', () => {
    put('a.png', PNG);
    const playlist = open();
    const [before] = playlist.items();
    put('b.png', PNG);
    expect(playlist.items()).toEqual([before]);
    now += 10_000;
    expect(playlist.items()).toHaveLength(2);
    rmSync(join(folder, 'a.png'));
    now += 10_000;
    expect(playlist.items().map(({ url }) => url.replace(/\?.*/, ''))).toEqual(['/playlist/b.png']);
    // The clock was set back: still looked at.
    rmSync(join(folder, 'b.png'));
    now -= 60_000;
    expect(playlist.items()).toEqual([]);
  });

  it('[DV4] without the folder there is nothing to show', () => {
    expect(createPlaylist(join(folder, 'nowhere'), () => now).items()).toEqual([]);
  });
});
