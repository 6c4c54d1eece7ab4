/** What people want to be told of, in private: what is said, what is booked, what begins soon. */
import { RE2JS } from 're2js';
import { longestPattern } from '../../schedule-data/format/file-schemas.ts';
import { trackCalled } from '../../schedule-data/schedule/tracks.ts';
import { compilePattern, matchesAll } from '../subscription-patterns.ts';
import { wording } from '../wording.ts';
import type { PersonCommand } from './command.ts';
import { isNone } from './no-value.ts';
import { withOwnEntry } from './own-entry.ts';
import { unknownTrack } from './unknown-track.ts';

/** `cinder bookings`: the pattern, and whether bookings are wanted, too. */
function wanted(text: string): { readonly pattern: string; readonly also?: 'bookings' } {
  const [, pattern] = /^(.*\S)\s+bookings$/isu.exec(text) ?? [];
  return pattern === undefined ? { pattern: text } : { pattern, also: 'bookings' };
}

export const subscribe: PersonCommand = {
  kind: 'person',
  name: 'subscribe',
  usage: '+subscribe [PATTERN [bookings]]',
  summary:
    'tells you in private when somebody says #TRACK now or next and the pattern is in it (a regular expression; case does not matter); with bookings, also what is booked, moved and cancelled. On its own, it shows your pattern.',
  example: '+subscribe cinder|live.?migration',
  run: (_schedule, text, context) =>
    withOwnEntry(context, (person) => {
      if (!text) return { reply: wording.subscription(person) };
      if (text.length > longestPattern) return { reply: wording.tooLong(longestPattern) };
      const { pattern, also } = wanted(text);
      const compiled = compilePattern(pattern);
      if (!(compiled instanceof RE2JS))
        return { reply: wording.notAPattern(pattern, compiled.why) };
      if (person.subscription === pattern && person.also === also)
        return { reply: wording.subscription(person) };
      const changed = { ...person, subscription: pattern, also };
      const before = person.subscription === pattern ? undefined : person.subscription;
      return {
        person: changed,
        reply: wording.subscribed(changed, before, matchesAll(compiled)),
      };
    }),
};

export const unsubscribe: PersonCommand = {
  kind: 'person',
  name: 'unsubscribe',
  usage: '+unsubscribe',
  summary: 'ends your subscription.',
  example: '+unsubscribe',
  run: (_schedule, _text, context) =>
    withOwnEntry(context, (person) => {
      const { subscription } = person;
      if (subscription === undefined) return { reply: wording.subscription(person) };
      return {
        person: { ...person, subscription: undefined, also: undefined },
        reply: wording.unsubscribed(subscription),
      };
    }),
};

export const remind: PersonCommand = {
  kind: 'person',
  name: 'remind',
  usage: '+remind [#TRACK|none]',
  summary:
    'tells you in private ten minutes before a slot that the track has booked; none ends that. On its own, it shows your reminders.',
  example: '+remind #nova',
  run: (schedule, text, context) =>
    withOwnEntry(context, (person) => {
      const { reminders = [] } = person;
      if (!text) return { reply: wording.reminders(reminders) };
      if (isNone(text))
        return reminders.length
          ? { person: { ...person, reminders: undefined }, reply: wording.noReminders(reminders) }
          : { reply: wording.reminders([]) };
      const slug = trackCalled(schedule, text.replace(/^#/, ''));
      if (slug === undefined) return unknownTrack(schedule, text.replace(/^#/, ''));
      if (reminders.includes(slug)) return { reply: wording.reminders(reminders) };
      const all = [...reminders, slug];
      return { person: { ...person, reminders: all }, reply: wording.reminders(all) };
    }),
};
