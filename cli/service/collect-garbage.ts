/** After so long without that anything happened it is quiet, in milliseconds: after a start or a burst. */
const quiet = 20_000;

/**
 * Gives memory back when nothing happens: Node collects garbage only where it needs more, and keeps what a
 * start or a burst left, 12 MB. It takes 50 ms, so that it waits for a moment when nobody is likely to
 * wait. Needs `--expose-gc`.
 * @returns to be called whenever something happens
 */
export function collectGarbage(stack: AsyncDisposableStack): () => void {
  const timer = setTimeout(() => {
    // The flavour that gives back what it frees.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, quiet).unref();
  stack.defer(() => clearTimeout(timer));
  // Also one that is over begins anew.
  return () => void timer.refresh();
}
