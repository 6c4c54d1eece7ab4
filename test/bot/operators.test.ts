import { describe, expect, test } from 'vitest';
import type { ChatLine } from '../../bot/chat.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { said } from '../support/conversation.ts';
import { smallSchedule } from '../support/schedule.ts';

const schedule = smallSchedule();
const noon = new Date('2018-09-10T18:00:00Z');
const hotel = 'breakfast-room-right-side-croke-park-hotel-2';

const say = (text: string, before = schedule, line: Partial<ChatLine> = {}) =>
  said(before, { nick: 'ttx', role: 'op', text, time: noon, ...line });

function after(...lines: string[]): Schedule {
  return lines.reduce((current, line) => say(line, current).after, schedule);
}

describe('operators', () => {
  test.each(['~add ironic', '~list', '~newday', '~motd', '~emptydb'])(
    'are who may say %s',
    (text) => {
      for (const line of [
        { role: 'none' },
        { role: 'voice' },
        { channel: undefined, role: 'none' },
      ] as const)
        expect(say(text, schedule, line)).toMatchObject({
          reply: 'That is for channel operators; ask somebody who has op',
          files: {},
        });
    },
  );
});

describe('tracks', () => {
  test('are listed', () => {
    expect(say('~list').reply).toBe('cinder nova swift');
    expect(say('~list', after('~del nova cinder swift')).reply).toBe(
      'There are no tracks yet. Add some: ~add nova cinder',
    );
  });

  test('are added in one commit, each with a colour of its own', () => {
    const { reply, subject, files } = say('~add ironic #Glance, k8s-sig');
    expect(reply).toBe('Added ironic, glance, k8s-sig');
    expect(subject).toBe('add ironic #Glance, k8s-sig');
    expect(Object.keys(files)).toEqual([
      'tracks/glance.yaml',
      'tracks/ironic.yaml',
      'tracks/k8s-sig.yaml',
    ]);
    expect(new Set(Object.values(files).map((file) => JSON.stringify(file))).size).toBe(3);
  });

  test.each([
    ['~add', 'Say it like this: ~add TRACK…, for example: ~add nova cinder'],
    ['~add nova', 'There is a track nova already'],
    [
      '~add ironic 2019',
      '"2019" cannot be the name of a track; expected letters, digits and . _ + -, such as k8s-sig',
    ],
    ['~add ironic help', '"help" means something else here; expected another name'],
    ['~del', 'Say it like this: ~del TRACK…, for example: ~del nova'],
    ['~del nova ironic', 'There is no track ironic.'],
    [
      '~clean nvoa',
      'There is no track nvoa. Did you mean nova?'.replace('mean nova', 'mean #nova'),
    ],
    ['~rename nova', 'Say it like this: ~rename OLD NEW, for example: ~rename k8s-sig k8s'],
    ['~rename nova cinder', 'There is a track cinder already'],
    ['~rename ironic metal', 'There is no track ironic.'],
  ])('%s: %s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply, files: {} });
  });

  test('are deleted with their bookings', () => {
    expect(say('~del nova swift')).toMatchObject({
      reply: 'Deleted nova (2 booked slots free again), swift; what they said is gone',
      files: {
        'tracks/nova.yaml': undefined,
        'tracks/swift.yaml': undefined,
        'rooms/aspen.yaml': { slots: { MonA1: '' } },
        [`rooms/${hotel}.yaml`]: { slots: { MonP1: '' } },
      },
    });
  });

  test('are cleaned, and all of them at the beginning of a day', () => {
    const busy = after('#nova now cells', '#nova next lunch', '#swift location the bar');
    expect(say('~clean nova', busy).files).toEqual({ 'tracks/nova.yaml': { room: hotel } });
    expect(say('~newday', busy).files).toEqual({ 'tracks/nova.yaml': {}, 'tracks/swift.yaml': {} });
  });

  test('are renamed: bookings move along, old name and etherpad go on working', () => {
    const { reply, files, after: renamed } = say('~rename nova compute');
    expect(reply).toBe('nova is now compute; #nova still works');
    expect(files).toMatchObject({
      'tracks/nova.yaml': undefined,
      'tracks/compute.yaml': {
        formerly: ['nova'],
        etherpad: 'https://etherpad.opendev.org/p/DEN-ptg-nova',
      },
      'rooms/aspen.yaml': { slots: { MonA1: 'compute' } },
    });
    expect(say('#nova now cells', renamed).files).toMatchObject({
      'tracks/compute.yaml': { now: { topic: 'cells' } },
    });
    expect(say('~add nova', renamed).reply).toBe('nova is what compute was called before');
    expect(say('~rename compute nova', renamed).files).toMatchObject({
      'tracks/nova.yaml': { formerly: ['compute'] },
    });
  });
});

describe('announcements', () => {
  const two = after('~motd add info Lunch is served', '~motd add danger Fire in the lobby');

  test('are added, listed, ordered and deleted by their numbers', () => {
    expect(say('~motd', two)).toMatchObject({
      reply: '1: [info] Lunch is served · 2: [danger] Fire in the lobby',
      files: {},
    });
    expect(say('~motd reorder 2 1', two).after.announcements.map(({ level }) => level)).toEqual([
      'danger',
      'info',
    ]);
    expect(say('~motd reorder 2', two).after.announcements.map(({ level }) => level)).toEqual([
      'danger',
    ]);
    expect(say('~motd del 1', two).after.announcements.map(({ level }) => level)).toEqual([
      'danger',
    ]);
    expect(say('~motd clean', two).after.announcements).toEqual([]);
  });

  test.each([
    ['~motd add Lunch', 'Say it like this: ~motd'],
    ['~motd add info', 'Say it like this: ~motd'],
    ['~motd del 3', 'There is no announcement 3; expected a number from 1 to 2, see ~motd'],
    ['~motd reorder 1 x', 'There is no announcement x; expected a number from 1 to 2, see ~motd'],
    ['~motd reorder 1 1', 'Say it like this: ~motd'],
    ['~motd del', 'Say it like this: ~motd'],
    ['~motd shout', 'Say it like this: ~motd'],
  ])('%s: %s', (line, reply) => {
    expect(say(line, two)).toMatchObject({
      reply: expect.stringContaining(reply) as string,
      files: {},
    });
  });
});

describe('the event', () => {
  test('is named and moderated', () => {
    expect(say('~event set name Denver 2018').after.event.name).toBe('Denver 2018');
    expect(say('~event set timezone Europe/Paris').reply).toBe(
      'The event now has the timezone Europe/Paris',
    );
    expect(say('~requirevoice').after.event.moderation).toBe('voiced');
    expect(say('~alloweveryone', after('~requirevoice')).after.event.moderation).toBe('everyone');
  });

  test('refuses what cannot be kept, with what was expected', () => {
    expect(say('~event set timezone Denver')).toMatchObject({
      reply: 'That cannot be saved: timezone: expected an IANA time zone such as Europe/Paris',
      files: {},
    });
    expect(say('~event set id a b').reply).toContain('id: expected one word such as denver-ptg');
    expect(say('~event name x').reply).toContain('Say it like this: ~event set');
  });

  test('has links', () => {
    const linked = after('~link add https://example.org/map Venue map');
    expect(linked.event.links).toEqual([{ title: 'Venue map', url: 'https://example.org/map' }]);
    expect(say('~link del 1', linked).after.event.links).toEqual([]);
    expect(say('~link del 2', linked).reply).toBe('There are these links: 1: Venue map');
    expect(say('~link add nowhere Venue map').reply).toContain('expected a web address');
  });

  test('is emptied only by who says so twice, within a minute', () => {
    const { reply, files } = say('~emptydb');
    expect(reply).toMatch(
      /^This removes 3 tracks, 2 rooms, .* say within a minute: ~emptydb \w{4}$/,
    );
    expect(files).toEqual({});
    const confirmation = /~emptydb \w{4}$/.exec(reply ?? '')![0];
    expect(say(confirmation).after).toMatchObject({
      tracks: new Map(),
      rooms: new Map(),
      event: { id: 'DEN-ptg', days: [] },
    });
    for (const line of [{ nick: 'somebody' }, { time: new Date(noon.getTime() + 120_000) }])
      expect(say(confirmation, schedule, line).files).toEqual({});
  });
});

describe('days and slots', () => {
  test('are laid out from nothing', () => {
    const empty = say(/~emptydb \w{4}$/.exec(say('~emptydb').reply ?? '')![0]).after;
    const laidOut = [
      '~room add Ballroom A',
      '~day add Tuesday 2018-09-11',
      '~day add Monday 2018-09-10',
      '~slot add monday MonP1 13:30-15:15',
      '~slot add Monday MonA1 9:00-10:45',
      '~room add Aspen',
      '~add nova',
      '#nova book ballroom-a-MonA1',
    ].reduce((current, line) => say(line, current).after, empty);
    expect(laidOut.event.days).toEqual([
      {
        name: 'Monday',
        date: '2018-09-10',
        slots: [
          { name: 'MonA1', start: '09:00', end: '10:45' },
          { name: 'MonP1', start: '13:30', end: '15:15' },
        ],
      },
      { name: 'Tuesday', date: '2018-09-11', slots: [] },
    ]);
    expect(laidOut.rooms.get('ballroom-a')?.slots).toEqual(
      new Map([
        ['MonP1', null],
        ['MonA1', 'nova'],
      ]),
    );
    expect(laidOut.rooms.get('aspen')?.slots).toEqual(
      new Map([
        ['MonA1', null],
        ['MonP1', null],
      ]),
    );
  });

  test('are changed, and bookings follow', () => {
    const changed = after(
      '~slot set MonA1 name MonX',
      '~slot set monp1 time 14:00-15:00',
      '~day set Monday name Day one',
    );
    expect(changed.event.days[0]).toEqual({
      name: 'Day one',
      date: '2018-09-10',
      slots: [
        { name: 'MonX', start: '09:00', end: '10:45' },
        { name: 'MonP1', start: '14:00', end: '15:00' },
      ],
    });
    expect(changed.rooms.get('aspen')?.slots.get('MonX')).toBe('nova');
  });

  test.each([
    ['~slot del MonA1', 'MonA1 is booked in 1 room; to delete it anyway: ~slot del MonA1 force'],
    ['~day del Monday', 'Monday has 2 booked slots; to delete it anyway: ~day del Monday force'],
    ['~day del Sunday', 'There is no day Sunday; there are Monday, Tuesday'],
    ['~day add Monday', 'There is a day Monday already'],
    [
      '~day add Friday 14.9.2018',
      'That cannot be saved: date: expected a date such as "2018-09-10"',
    ],
    ['~slot add Monday MonA1 09:00-10:00', 'There is a slot MonA1 already'],
    ['~slot add Monday MonX 48:00-49:00', 'Say it like this: ~slot add DAY SLOT 09:00-10:45'],
    ['~slot add Monday MonX', 'Say it like this: ~slot add'],
    [
      '~slot set MonX time 09:00-10:00',
      'There is no slot MonX; expected its name without the room, such as MonA1',
    ],
    ['~slot set MonA1 name TueA1', 'There is a slot TueA1 already'],
  ])('%s: %s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply: expect.stringContaining(reply) as string, files: {} });
  });

  test('are deleted by force, out of all rooms', () => {
    expect(say('~slot del MonA1 force').after.rooms.get('aspen')?.slots.has('MonA1')).toBe(false);
    const { event, rooms } = say('~day del Monday force').after;
    expect(event.days.map(({ name }) => name)).toEqual(['Tuesday']);
    expect([...(rooms.get('aspen')?.slots.keys() ?? [])]).toEqual(['TueA1']);
  });
});

describe('rooms', () => {
  test('are changed, by file name or by the name at the door', () => {
    const changed = after(
      '~room set aspen description 10 person table',
      '~room set Aspen url https://meet.example.org/aspen',
      '~room set Breakfast Room (Right-side) - Croke Park Hotel - 2 name Breakfast Room',
      '~room set aspen equipment video Video projection',
      '~room set aspen open tuep1',
      '~room set aspen close MonP1 TueA1',
      `~room order ${hotel} aspen`,
    );
    expect([...changed.rooms.values()]).toMatchObject([
      { name: 'Breakfast Room', order: 1 },
      {
        name: 'Aspen',
        order: 2,
        description: '10 person table',
        url: 'https://meet.example.org/aspen',
        equipment: [{ icon: 'video', label: 'Video projection' }],
        slots: new Map([
          ['MonA1', 'nova'],
          ['TueP1', null],
        ]),
      },
    ]);
  });

  test.each([
    ['~room add Aspen', 'There is a room aspen already'],
    ['~room add ***', '"***" cannot be the name of a room; expected some letters'],
    ['~room set aspn name X', 'There is no room aspn. Did you mean aspen?'],
    ['~room set aspen url nowhere', 'That cannot be saved: url: expected a web address'],
    [
      '~room set aspen equipment video',
      'Expected an icon and a label: ~room set aspen equipment video Video projection',
    ],
    ['~room set aspen close MonA1', 'MonA1 is booked by nova; expected a free slot'],
    ['~room set aspen open MonX', 'There is no slot MonX'],
    ['~room set aspen', 'Say it like this: ~room add NAME'],
    ['~room del aspen', 'aspen has 1 booked slot; to delete it anyway: ~room del aspen force'],
    ['~room', 'Say it like this: ~room add NAME'],
  ])('%s: %s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply: expect.stringContaining(reply) as string, files: {} });
  });

  test('are deleted by force, and tracks are no longer in them', () => {
    const { files } = say('~room del aspen force', say('#nova now cells').after);
    expect(files['rooms/aspen.yaml']).toBeUndefined();
    expect(Object.keys(files)).toContain('rooms/aspen.yaml');
  });
});
