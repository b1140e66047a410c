import { REAL_CLOCK } from '#main/devices/real-clock.ts';
import { PLAIN_KEY_STORE } from '#main/link/key-store.ts';
import { pairThisPc } from '#main/station/open-station.ts';
import { startBenchStation, unwrap, writeSettings } from './bench-station.ts';

/**
 * The standby of `paired-branch.ts`, in a process of its own. Arguments: data folder, migrations, the host's port and
 * the pairing code it shows. Ends when its input does.
 */
const [folder = '', migrationsFolder = '', port = '', code = ''] = process.argv.slice(2);
const host = { address: '127.0.0.1', port: Number(port) };
const settings = writeSettings(folder, { stationId: 'station-2', host });
const pairing = { dataFolder: folder, settings, keyStore: PLAIN_KEY_STORE, clock: REAL_CLOCK, now: Date.now };
unwrap(await pairThisPc(pairing, code));
const station = await startBenchStation({ folder, migrationsFolder, now: Date.now });
process.stdin.once('end', () => void station.stop().then(() => process.exit()));
process.stdin.resume();
