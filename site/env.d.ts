/// <reference types="astro/client" />
import type { Logs } from '../schedule-data/history/log.ts';
import type { CheckIn } from '../schedule-data/presence.ts';
import type { Schedule } from '../schedule-data/schedule.ts';
import type { Problem } from '../schedule-data/snapshot.ts';

declare global {
  namespace App {
    /** What the renderer hands to every page. */
    interface Locals {
      schedule: Schedule;
      problems: readonly Problem[];
      /** Who is checked in, in the order in which they came. */
      presence: readonly CheckIn[];
      /** What tracks discussed, by slug, the oldest first; of those that never did, nothing. */
      history: Logs;
      /** Canonical address of the site's root, without a slash at the end. */
      site?: string;
      /** Path of the style sheet with the colours of the tracks, below the base. */
      tracksCss: string;
    }
  }
}
