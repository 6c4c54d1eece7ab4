/** Makes one file of the guard: `bundle.ts FILE`. Loading fifty files takes longer than all it does. */
import { join } from 'node:path';
import { build } from 'rolldown';

await build({
  input: join(import.meta.dirname, 'update.ts'),
  platform: 'node',
  logLevel: 'warn',
  output: { file: process.argv[2]!, minify: true },
});
