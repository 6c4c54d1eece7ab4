import { setImmediate } from 'node:timers/promises';

/** How long other work may be kept waiting, commands above all, in milliseconds. */
const longestTurn = 5;

/** Something to await again and again in a long loop: it lets other work in when that waited long. */
export function lettingOthersWork(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since <= longestTurn) return;
    await setImmediate();
    since = performance.now();
  };
}
