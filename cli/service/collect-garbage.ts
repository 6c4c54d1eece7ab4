/** How often it is looked whether it is quiet, in milliseconds: after a start, and after a burst. */
const interval = 15_000;

/**
 * Gives memory back when nothing happens: Node collects garbage only where it needs more, and keeps what a
 * start or a burst left, 12 MB. It takes 50 ms, so that it waits for a moment when nobody is likely to
 * wait. Needs `--expose-gc`.
 * @returns to be called whenever something happens
 */
export function collectGarbage(stack: AsyncDisposableStack): () => void {
  let happened = true;
  let isDirty = true;
  const timer = setInterval(() => {
    if (!happened && isDirty) {
      // The flavour that gives back what it frees.
      globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
      isDirty = false;
    }
    happened = false;
  }, interval);
  timer.unref();
  stack.defer(() => clearInterval(timer));
  return () => {
    happened = true;
    isDirty = true;
  };
}
