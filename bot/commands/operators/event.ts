/** The event itself: its names, who may speak for tracks, its links. */
import type { EventInfo } from '../../../schedule-data/format/file-schemas.ts';
import { emptySchedule, type Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { blankEvent } from '../../../schedule-data/import/event.ts';
import { wording } from '../../wording.ts';
import type { OperatorCommand } from '../command.ts';
import { Confirmation } from '../confirmation.ts';
import { isNone } from '../no-value.ts';
import { choice, commandWithVerbs, name, verb, word } from '../verbs.ts';

function withEvent(schedule: Schedule, change: Partial<EventInfo>): Schedule {
  return { ...schedule, event: { ...schedule.event, ...change } };
}

export const event = commandWithVerbs({
  name: 'event',
  summary: 'sets what the event is called, its time zone, and where its etherpads are.',
  verbs: [
    verb({
      name: 'set',
      takes: {
        field: choice('id', 'name', 'timezone', 'etherpads', 'newday'),
        value: name('VALUE'),
      },
      summary:
        'sets what the event is called, its time zone, where its etherpads are, or when a new day begins by itself (none: never).',
      example: '~event set timezone Europe/Paris',
      run: (schedule, { field, value }) => {
        if (isNone(value) && (field === 'newday' || field === 'etherpads'))
          return {
            schedule: withEvent(schedule, { [field]: blankEvent[field] }),
            reply: wording.eventUnset(field),
          };
        return {
          schedule: withEvent(schedule, { [field]: value }),
          reply: wording.eventSet(field, value),
        };
      },
    }),
  ],
});

export const requirevoice: OperatorCommand = {
  kind: 'operator',
  name: 'requirevoice',
  usage: '~requirevoice',
  summary: 'lets only people with voice or op issue track commands.',
  example: '~requirevoice',
  run: (schedule) => ({
    schedule: withEvent(schedule, { moderation: 'voiced' }),
    reply: wording.voiceRequired,
  }),
};

export const alloweveryone: OperatorCommand = {
  kind: 'operator',
  name: 'alloweveryone',
  usage: '~alloweveryone',
  summary: 'lets everyone issue track commands.',
  example: '~alloweveryone',
  run: (schedule) => ({
    schedule: withEvent(schedule, { moderation: 'everyone' }),
    reply: wording.everyoneAllowed,
  }),
};

export const link = commandWithVerbs({
  name: 'link',
  summary: 'adds and deletes links of the event.',
  verbs: [
    verb({
      name: 'add',
      takes: { url: word('URL'), title: name('TITLE') },
      summary: 'adds a link to the event.',
      example: '~link add https://example.org/map Venue map',
      run: (schedule, { url, title }) => ({
        schedule: withEvent(schedule, { links: [...schedule.event.links, { title, url }] }),
        reply: wording.linkAdded(title),
      }),
    }),
    verb({
      name: 'del',
      takes: { number: word('N') },
      summary: 'deletes a link by its number.',
      example: '~link del 1',
      run: (schedule, { number }) => {
        const { links } = schedule.event;
        const found = links[Number(number) - 1];
        if (!found) return { reply: wording.links(links) };
        return {
          schedule: withEvent(schedule, { links: links.filter((one) => one !== found) }),
          reply: wording.linkDeleted(found.title),
        };
      },
    }),
  ],
});

export const emptydb: OperatorCommand = {
  kind: 'operator',
  name: 'emptydb',
  usage: '~emptydb [CODE]',
  summary: 'removes all tracks, rooms, days, links and announcements, after asking once more.',
  example: '~emptydb',
  run: (schedule, given, { nick, now }) => {
    const confirmation = new Confirmation(`${nick} ${schedule.event.id}`, now);
    if (!given)
      return {
        reply: wording.confirmEmpty(schedule.tracks.size, schedule.rooms.size, confirmation.code),
      };
    if (!confirmation.accepts(given)) return { reply: wording.rightForm(emptydb) };
    return {
      schedule: emptySchedule({ ...schedule.event, days: [], links: [] }),
      reply: wording.emptied,
    };
  },
};
