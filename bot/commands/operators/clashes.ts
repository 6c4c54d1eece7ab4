/** What collides in the days to come. */
import { clashesToCome } from '../../../schedule-data/schedule/clashes.ts';
import { sharedFollowersOf } from '../../followers.ts';
import { wording } from '../../wording.ts';
import { clashListed } from '../clashes.ts';
import type { OperatorCommand } from '../command.ts';

/** How many one answer lists. */
const most = 6;

export const clashes: OperatorCommand = {
  kind: 'operator',
  name: 'clashes',
  usage: '~clashes',
  summary:
    'lists who meets at the same time in different rooms: a track twice, tracks that name each other, tracks that the same people follow.',
  example: '~clashes',
  run: (schedule, _text, { now, people }) => {
    const all = clashesToCome(schedule, now, sharedFollowersOf(people));
    const undated = schedule.event.days.filter(({ date }) => date === undefined);
    return {
      reply: wording.clashes(
        // Only those that are said: there may be many.
        all.slice(0, most).map((clash) => clashListed(schedule, clash, now)),
        all.length,
        undated.map(({ name }) => name),
      ),
    };
  },
};
