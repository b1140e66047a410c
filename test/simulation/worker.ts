import { parentPort, workerData } from 'node:worker_threads';
import { playShare, type Share } from './parallel.ts';

/** One thread's share of the schedules. */
const { failed, tally, sums } = playShare(workerData as Share);
parentPort?.postMessage({ failed, counts: [...tally.counts], sums });
