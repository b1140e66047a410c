import type { SameKeys } from '../i18n.ts';
import type { several as severalZh } from './several-zh.ts';

/** Words for a PC that is alone and becomes one of several, in English. */
export const several: SameKeys<typeof severalZh> = {
  heading: 'Use several PCs in this branch',
  begin: {
    heading: 'Make this the first PC',
    card: 'This PC becomes the host and others join it. Its records and today’s numbers go on.',
    means: 'This PC becomes the host. Records, numbers and sign-ins go on; other PCs join by a pairing code.',
    portHint: 'Other PCs reach this one here. It rarely needs changing; the firewall must let it through.',
    do: 'Make it the first and restart',
    done: 'Done. Foyer starts again, which takes some seconds; then press “Pair a new PC” on this page.',
  },
  join: {
    heading: 'Join a branch',
    card: 'Another PC is the host: press “Pair a new PC” there, and type its address and code here.',
    means:
      'First press “Pair a new PC” at the host, in Set-up › PCs of this branch: it shows address and code.',
    host: 'Address of the host',
    hostHint: 'As the host shows it, such as 192.168.1.5:5850',
    found: 'Found on the network:',
    finding: 'Looking…',
    notFound: 'Nothing found; type what the host shows.',
    find: 'Look',
    code: 'Pairing code',
    codeHint: 'The eight letters and digits the host shows, good for five minutes',
    stationId: 'Id of this PC',
    stationIdHint: 'Unique in the branch, never changed; in another PC’s place it gets that one’s',
    mayHost: 'It may take over when the host fails (port)',
    mayHostHint: 'Only for a PC that is on all day, by cable',
    own: {
      sample:
        'The sample data of this PC ({{records}} entries) is set aside as it is and does not join the branch.',
      real: 'This PC has {{records}} business entries of its own and {{customers}} customers not finished. They do not join the branch; they stay in its data folder as they are.',
      setAside: 'I know: set the records of this PC aside as they are',
    },
    do: 'Pair and restart',
    done: 'Paired. Foyer starts again and copies the data of the branch, which takes some seconds; then sign in with a number of the branch.',
    errors: {
      U511: 'No host answers at this address, so nothing was paired. Check address and port, the host and the cable.',
      U528: 'The link broke again, so nothing was paired. See that the host is on, then try again.',
      U512: 'That address is no Foyer host, so nothing was paired. Type the address the host shows.',
      M601: 'That address is no Foyer host, so nothing was paired. Type the address the host shows.',
      M610: 'No answer came, so nothing was paired. Check the address, and that the host is on.',
    },
  },
  name: 'Name of this PC',
  nameHint: 'What people call it, such as “Lobby PC” or “Counter 2”',
  roles: 'What it is for',
  rolesHint:
    'None chosen: everything. From the next start only these windows open; for set-up, start once more with --windows setup.',
  role: {
    teller: 'Teller',
    lobby: 'Lobby manager',
    kiosk: 'Taking numbers',
    board: 'Hall screen and voice',
    manager: 'Manager and set-up',
  },
  port: 'Port',
  portTaken:
    'This port cannot be opened, perhaps another program has it; nothing was changed. Choose another.',
  addressWrong: 'Write ADDRESS:PORT, with a port from 1 to 65535.',
};
