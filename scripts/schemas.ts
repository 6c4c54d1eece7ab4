/** Writes the JSON Schemas of the data files to schedule-data/schemas. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { jsonSchemas } from '../schedule-data/json-schemas.ts';

const folder = join(import.meta.dirname, '../schedule-data/schemas');

mkdirSync(folder, { recursive: true });
for (const [kind, schema] of Object.entries(jsonSchemas())) {
  const path = join(folder, `${kind}.schema.json`);
  const style = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(schema), { ...style, filepath: path }));
}
