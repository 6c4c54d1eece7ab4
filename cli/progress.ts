/** Runs what may take a while, and says what it is while people wait for it. */
export type Progress = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** How long something may take in silence, in milliseconds. */
const silence = 1000;

/** A moving line on the terminal, for what takes longer than a second; nothing in logs and pipes. */
export const showProgress: Progress = async (what, work) => {
  if (!process.stderr.isTTY) return work();
  const { default: createSpinner } = await import('yocto-spinner');
  // Signals are the service's.
  const spinner = createSpinner({
    text: `${what} …`,
    stream: process.stderr,
    handleSignals: false,
  });
  const timer = setTimeout(() => spinner.start(), silence);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    spinner.stop();
  }
};

export const withoutProgress: Progress = (_what, work) => work();
