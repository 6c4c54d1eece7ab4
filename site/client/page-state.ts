/**
 * All that the script of a page remembers until the page is closed. What the reader chose lasts
 * longer, and is in settings.ts.
 */
export const pageState = {
  /** Id of the day that the address named last, or `all`. */
  chosenDay: undefined as string | undefined,
  /** Slots that the reader opened or closed by hand, by day and slot. */
  openSlots: new Map<string, boolean>(),
  /** Number of the quarter of an hour for which the labels of times are right. */
  quarter: undefined as number | undefined,
  /** When the site answered last. */
  answered: new Date(),
  /** Since when somebody looks; nothing is asked before. */
  looking: new Date(),
  /** Among the open tabs it is the one that notifies. */
  tells: false,
  /** Which revision the page shows, once known, and the page as it came then. */
  revisionId: undefined as string | undefined,
  html: undefined as string | undefined,
  /** What replaces the page did not come when it was wanted. */
  lacksReplacer: false,
  /** When screen readers were told something last, in milliseconds since the page began. */
  announced: -Infinity,
  /** Tells screen readers what is found, when the reader has typed. */
  foundTimer: undefined as ReturnType<typeof setTimeout> | undefined,
  /** Hides the message that is shown. */
  messageTimer: undefined as ReturnType<typeof setTimeout> | undefined,
};
