/// <reference types="astro/client" />
import type { PageContent } from './content/site-content.ts';

declare global {
  namespace App {
    /** What the renderer hands to every page. */
    interface Locals extends PageContent {
      /** Canonical address of the site's root, without a slash at the end. */
      site?: string;
      /** Path of the style sheet with the colours of the tracks, below the base. */
      tracksCss: string;
    }
  }
}
