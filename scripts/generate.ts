/** Writes what is made from the code: the JSON Schemas of the data files, and the list of commands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../schedule-data/format/json-schemas.ts';
import { commandsPage } from './commands-page.ts';

const project = join(import.meta.dirname, '..');

const files = new Map([
  ...Object.entries(jsonSchemas()).map(([kind, schema]): [string, string] => [
    `schedule-data/schemas/${kind}.schema.json`,
    JSON.stringify(schema),
  ]),
  ['docs/commands.md', commandsPage()],
]);

for (const [name, text] of files) {
  const path = join(project, name);
  mkdirSync(dirname(path), { recursive: true });
  const style = await resolveConfig(path);
  writeFileSync(path, await format(text, { ...style, filepath: path }));
}
