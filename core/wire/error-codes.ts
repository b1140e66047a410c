/**
 * Every expected failure of Foyer, in ranges by area. The short code is shown with the sentence, so that a
 * telephone call from a branch is enough to find it. Codes are never reused. The sentences are in the
 * renderers' language files under `errors.<code>`.
 *
 * 1xx printer · 2xx LED boards · 3xx keypads · 35x voice · 4xx database and journal · 5xx upload and link ·
 * 6xx messages · 7xx staff and rights · 8xx tickets and calling · 9xx set-up
 */
export const ERROR_CODES = {
  // 1xx printer
  P101: 'paper out',
  P102: 'cover open',
  P103: 'printer offline',
  P104: 'printer does not answer',
  P105: 'connection refused or lost',
  P106: 'cutter error',
  P107: 'unrecoverable printer error',
  P108: 'paper near end',
  P109: 'ticket cannot be composed',
  P110: 'buffers cleared before the ticket was printed',
  P111: 'recoverable printer error (paper jam, print head hot)',
  P112: 'no printer configured',
  // 2xx LED
  L201: 'board does not answer',
  L202: 'serial port cannot be opened',
  L203: 'serial port lost',
  L204: 'board refused the frame',
  L205: 'malformed frame',
  L206: 'text cannot be shown on this board',
  // 3xx keypad
  K301: 'keypad not found',
  K302: 'keypad lost',
  K303: 'keypad cannot be opened',
  K304: 'prompt not delivered',
  K305: 'malformed report',
  K306: 'keypad profile is not valid',
  K307: 'key stuck',
  // 35x voice
  V351: 'no voice: no speaker window answers',
  V352: 'clip missing',
  // 4xx database and journal
  D401: 'database is newer than the program',
  D402: 'database is damaged and was set aside',
  D403: 'disk is full',
  D404: 'database cannot be written',
  D405: 'journal chain is broken',
  D406: 'another program uses this data folder',
  D407: 'journal holds an event this program cannot read',
  D408: 'journal belongs to another branch',
  D409: 'migration files of this program are missing or changed',
  // 5xx upload and link
  U501: 'head office out of reach',
  U502: 'head office asks for earlier events',
  U503: 'journal differs from the copy at head office',
  U504: 'head office refused the branch key',
  U505: 'lower epoch refused',
  U506: 'batch too large',
  U507: 'unknown branch',
  U508: 'head office is busy',
  // 6xx messages
  M601: 'message is not valid',
  M602: 'message too large',
  M603: 'unknown view',
  M604: 'protocol version not supported',
  M605: 'not allowed from this window',
  M606: 'host is shutting down',
  M607: 'command id used for another command',
  M608: 'too many requests',
  M609: 'unknown address',
  M610: 'no answer from the host',
  // 7xx staff and rights
  S701: 'staff number or password wrong',
  S702: 'locked after too many attempts',
  S703: 'not signed in',
  S704: 'right missing',
  S705: 'signed in at another place',
  // 8xx tickets and calling
  T801: 'unknown business',
  T802: 'numbers used up',
  T803: 'unknown ticket',
  T804: 'ticket is in another state',
  T805: 'nobody is waiting for this counter',
  T806: 'counter already has a ticket',
  T807: 'counter is not open',
  T808: 'unknown counter',
  T809: 'counter is held by somebody else',
  T810: 'counter has a ticket, finish it first',
  T811: 'recalled often enough',
  T812: 'too late to take back',
  T813: 'nothing to take back',
  T814: 'rating is still open',
  T815: 'no rating is open',
  T816: 'counter is in another state',
  T817: 'unknown pause reason',
  T818: 'return window is over',
  T819: 'business is not offered now',
  T820: 'unknown rating',
  T821: 'business day has not been opened',
  T831: 'number is not waiting for this counter',
  T832: 'somebody before it was passed as often as allowed',
  T833: 'unknown reason for a choice',
  // 9xx set-up
  C901: 'bank document is not valid',
  C902: 'device settings are not valid',
  C903: 'branch is not configured yet',
  C904: 'no simulated device of that name',
  C905: 'start setting is not valid',
  C906: 'port cannot be opened',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
