import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './config.ts';

/** Of a release that of its tag. */
export function version(): string {
  const text = readFileSync(join(project, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
