/** A simulated device that runs without the program, for drivers under work, support and training (HW1). */
export interface StandAloneDevice {
  /** Where to reach it: `127.0.0.1:9100`, `/dev/pts/4`. */
  readonly address: string;
  /** How faults of this device are written. */
  readonly faultNames: readonly string[];
  /** False: there is no such fault. Null repairs the device. */
  setFault(fault: string | null): boolean;
  /** What a person does at the device: a key pressed, a card drawn. False: this device knows no such deed. */
  use(line: string): boolean;
  stop(): Promise<void>;
}

/** Tells what the device did: a ticket as text, a board's new content. One call a line. */
export type Tell = (line: string) => void;
