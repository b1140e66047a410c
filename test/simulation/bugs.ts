/** Mistakes that were put in on purpose: the simulation has to find each of them. */
export const PLANTED_BUGS = {
  'no-fsync': 'a batch counts as stored before it is on the disk',
  'answer-before-standby': 'a command is answered when only the host has it',
  'ignore-epoch': 'a host of a lower epoch is answered as if nothing had happened',
  'old-standby-takes-over': 'a standby of an epoch that is over asks to be named',
  'forget-cursor': 'head office moves its cursor apart from its rows',
  'reuse-number': 'a host that took over numbers from the main block',
  'drop-late': 'late events are marked as merged and not taken over',
  'drop-aside': 'what a returning host had recorded alone is thrown away',
  'name-anybody': 'head office names whoever asks last',
  'call-while-broken': 'tickets are called while nobody knows who decides',
  'take-over-unasked': 'the standby takes over without a word from head office or a person',
  'forget-command': 'a retried command has a second effect',
  'upload-early': 'the journal goes to head office before it is safe',
  'skip-chain': 'batches are stored without looking at the seal before them',
  'answer-again-early': 'a retried command is answered although the standby does not have it',
} as const;
export type PlantedBug = keyof typeof PLANTED_BUGS;
