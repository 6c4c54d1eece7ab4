/** What changed, in sentences. */
import { describe, expect, test } from 'vitest';
import { describeChanges } from '../../../schedule-data/schedule/describe.ts';
import { changesBetween } from '../../../schedule-data/store/changes.ts';
import { said } from '../../support/conversation.ts';
import { smallSchedule } from '../../support/schedule.ts';

const schedule = smallSchedule();
const time = new Date('2018-09-10T15:30:00Z');
const after = (...lines: string[]) =>
  lines.reduce((current, text) => said(current, { text, time, role: 'op' }).after, schedule);

describe('what a command changes reads', () => {
  test.each<[line: string, sentences: readonly string[], before?: string]>([
    ['#nova now cells', ['nova now: cells', 'nova: room aspen']],
    ['#swift now cells', ['swift now: cells (was quotas)'], '#swift now quotas'],
    ['#swift clean', ['swift discusses nothing now (was quotas)'], '#swift now quotas'],
    ['#swift next lunch', ['swift, next: added lunch']],
    ['#swift next del 1', ['swift, next: removed lunch'], '#swift next lunch'],
    ['#swift #cinder now cells', ['cinder now with swift: cells', 'swift now with cinder: cells']],
    ['#swift color #27a3dd', ['swift: color #27a3dd']],
    [
      '#swift url none',
      ['swift: no url any more (was https://a.example/)'],
      '#swift url https://a.example/',
    ],
    ['#swift book aspen-MonP1', ['swift booked aspen-MonP1']],
    ['#nova unbook aspen-MonA1', ['nova gave back aspen-MonA1']],
    ['~add glance', ['added the track glance', 'glance: color #']],
    ['~del swift', ['removed the track swift']],
    ['~motd add info Lunch', ['announcements: added [info] Lunch']],
    ['~slot set MonA1 time 09:30-10:45', ['slot MonA1: time 09:30-10:45 (was 09:00-10:45)']],
    ['~day add Friday 2018-09-14', ['days: added Friday', 'Friday: date 2018-09-14']],
    ['~room set aspen url https://a.example/', ['aspen: url https://a.example/']],
    ['~room set aspen close MonP1', ['aspen no longer offers MonP1']],
    ['~event set name PTG', ['the event: name PTG (was Denver Gathering)']],
  ])('%s: %j', (line, sentences, before) => {
    const old = before === undefined ? schedule : after(before);
    const changed = said(old, { text: line, time, role: 'op' }).after;
    const described = describeChanges(old, changed);
    expect(described.length).toBeGreaterThanOrEqual(sentences.length);
    for (const sentence of sentences)
      expect(described.some((one) => one.startsWith(sentence))).toBe(true);
  });
});

test('whatever changes a file is described', () => {
  const lines = [
    '#nova now cells',
    '~motd add info Lunch',
    '~room order breakfast-room-right-side-croke-park-hotel-2 aspen',
    '~link add https://a.example/ Map',
    '~requirevoice',
    '~rename swift swiftly',
  ];
  for (const line of lines) {
    const changed = after(line);
    expect([line, changesBetween(schedule, changed).length > 0]).toEqual([line, true]);
    expect([line, describeChanges(schedule, changed).length > 0]).toEqual([line, true]);
  }
  expect(describeChanges(schedule, schedule)).toEqual([]);
});
