/** Prints the guard as one file: loading fifty takes longer than all that it does. */
import { join } from 'node:path';
import { build } from 'rolldown';

export async function bundleGuard(): Promise<string> {
  const { output } = await build({
    input: join(import.meta.dirname, 'update.ts'),
    platform: 'node',
    logLevel: 'warn',
    output: { minify: true },
    write: false,
  });
  return output[0].code;
}

if (import.meta.main) process.stdout.write(await bundleGuard());
