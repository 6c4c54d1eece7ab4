import type { TestProject } from 'vitest/node';
import { compileSite } from '../../site/build/compile.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the compiled site, for `loadRenderer`. */
    renderer: string;
  }
}

/** Compiles the site once for all tests; what they render are the bytes of production. */
export default async function setup({ provide }: TestProject): Promise<void> {
  provide('renderer', await compileSite());
}
