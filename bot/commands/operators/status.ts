import { wording } from '../../wording.ts';
import type { OperatorCommand } from '../command.ts';

export const status: OperatorCommand = {
  kind: 'operator',
  name: 'status',
  usage: '~status',
  summary:
    'tells how I am: since when I am connected, which commit, what the page shows, problems.',
  example: '~status',
  fetch: async (_request, sources) => ({ status: await sources.status() }),
  run: ({ event }, _text, { fetched }) =>
    fetched?.status ? { reply: wording.status(fetched.status, event.timezone) } : {},
};
