/** What the pages besides the main one say. */
import { describe, expect, test } from 'vitest';
import { etherpadsPage } from '../../../site/view/etherpads-page.ts';
import { helpPage } from '../../../site/view/help-page.ts';
import { linksPage } from '../../../site/view/links-page.ts';
import { roomPage, roomPaths } from '../../../site/view/room-page.ts';
import { readPlan } from '../../../schedule-data/format/plan.ts';
import { schedule, snapshot, type PlainSchedule } from '../../support/build-site.ts';

describe('the page of a room', () => {
  const days = [
    {
      name: 'Monday',
      date: '2018-09-10',
      slots: [
        { name: 'MonA1', start: '09:00', end: '10:45' },
        { name: 'MonA2', start: '10:45', end: '12:30' },
        { name: 'MonP1', start: '13:30', end: '15:15' },
      ],
    },
    { name: 'Tuesday', slots: [{ name: 'TueA1', start: '09:00', end: '10:45' }] },
  ];
  const aspen = {
    name: 'Aspen',
    description: '10 person table',
    url: 'https://meet.example.org/aspen',
    equipment: [{ icon: 'video', label: 'Video projection' }],
    slots: { MonA1: 'nova', MonA2: '' },
  };
  const page = (plain: PlainSchedule, site?: string, room = 'aspen') =>
    roomPage({ schedule: schedule(plain), presence: [], site }, { room });

  test('is there for each room', () => {
    const rooms = { aspen, größe: { name: 'Größe' } };
    expect(roomPaths(snapshot({ rooms }))).toEqual([{ room: 'aspen' }, { room: 'größe' }]);
    expect(page({ rooms }, undefined, 'größe').path).toBe('/rooms/gr%C3%B6%C3%9Fe/');
  });

  test('leads to where it is on the plan, as nearly as that is known', () => {
    const on = (plan: string | undefined, ids = '') => {
      const read = readPlan(
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${ids}</svg>`),
      );
      const content = { schedule: schedule({ event: { plan }, rooms: { aspen } }), presence: [] };
      return roomPage({ ...content, plan: read.ok ? read.value : undefined }, { room: 'aspen' })
        .plan;
    };
    expect(on(undefined)).toBeUndefined();
    expect(on('https://example.org/plan')).toBe('https://example.org/plan');
    expect(on('plan.svg')).toBe('/plan/');
    expect(on('plan.svg', '<rect id="Aspen"/>')).toBe('/plan/#room-aspen');
    expect(on('plan.svg', '<g><g><rect id="aspen"/></g></g>')).toBe('/plan/#room-aspen');
    // What is not drawn where it stands is no mark.
    expect(on('plan.svg', '<defs><g id="aspen"/></defs>')).toBe('/plan/');
    expect(on('plan.svg', '<rect id="aspen-2"/>')).toBe('/plan/');
  });

  test('says what the room is like and how to join', () => {
    expect(page({ rooms: { aspen } }).room).toMatchObject({
      name: 'Aspen',
      description: '10 person table',
      url: 'https://meet.example.org/aspen',
      equipment: [{ label: 'Video projection' }],
    });
  });

  test('lists its days: what is booked, what is free; without slots that it does not offer', () => {
    expect(page({ event: { days }, rooms: { aspen }, tracks: { nova: {} } }).days).toMatchObject([
      {
        name: 'Monday',
        zone: 'MDT',
        slots: [
          {
            name: 'MonA1',
            start: '09:00',
            end: '10:45',
            times: { start: '2018-09-10T15:00:00Z', end: '2018-09-10T16:45:00Z' },
            badge: { label: 'nova', className: 'track-nova' },
          },
          { name: 'MonA2', start: '10:45', code: 'aspen-MonA2' },
        ],
      },
    ]);
  });

  test('shows the topics of the tracks that meet here, and what they plan next', () => {
    const now = { topic: 'cells' };
    const tracks = {
      here: { now, next: ['lunch'], room: 'aspen' },
      silent: { room: 'aspen' },
      moved: { now, room: 'aspen', location: 'the bar' },
      elsewhere: { now, room: 'vail' },
    };
    const { now: topics, next } = page({ rooms: { aspen }, tracks });
    expect(topics.map(({ id, topic }) => [id, topic])).toEqual([['now-here', [{ text: 'cells' }]]]);
    expect(next.map(({ id }) => id)).toEqual(['next-here']);
  });

  test('has a QR code of its address, where that is known', () => {
    expect(page({ rooms: { aspen } }).qr).toBeUndefined();
    expect(page({ rooms: { aspen } }, 'https://ptg.example.org/stein').qr).toMatchObject({
      address: 'https://ptg.example.org/stein/rooms/aspen/',
    });
  });

  test('shows how to take the first free slot', () => {
    expect(page({ event: { days }, rooms: { aspen } }).freeCode).toBe('aspen-MonA2');
  });
});

describe('the page of etherpads', () => {
  test('leads to the etherpad of every track, its own or the generated one', () => {
    const tracks = {
      nova: {},
      sig: { etherpad: 'https://pad.example.org/%E2%80%AEx' },
      swift: { etherpad: 'https://pad.example.org/gr%C3%B6%C3%9Fe?x=1' },
      tc: { etherpad: 'http://pad.example.org/%E0%A4%A' },
    };
    const { pads } = etherpadsPage({ schedule: schedule({ tracks }) });
    expect(pads.map(({ badge, url, label }) => [badge.label, url, label])).toEqual([
      [
        'nova',
        'https://etherpad.opendev.org/p/denver-ptg-nova',
        'etherpad.opendev.org/p/denver-ptg-nova',
      ],
      ['sig', 'https://pad.example.org/%E2%80%AEx', 'pad.example.org/%E2%80%AEx'],
      ['swift', 'https://pad.example.org/gr%C3%B6%C3%9Fe?x=1', 'pad.example.org/größe?x=1'],
      ['tc', 'http://pad.example.org/%E0%A4%A', 'pad.example.org/%E0%A4%A'],
    ]);
  });
});

describe('the page of links', () => {
  test('has the links of the event and all rooms, in their order', () => {
    const links = [{ title: 'Venue map', url: 'https://example.org/map' }];
    const rooms = { b: { name: 'Hall 1', order: '2' }, a: { name: 'Vail', order: '1' } };
    expect(linksPage({ schedule: schedule({ event: { links }, rooms }) })).toEqual({
      event: links,
      rooms: [
        { title: 'Vail', url: '/rooms/a/' },
        { title: 'Hall 1', url: '/rooms/b/' },
      ],
    });
  });
});

describe('the page of help', () => {
  const command = (kind: 'track' | 'person' | 'operator', usage: string) => ({
    kind,
    usage,
    summary: 'does it.',
    example: usage,
  });
  const commands = [command('operator', '~list'), command('track', '#TRACK now TEXT')];

  test('sorts the commands by who may use them', () => {
    const { groups } = helpPage({ schedule: schedule({}) }, commands);
    expect(groups.map(({ id, commands }) => [id, commands.map(({ usage }) => usage)])).toEqual([
      ['track', ['#TRACK now TEXT']],
      ['operator', ['~list']],
    ]);
  });

  test('says who may speak for a track at the moment', () => {
    const who = (moderation: string) =>
      helpPage({ schedule: schedule({ event: { moderation } }) }, commands).groups[0]?.who;
    expect(who('everyone')).toContain('for everybody');
    expect(who('voiced')).toContain('for those who have voice or op');
  });
});
