/// <reference types="astro/client" />
import type { Schedule } from '../schedule-data/schedule.ts';
import type { Problem } from '../schedule-data/snapshot.ts';

declare global {
  namespace App {
    /** What the renderer hands to every page. */
    interface Locals {
      schedule: Schedule;
      problems: readonly Problem[];
      /** Canonical address of the site's root, without a slash at the end. */
      site?: string;
      /** Path of the style sheet with the colours of the tracks, below the base. */
      tracksCss: string;
    }
  }
}
