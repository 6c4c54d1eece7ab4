import { wording } from '../../wording.ts';
import type { OperatorCommand } from '../command.ts';

export const status: OperatorCommand = {
  kind: 'operator',
  name: 'status',
  usage: '~status',
  summary: 'tells how I am: connected since when, which commit, what the page shows, problems.',
  example: '~status',
  gather: async (_text, world) => ({ status: await world.status() }),
  run: ({ event }, _text, { gathered }) =>
    gathered?.status ? { reply: wording.status(gathered.status, event.timezone) } : {},
};
