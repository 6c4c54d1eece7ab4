import { describe, expect, test } from 'vitest';
import type { ChatLine } from '../../bot/chat.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { said } from '../support/conversation.ts';
import { smallSchedule } from '../support/schedule.ts';

const schedule = smallSchedule();
/** Monday of the event, 09:30 in Denver. */
const mondayMorning = '2018-09-10T15:30:00Z';

const say = (text: string, line: Partial<ChatLine> & { at?: string } = {}, before = schedule) => {
  const { at = mondayMorning, ...rest } = line;
  return said(before, { text, time: new Date(at), ...rest });
};

/** The schedule after some lines. */
function after(...lines: string[]): Schedule {
  return lines.reduce((current, line) => say(line, { role: 'op' }, current).after, schedule);
}

describe('#TRACK now', () => {
  test('says topic, time, speaker and room, and that it clears what was next', () => {
    expect(say('#nova now multi-attach with #cinder', {}, after('#nova next lunch'))).toMatchObject(
      {
        reply: 'That cleared what was to come next (lunch); to take it back: #nova undo',
        subject: 'nova: now multi-attach with #cinder',
        files: {
          'tracks/nova.yaml': {
            room: 'aspen',
            now: { topic: 'multi-attach with #cinder', since: mondayMorning, by: 'gibi' },
          },
        },
      },
    );
  });

  test.each([
    ['in the slot that is on', '2018-09-10T15:30:00Z', 'aspen'],
    ['before its next booking of the day', '2018-09-10T18:00:00Z', hotel()],
    ['after its last booking of the day', '2018-09-10T23:00:00Z', 'aspen'],
    ['weeks before, on a day of the week that the event has', '2018-08-27T20:00:00Z', hotel()],
    [
      'weeks before, on another day of the week: as on the first day',
      '2018-08-29T15:30:00Z',
      'aspen',
    ],
  ])('takes the room from the booking %s', (_when, at, room) => {
    expect(say('#nova now cells', { at }).files).toMatchObject({ 'tracks/nova.yaml': { room } });
  });

  test('takes the room of the booking that is on, also of slots that overlap and go over midnight', () => {
    const night = after(
      '~slot add Monday Late 22:00-02:00',
      '~slot add Monday Later 23:00-03:00',
      '#swift book aspen-Late',
      `#swift book ${hotel()}-Later`,
      '#cinder book aspen-Later',
    );
    expect(say('#swift now beer', { at: '2018-09-11T07:30:00Z' }, night).files).toMatchObject({
      'tracks/swift.yaml': { room: 'aspen' },
    });
    expect(say('#cinder now wine', { at: '2018-09-11T07:30:00Z' }, night).files).toMatchObject({
      'tracks/cinder.yaml': { room: 'aspen' },
    });
    expect(say('#swift now wine', { at: '2018-09-11T08:30:00Z' }, night).files).toMatchObject({
      'tracks/swift.yaml': { room: hotel() },
    });
  });

  test('is accepted without a booking that day, with a friendly remark', () => {
    const { reply, files } = say('#swift now cold storage');
    expect(reply).toBe(
      'Noted. swift has no slot booked on Monday; to help people find you: #swift location WHERE, or book a slot',
    );
    expect(files).toMatchObject({ 'tracks/swift.yaml': { now: { topic: 'cold storage' } } });
    expect(files['tracks/swift.yaml']).not.toHaveProperty('room');
  });

  test('needs no remark where the track said where it is', () => {
    expect(
      say('#swift now cold storage', {}, after('#swift location the bar')).reply,
    ).toBeUndefined();
  });
});

describe('#TRACK next and clean', () => {
  test('next appends, in order', () => {
    expect(say('#nova next at 2pm cells', {}, after('#nova next lunch'))).toMatchObject({
      reply: undefined,
      subject: 'nova: next at 2pm cells',
      files: { 'tracks/nova.yaml': { next: ['lunch', 'at 2pm cells'] } },
    });
  });

  test.each(['clean', 'clear'])('%s clears now and next', (word) => {
    expect(say(`#nova ${word}`, {}, after('#nova now cells', '#nova next lunch'))).toMatchObject({
      subject: 'nova: clean',
      files: { 'tracks/nova.yaml': { room: 'aspen' } },
    });
  });

  test('clean with nothing to clean says so', () => {
    expect(say('#nova clean')).toMatchObject({
      reply: 'There is nothing to clean: nova',
      files: {},
    });
  });
});

describe('#TRACK details', () => {
  test.each([
    ['#nova etherpad https://pad.example.org/x', { etherpad: 'https://pad.example.org/x' }],
    ['#nova url https://meet.example.org/x?a=1&b=2', { url: 'https://meet.example.org/x?a=1&b=2' }],
    ['#nova color #27a3dd', { color: '#27a3dd' }],
    ['#nova etherpad <https://pad.example.org/x>', { etherpad: 'https://pad.example.org/x' }],
    ['#nova color 27a3dd', { color: '#27a3dd' }],
    ['#nova color steelblue', { color: '#4682b4' }],
    ['#nova color #2Ad', { color: '#22aadd' }],
    ['#nova location in the bar', { location: 'in the bar' }],
  ])('%s is set', (line, file) => {
    expect(say(line)).toMatchObject({ reply: undefined, files: { 'tracks/nova.yaml': file } });
  });

  test.each([
    ['#nova etherpad auto', '#nova etherpad https://pad.example.org/x'],
    [
      '#nova etherpad https://etherpad.opendev.org/p/DEN-ptg-nova',
      '#nova etherpad https://pad.example.org/x',
    ],
    ...['none', 'auto', '-', 'NONE'].flatMap((word) => [
      [`#nova url ${word}`, '#nova url https://meet.example.org/'],
      [`#nova location ${word}`, '#nova location in the bar'],
      [`#nova etherpad ${word}`, '#nova etherpad https://pad.example.org/x'],
      [`#nova color ${word}`, '#nova color red'],
    ]),
  ])('%s takes it back', (line, before) => {
    expect(say(line, {}, after(before)).files).toEqual({ 'tracks/nova.yaml': {} });
  });

  test.each([
    [
      '#nova url javascript:alert(1)',
      '"javascript:alert(1)" is not a web address; expected one such as https://meet.example.org/nova',
    ],
    ['#nova url example.org', 'is not a web address'],
    [
      '#nova etherpad ftp://x/',
      'is not a web address; expected one such as https://etherpad.opendev.org/p/nova',
    ],
    ['#nova color transparent', 'is not a colour'],
    ['#nova url https://ada:secret@example.org/', 'is not a web address'],
    ['#nova color reddish', '"reddish" is not a colour; expected one such as #27a3dd or steelblue'],
    ['#nova color red;}body{display:none', 'is not a colour'],
  ])('%s is refused', (line, reply) => {
    expect(say(line)).toMatchObject({ reply: expect.stringContaining(reply) as string, files: {} });
  });
});

describe('#TRACK book', () => {
  test.each([
    ['aspen-MonP1', 'aspen-MonP1'],
    ['ASPEN-monp1', 'aspen-MonP1'],
    ['Aspen MonP1', 'aspen-MonP1'],
    [`${hotel()}-MonA1`, `${hotel()}-MonA1`],
    ['Breakfast Room (Right-side) - Croke Park Hotel - 2-MonA1', `${hotel()}-MonA1`],
    ['breakfastroom(right-side)-crokeparkhotel-2-mona1', `${hotel()}-MonA1`],
  ])('takes the free slot %s, and confirms', (text, code) => {
    const { reply, files } = say(`#cinder book ${text}`);
    const [room, slot] = [code.slice(0, -6), code.slice(-5)];
    expect(reply).toMatch(new RegExp(`^cinder has .* on Monday .* \\(${code}\\)$`));
    expect(files).toMatchObject({ [`rooms/${room}.yaml`]: { slots: { [slot]: 'cinder' } } });
  });

  test.each([
    [
      '#cinder book aspen-MonA1',
      'aspen-MonA1 is booked by nova. Free at that time: breakfast-room-right-side-croke-park-hotel-2-MonA1',
    ],
    ['#nova book aspen-MonA1', 'nova already has aspen-MonA1'],
    [
      '#cinder book aspen-TueP1',
      'There is no slot "aspen-TueP1". Did you mean aspen-TueA1? Slots are named as the page shows them; these are free, for example: breakfast-room-right-side-croke-park-hotel-2-MonA1, aspen-MonP1, aspen-TueA1',
    ],
    [
      '#cinder book the bar',
      'There is no slot "the bar". Slots are named as the page shows them; these are free, for example: breakfast-room-right-side-croke-park-hotel-2-MonA1, aspen-MonP1, aspen-TueA1',
    ],
    [
      '#cinder book MonP1',
      'There is no slot "MonP1". Slots are named as the page shows them; these are free, for example: aspen-MonP1',
    ],
    [
      '#cinder book',
      'Say it like this: #TRACK book SLOT…, for example: #nova book breakfast-room-right-side-croke-park-hotel-2-MonA1',
    ],
  ])('%s: %s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply, files: {} });
  });
});

describe('#TRACK unbook', () => {
  test('gives back its own slot, and confirms', () => {
    expect(say('#nova unbook aspen-mona1')).toMatchObject({
      reply: 'aspen-MonA1 is free again',
      subject: 'nova: unbook aspen-MonA1',
      files: { 'rooms/aspen.yaml': { slots: { MonA1: '' } } },
    });
  });

  test.each([
    [
      '#cinder unbook aspen-MonA1',
      'aspen-MonA1 is booked by nova; only #nova unbook aspen-MonA1 frees it',
    ],
    ['#nova unbook aspen-MonP1', 'aspen-MonP1 is not booked'],
    [
      '#nova unbook',
      'Say it like this: #TRACK unbook SLOT…, for example: #nova unbook aspen-MonA1',
    ],
  ])('%s: %s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply, files: {} });
  });
});

describe('mistakes change nothing and are answered with what was expected', () => {
  test.each([
    ['#nvoa now cells', 'There is no track nvoa. Did you mean #nova?'],
    ['#xylophone now cells', 'There is no track xylophone.'],
    [
      '#nova now',
      'Say it like this: #TRACK now TEXT, for example: #nova now multi-attach with #cinder',
    ],
    ['#nova color', 'Say it like this: #TRACK color COLOR|none, for example: #nova color #27a3dd'],
    ['#nova clean up', 'Say it like this: #TRACK clean, for example: #nova clean'],
    [`#nova now ${'x'.repeat(1001)}`, 'That is too long; expected at most 1000 characters'],
    [`#nova location ${'x'.repeat(201)}`, 'That is too long; expected at most 200 characters'],
  ])('%s', (line, reply) => {
    expect(say(line)).toMatchObject({ reply, files: {} });
  });

  test('track commands in private are sent to the channel', () => {
    expect(say('#nova now cells', { channel: undefined })).toMatchObject({
      reply: 'Track commands only work in the channel, where everybody sees them',
      files: {},
    });
  });

  test.each([
    ['none', 'Track commands need voice or op here at the moment; ask somebody who has op'],
    ['voice', undefined],
    ['op', undefined],
  ] as const)('while only the voiced may speak for tracks, role %s gets: %s', (role, reply) => {
    const voiced = { ...schedule, event: { ...schedule.event, moderation: 'voiced' as const } };
    const said = say('#nova now cells', { role }, voiced);
    expect(said.reply).toBe(reply);
    expect(said.subject).toBe(reply === undefined ? 'nova: now cells' : undefined);
  });

  test('talk gets no answer', () => {
    for (const line of ['hello', '#1', '+1', '~', 'gibi: #nova now is fun'])
      expect(say(line)).toMatchObject({ reply: undefined, files: {} });
  });
});

describe('+when', () => {
  test.each([
    ['weeks before', '2018-08-20T12:00:00Z', '#nova: next Mon 10 Sept 09:00 MDT, Aspen'],
    [
      'while it is silent',
      '2018-09-10T16:40:00Z',
      '#nova: Aspen until 10:45 MDT; last word 95 min ago, "cells". Next: 13:30 MDT, Breakfast Room (Right-side) - Croke Park Hotel - 2',
    ],
    [
      'after the event',
      '2018-09-20T12:00:00Z',
      '#nova: nothing more is booked, last met Mon 10 Sept 13:30 MDT, Breakfast Room (Right-side) - Croke Park Hotel - 2',
    ],
  ])('in the zone of the event, %s', (_when, at, reply) => {
    const since = '2018-09-10T15:05:00Z';
    const before = at < since ? schedule : say('#nova now cells', { at: since }).after;
    expect(say('+when #nova', { at, channel: undefined }, before).reply).toBe(reply);
  });

  test('names the place that the track says, and long topics by their beginning', () => {
    const before = after('#nova location the bar', `#nova now ${'cells '.repeat(100)}`);
    expect(say('+when nova', {}, before).reply).toMatch(
      /^#nova: the bar until 10:45 MDT; on time, "cells .{60,80}…"\. Next: /,
    );
  });
});

describe('help', () => {
  test('lists the commands, and where the page is', () => {
    expect(say('+help').reply).toMatch(
      /https:\/\/ptg\.example\.org\/.*now, next, clean, full, etherpad/,
    );
  });

  test.each(['+help book', '+help #nova book', '+help BOOK', '#nova help book'])(
    '%s explains one command',
    (line) => {
      expect(say(line).reply).toBe(
        '#TRACK book SLOT…: books free slots, named as the page shows them; also a range of slots in one room. For example: #nova book breakfast-room-right-side-croke-park-hotel-2-MonA1',
      );
    },
  );

  test.each([
    ['before the event the first free slots of a room', '2018-09-01T12:00:00Z', `${hotel()}-MonA1`],
    ['none that is over', '2018-09-10T17:00:00Z', 'aspen-MonP1, aspen-TueA1'],
    ['after the event those of nowhere', '2018-09-12T12:00:00Z', 'aspen-FriP1, aspen-FriP2'],
  ])('its example names %s', (_what, at, codes) => {
    expect(say('+help book', { at }).reply).toMatch(new RegExp(`#nova book ${codes}$`));
  });

  test('its example names a track that there is', () => {
    const named = smallSchedule({ cinder: '' });
    expect(say('+help book', {}, named).reply).toMatch(/#cinder book \S+$/);
    expect(say('+help', {}, named).reply).toContain('For example: #cinder now cells');
  });

  test('proposes the nearest command', () => {
    expect(say('+help bok').reply).toBe('There is no bok. Did you mean +help book?');
  });
});

function hotel(): string {
  return 'breakfast-room-right-side-croke-park-hotel-2';
}
