/**
 * Plays one announcement after the other and reports each exactly once (DV3), without knowing of Web Audio, the
 * operating system's voice or React: sound, speech, report and memory are passed in.
 */
export interface Announcement {
  readonly id: string;
  /** A sound to play first, or null. */
  readonly url: string | null;
  /** What the operating system's voice says after it, or null. */
  readonly speech?: Speech | null;
}

export interface Speech {
  readonly text: string;
  readonly language: 'zh' | 'en';
}

export interface PlayerParts {
  /** Plays the sound at `url` to its end; resolves false when it could not. Never rejects. */
  readonly play: (url: string) => Promise<boolean>;
  /** Says a text to its end; `no-voice` when there is no voice for its language. Never rejects. */
  readonly speak?: (speech: Speech) => Promise<'spoken' | 'no-voice'>;
  readonly report: (id: string, played: boolean, reason?: 'no-speech') => void;
  /** Ids already reported, kept over a reload of the page. */
  readonly memory: { has(id: string): boolean; add(id: string): void };
}

export interface Player {
  /** What the host wants played now; null for nothing. A sound that has begun is never cut off. */
  want(announcement: Announcement | null): void;
}

/** Starts silent. */
export function createPlayer({ play, speak, report, memory }: PlayerParts): Player {
  let wanted: Announcement | null = null;
  let playingId: string | null = null;

  async function playWhole({
    url,
    speech,
  }: Announcement): Promise<{ played: boolean; reason?: 'no-speech' }> {
    if (url !== null && !(await play(url))) return { played: false };
    if (!speech) return { played: true };
    const spoken = speak ? await speak(speech) : 'no-voice';
    return spoken === 'spoken' ? { played: true } : { played: false, reason: 'no-speech' };
  }

  async function playOn(): Promise<void> {
    while (wanted !== null && playingId === null && !memory.has(wanted.id)) {
      const { id } = wanted;
      playingId = id;
      const { played, reason } = await playWhole(wanted);
      memory.add(id);
      playingId = null;
      if (reason) report(id, played, reason);
      else report(id, played);
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
