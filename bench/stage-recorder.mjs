/** Loaded into the service by `--import`: writes when a line reached which stage, a line each. */
import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const file = process.env['PTGBOT_BENCH_STAGES'];

if (file !== undefined) {
  const opened = openSync(file, 'a');
  subscribe('ptgbot:stage', (stage) => {
    const now = performance.timeOrigin + performance.now();
    writeSync(opened, `${now} ${String(stage)}\n`);
  });
}
