import type { SameKeys } from '../i18n.ts';
import type { branchLink as branchLinkZh, stations as stationsZh } from './stations-zh.ts';

/** Words about the PCs of a branch, in English; several screens share them. */
export const branchLink: SameKeys<typeof branchLinkZh> = {
  label: 'PCs of this branch',
  title: {
    'one-pc': 'One PC',
    whole: 'Pair whole',
    solo: 'Running solo',
    waiting: 'Awaiting standby',
    lost: 'Standby lost',
    undecided: 'Host undecided',
    'cut-off': 'Cut off',
    'too-old': 'Program too old',
  },
  note: {
    solo: 'no standby',
    waiting: 'tickets, no calls yet',
    lost: 'tickets, no calls yet',
    undecided: 'ask: {{who}}',
    'cut-off': 'finish this customer, no calls',
    'too-old': 'update this PC',
  },
  line: {
    'one-pc': 'Only this one; no pair is set up.',
    whole: 'The pair is whole, everything is on two PCs.',
    solo: 'Running solo: no standby, everything is on the host only.',
    waiting:
      'The host has just started and waits for its standby. Tickets are issued, nobody is called yet; the last entries count once the standby has them. If it cannot be started, {{who}} may decide to go on alone.',
    lost: 'The standby is lost, head office is being asked. Tickets are issued, nobody is called yet.',
    undecided:
      'Head office is out of reach too; {{who}} must decide which PC goes on. Tickets are issued, nobody is called yet.',
    'cut-off':
      'Cut off from the host: finish the customer you have, no calls. What you enter is delivered later.',
    'too-old':
      'The program of this PC is older than that of the other PCs and cannot work with them. Everything is still stored; update this PC.',
  },
  host: {
    label: 'Host of the branch',
    here: 'is this PC.',
    reached: '{{host}}, connected.',
    gone: '{{host}}, out of reach.',
    unknown: 'is not known yet.',
  },
  others: '{{count}} more to look at',
  somebody: 'a manager',
  open: 'Show the PCs of this branch',
};

export const stations: SameKeys<typeof stationsZh> = {
  title: 'PCs of this branch',
  loading: 'Loading…',
  pair: {
    'one-pc': 'This branch has only this PC and everything runs here; no pair is set up.',
    whole: 'The pair is whole: every step is on two PCs, and the standby can take over.',
    leaving: 'The standby is leaving; the branch runs solo in a moment.',
    solo: 'Running solo: there is no standby. If the host fails, it must be repaired first.',
    waiting:
      'The host has just started and waits for its standby. Tickets are issued, nobody is called yet; the last entries count once the standby has them. If it cannot be started, {{who}} may decide to go on alone.',
    lost: 'The standby is lost; head office is asked who is host. Tickets are issued, nobody is called yet.',
    undecided:
      'Head office is out of reach too and a person must decide: {{who}}. Tickets are issued, nobody is called yet.',
    'cut-off':
      'This PC is cut off from the host: finish the customer in hand, no calls. Below is what was known before.',
  },
  since: 'since {{time}}',
  lookOnly: 'Changes are made by the administrator in the set-up window.',
  columns: {
    pc: 'PC',
    state: 'State',
    lag: 'Behind host',
    certificate: 'Certificate until',
    keys: 'Actions',
  },
  thisPc: 'this PC',
  roles: {
    host: 'host',
    teller: 'counter',
    lobby: 'lobby',
    kiosk: 'kiosk',
    board: 'board',
    manager: 'manager',
  },
  state: { host: 'Host', standby: 'Standby', copy: 'Copy', 'cut-off': 'Cut off' },
  lag: { none: 'not behind', some: '{{events}} events', seconds: '{{seconds}} s', unknown: 'not known' },
  certificate: { ended: 'ended', soon: 'renewed soon', none: 'not needed' },
  program: 'version {{version}}',
  facts: {
    heading: 'Host and standby',
    host: 'Host',
    standby: 'Standby',
    none: 'none',
    gone: '{{name}} (cut off)',
    epoch: 'Epoch',
    block: 'Numbers in use',
    wholeRange: 'the whole range',
    ownNumbers: 'Own numbers',
    unaccounted: 'Not heard out yet',
    everybody: 'nobody',
    unaccountedHint: 'Numbers they may have given alone are left free until they are back.',
    keysInFile:
      'The keys of this PC lie in a file that only its own account reads, as the system offers no safe. Look after this PC.',
  },
  late: {
    heading: 'Late records without effect',
    none: 'None. When a PC that worked alone comes back, what can take no effect any more is listed here; nothing is lost.',
    line: '{{time}} {{pc}} {{what}} {{number}}',
    types: {
      'ticket-issued': 'number given while cut off',
      'ticket-called': 'call',
      'rating-given': 'rating',
      'ticket-recalled': 'recall',
      'service-started': 'start',
      'service-finished': 'finish',
      'ticket-no-show': 'no-show',
      other: 'other ({{type}})',
    },
  },
  dead: {
    heading: 'What to do when the host is dead',
    print: 'Print',
    pcs: 'Host: {{host}} · Standby: {{standby}}',
    noStandby: 'There is no standby now. Pair a second PC and name it first, or the lines below do not help.',
    lines: {
      one: 'Keep calm: every ticket stays valid and the standby has the same data. Counters finish the customer in hand.',
      two: 'Look at the corner of the screen for 10 seconds. When it says “Running solo”, call as usual; nothing else is to be done.',
      three:
        'When it says “Host undecided”: go to the dead host and switch it off or unplug its network, so that it surely stops.',
      four: 'On the standby open the lobby or the set-up window, press “Decide”, give number and password, choose “Take over”.',
      five: 'When the old host is repaired, just start it: it catches up and becomes the standby by itself. All is well when the pair is whole.',
    },
  },
  keys: {
    pair: 'Pair a new PC',
    rename: 'Rename',
    nameStandby: 'Make standby',
    release: 'Release',
    revoke: 'Remove',
    decide: 'Decide',
  },
  pairing: {
    heading: 'Pair a new PC',
    open: 'A pairing code is open for {{time}}, {{tries}} tries left.',
    show: 'Show',
    cancel: 'Cancel the code',
    code: 'Pairing code',
    address: 'Address of the host',
    left: '{{time}} left',
    tries: '{{tries}} tries left',
    gone: 'The code was used, has expired or was cancelled. If the new PC was paired, it is in the list.',
    again: 'Another pairing code',
    replaces: 'The new PC',
    newPlace: 'is one more',
    placeOf: 'takes the place of “{{name}}” (broken or copied)',
    replacesHint: 'It then gets that PC’s id, and the old certificate is void at once.',
    steps: {
      one: 'Start Foyer on the new PC, open its Set-up window, sign in, choose “PCs of this branch”, press “Join a branch”.',
      two: 'Type the host’s address and the code above there. The code works once.',
      three:
        'It starts again by itself, copies the data and appears in the list; then it can be made the standby.',
    },
    warning: 'Tell the code only to a colleague standing at the new PC; do not post it anywhere.',
  },
  change: {
    'name-standby': {
      heading: 'Make “{{name}}” the standby',
      means:
        'Once it has caught up, every step is answered when it has it too; if the host dies, it takes over.',
      mind: 'Keep it switched on all day, on a cable. A standby there was becomes a copy.',
      do: 'Make standby',
    },
    'release-standby': {
      heading: 'Release “{{name}}” as standby',
      means:
        'It no longer takes over; the branch runs solo and every screen says so. Tickets and calls go on.',
      mind: 'If the host fails then, it must be repaired, or what was uploaded is fetched from head office.',
      do: 'Release',
    },
    'revoke-station': {
      heading: 'Remove “{{name}}”',
      means: 'Its certificate ends at once; it cannot connect to this branch and its screens stop.',
      mind: 'What it has not handed in yet will not arrive. To use it again, pair it again.',
      do: 'Remove',
    },
    'rename-station': {
      heading: 'Rename “{{name}}”',
      means: 'The name is shown on screens and reports; id and certificate of the PC stay.',
      mind: 'Left empty, the id of the PC is shown.',
      do: 'Save',
    },
    newName: 'Name (may be empty)',
  },
  decide: {
    noticeWaiting:
      'The host has just started, its standby is not there yet. If it cannot be started, decide to go on alone.',
    notice: 'Host undecided: host and standby do not reach each other, and neither reaches head office.',
    'take-over': {
      heading: 'This PC takes over as host',
      first: 'First go to the old host and make sure that it is off or its network is unplugged.',
      after:
        'After that this PC calls customers; new tickets begin with the spare numbers, tickets already issued stay valid.',
      ifWrong:
        'If the old host is still on: both PCs call, and a customer may be called twice. When they are linked again the two are merged; calls that came late have no effect and are listed.',
      sure: 'I made sure that the old host is off or unplugged',
      do: 'Take over',
    },
    'go-on-alone': {
      heading: 'This host goes on alone',
      first: 'First go to the standby and make sure that it has not taken over; best switch it off.',
      after: 'After that this PC calls again; everything is on this PC only until the standby is back.',
      ifWrong:
        'If the standby has taken over already: both PCs call, and a customer may be called twice. When they are linked again the two are merged; calls that came late have no effect and are listed.',
      sure: 'I made sure that the standby has not taken over',
      do: 'Go on alone',
    },
    who: 'Somebody with the right gives their own number and password ({{who}}).',
  },
};
