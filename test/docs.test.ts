import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { commandsPage } from '../scripts/commands-page.ts';

test('the list of commands is current', async () => {
  const path = join(import.meta.dirname, '../docs/commands.md');
  const expected = await format(commandsPage(), { ...(await resolveConfig(path)), filepath: path });
  expect(readFileSync(path, 'utf8'), 'run: npm run generate').toBe(expected);
});
