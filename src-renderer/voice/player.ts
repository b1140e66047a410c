/**
 * Plays one announcement after the other and reports each exactly once (DV3), without knowing of Web Audio or
 * React: sound, report and memory are passed in.
 */
export interface Announcement {
  readonly id: string;
  readonly url: string;
}

export interface PlayerParts {
  /** Plays the sound at `url` to its end; resolves false when it could not. Never rejects. */
  readonly play: (url: string) => Promise<boolean>;
  readonly report: (id: string, played: boolean) => void;
  /** Ids already reported, kept over a reload of the page. */
  readonly memory: { has(id: string): boolean; add(id: string): void };
}

export interface Player {
  /** What the host wants played now; null for nothing. A sound that has begun is never cut off. */
  want(announcement: Announcement | null): void;
}

/** Starts silent. */
export function createPlayer({ play, report, memory }: PlayerParts): Player {
  let wanted: Announcement | null = null;
  let playingId: string | null = null;

  async function playOn(): Promise<void> {
    while (wanted !== null && playingId === null && !memory.has(wanted.id)) {
      const { id, url } = wanted;
      playingId = id;
      const played = await play(url);
      memory.add(id);
      playingId = null;
      report(id, played);
    }
  }

  return {
    want(announcement) {
      wanted = announcement;
      // Reported before a reload, but the host still shows it: the report was lost on the way.
      if (announcement && announcement.id !== playingId && memory.has(announcement.id))
        report(announcement.id, true);
      void playOn();
    },
  };
}
