/** The event itself: its names, who may speak for tracks, its links. */
import { createHash } from 'node:crypto';
import type { EventInfo } from '../../../schedule-data/format/file-schemas.ts';
import { emptySchedule, type Schedule } from '../../../schedule-data/schedule/schedule.ts';
import { wording } from '../../wording.ts';
import type { OperatorCommand } from '../command.ts';

function withEvent(schedule: Schedule, change: Partial<EventInfo>): Schedule {
  return { ...schedule, event: { ...schedule.event, ...change } };
}

const settable = ['id', 'name', 'timezone', 'etherpads'] as const;

export const event: OperatorCommand = {
  kind: 'operator',
  name: 'event',
  usage: '~event set id|name|timezone|etherpads VALUE',
  summary: 'sets what the event is called, its time zone, and where its etherpads are.',
  example: '~event set timezone Europe/Paris',
  run: (schedule, text) => {
    const [, verb, key = '', value = ''] = /^(\S+)\s+(\S+)\s+(.+)$/.exec(text) ?? [];
    const field = settable.find((one) => one === key.toLowerCase());
    if (verb !== 'set' || !field) return { reply: wording.rightForm(event) };
    return {
      schedule: withEvent(schedule, { [field]: value }),
      reply: wording.eventSet(field, value),
    };
  },
};

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

export const link: OperatorCommand = {
  kind: 'operator',
  name: 'link',
  usage: '~link add URL TITLE | del N',
  summary: 'adds and deletes links of the event.',
  example: '~link add https://example.org/map Venue map',
  run: (schedule, text) => {
    const { links } = schedule.event;
    const [, verb = '', first = '', title = ''] =
      /^(\S+)(?:\s+(\S+)(?:\s+(.+))?)?$/.exec(text) ?? [];
    if (verb === 'add' && first && title)
      return {
        schedule: withEvent(schedule, { links: [...links, { title, url: first }] }),
        reply: wording.linkAdded(title),
      };
    if (verb !== 'del' || !first || title) return { reply: wording.rightForm(link) };
    const found = links[Number(first) - 1];
    if (!found) return { reply: wording.links(links) };
    return {
      schedule: withEvent(schedule, { links: links.filter((one) => one !== found) }),
      reply: wording.linkDeleted(found.title),
    };
  },
};

export const emptydb: OperatorCommand = {
  kind: 'operator',
  name: 'emptydb',
  usage: '~emptydb [CODE]',
  summary: 'removes all tracks, rooms, days, links and announcements, after asking once more.',
  example: '~emptydb',
  run: (schedule, text, { nick, now }) => {
    const code = (minute: number) =>
      createHash('sha256')
        .update(`${nick} ${schedule.event.id} ${minute}`)
        .digest('hex')
        .slice(0, 4);
    const minute = Math.floor(now.getTime() / 60_000);
    // What was shown within this minute or the one before.
    if (text && ![code(minute), code(minute - 1)].includes(text.toLowerCase()))
      return { reply: wording.rightForm(emptydb) };
    if (!text)
      return {
        reply: wording.confirmEmpty(schedule.tracks.size, schedule.rooms.size, code(minute)),
      };
    return {
      schedule: emptySchedule({ ...schedule.event, days: [], links: [] }),
      reply: wording.emptied,
    };
  },
};
