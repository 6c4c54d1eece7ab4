import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { makeRelease, type Release } from '../support/release.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Made and installed. */
    release: Release;
  }
}

/** Makes a release once for all tests. */
export default function setup({ provide }: TestProject): () => void {
  const release = makeRelease();
  provide('release', release);
  return () => rmSync(release.folder, { recursive: true, force: true });
}
