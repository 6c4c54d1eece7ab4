import { withoutCredentials } from '../../../schedule-data/import/download.ts';
import { importPython } from '../../../schedule-data/import/import-python.ts';
import { wording } from '../../wording.ts';
import type { OperatorCommand } from '../command.ts';

/** Is it worth asking for? What is wrong with it beyond that, the one who fetches says. */
const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text);

export const fetchdb: OperatorCommand = {
  kind: 'operator',
  name: 'fetchdb',
  usage: '~fetchdb URL',
  summary: 'imports a database of the Python ptgbot; what it does not hold stays as it is.',
  example: '~fetchdb https://ptg.example.org/ptg.json',
  fetch: async ({ text }, sources) =>
    isAddress(text) ? { database: await sources.fetchDatabase(text) } : {},
  record: withoutCredentials,
  run: (schedule, _text, { fetched, people, fold }) => {
    const database = fetched?.database;
    if (!database) return { reply: wording.rightForm(fetchdb) };
    if (!('json' in database)) return { reply: database.why };
    const imported = importPython(database.json, { fold }, schedule, people);
    return {
      schedule: imported.schedule,
      people: imported.people,
      reply: wording.fetched(imported.schedule, imported.remarks),
    };
  },
};
