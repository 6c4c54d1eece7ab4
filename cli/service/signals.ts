/** Resolves to the first signal that asks this process to end. */
export function nextSignal(): Promise<string> {
  // Who closes a terminal ends what runs in it; a service manager has the configuration read again.
  const ending = process.stdin.isTTY ? ['SIGTERM', 'SIGINT', 'SIGHUP'] : ['SIGTERM', 'SIGINT'];
  return new Promise((resolve) => {
    for (const signal of ending) process.once(signal, () => resolve(signal));
  });
}

/** Calls it for each signal that asks to read the configuration again. */
export function onReloadSignal(reload: () => void): void {
  if (!process.stdin.isTTY) process.on('SIGHUP', reload);
}
