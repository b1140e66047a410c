/** A sound output of the PC. */
export interface Output {
  readonly deviceId: string;
  readonly label: string;
}

export interface OutputsReport {
  /** Labels, each once. */
  readonly outputs: readonly string[];
  /** Null: the PC's standard one. */
  readonly inUse: string | null;
}

export interface OutputsParts {
  /** What there is now; empty where the browser does not tell. Never rejects. */
  readonly list: () => Promise<readonly Output[]>;
  /** '' for the PC's standard output. False when it cannot be played to. Never rejects. */
  readonly playTo: (deviceId: string) => Promise<boolean>;
  /** Told once in the beginning and after each change. */
  readonly report: (report: { outputs: string[]; inUse: string | null }) => void;
}

export interface Outputs {
  /** The output to play to, by label; null: the PC's standard one. */
  want(label: string | null): void;
  /** Something may have been plugged in or out. */
  look(): Promise<void>;
}

const MOST_OUTPUTS = 32;
const LONGEST_LABEL = 200;

/**
 * Plays to the wanted output while it is there and to the PC's standard one while it is not, so that calls are heard
 * in any case (HW5).
 */
export function createOutputs({ list, playTo, report }: OutputsParts): Outputs {
  let wanted: string | null = null;
  let reported = '';
  let busy: Promise<void> = Promise.resolve();

  const choose = async () => {
    const listed = await list();
    const found = wanted === null ? undefined : listed.find(({ label }) => label === wanted);
    const isFound = found !== undefined && (await playTo(found.deviceId));
    if (!isFound) await playTo('');
    const labels = listed
      .map(({ label }) => label)
      .filter(label => label !== '' && label.length <= LONGEST_LABEL);
    const next = {
      outputs: [...new Set(labels)].slice(0, MOST_OUTPUTS),
      inUse: isFound ? found.label : null,
    };
    if (JSON.stringify(next) === reported) return;
    reported = JSON.stringify(next);
    report(next);
  };
  /** One after the other: the last wish is the one that stays. */
  const look = () => {
    busy = busy.then(choose);
    return busy;
  };

  return {
    want(label) {
      wanted = label;
      void look();
    },
    look,
  };
}
