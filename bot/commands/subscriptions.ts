/** What people want to be told of, in private, when it is said. */
import { RE2JS } from 're2js';
import { longestPattern } from '../../schedule-data/format/file-schemas.ts';
import { compilePattern, matchesAll } from '../subscription-patterns.ts';
import { wording } from '../wording.ts';
import type { PersonCommand } from './command.ts';
import { withOwnEntry } from './own-entry.ts';

export const subscribe: PersonCommand = {
  kind: 'person',
  name: 'subscribe',
  usage: '+subscribe [PATTERN]',
  summary:
    'tells you in private when somebody says #TRACK now or next and the pattern is in it (a regular expression; case does not matter); alone, it shows yours.',
  example: '+subscribe cinder|live.?migration',
  run: (_schedule, text, context) =>
    withOwnEntry(context, (person) => {
      if (!text) return { reply: wording.subscription(person.subscription) };
      if (text.length > longestPattern) return { reply: wording.tooLong(longestPattern) };
      const pattern = compilePattern(text);
      if (!(pattern instanceof RE2JS)) return { reply: wording.notAPattern(text, pattern.why) };
      if (person.subscription === text) return { reply: wording.subscription(text) };
      return {
        person: { ...person, subscription: text },
        reply: wording.subscribed(text, person.subscription, matchesAll(pattern)),
      };
    }),
};

export const unsubscribe: PersonCommand = {
  kind: 'person',
  name: 'unsubscribe',
  usage: '+unsubscribe',
  summary: 'ends what you subscribed to.',
  example: '+unsubscribe',
  run: (_schedule, _text, context) =>
    withOwnEntry(context, (person) => {
      if (person.subscription === undefined) return { reply: wording.subscription(undefined) };
      return {
        person: { ...person, subscription: undefined },
        reply: wording.unsubscribed(person.subscription),
      };
    }),
};
