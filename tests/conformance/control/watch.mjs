// A thread beside a driver's: when the driver's loop has not turned for a second of CPU time,
// its app holds it up, and the process ends without a word. CPU time and not the clock's, so that
// a busy machine is not taken for a hung host.

import {parentPort, workerData} from 'node:worker_threads';

const stuckCpuMs = 1000;
const lookEveryMs = 50;

const beats = new Int32Array(workerData.beats);
let seen = -1;
let since = process.cpuUsage();

setInterval(() => {
  const beat = Atomics.load(beats, 0);
  const {user, system} = process.cpuUsage(since);
  if (beat !== seen) {
    seen = beat;
    since = process.cpuUsage();
  } else if (user + system > stuckCpuMs * 1000) {
    process.kill(process.pid, 'SIGKILL');
  }
}, lookEveryMs);

parentPort.postMessage('watching');
