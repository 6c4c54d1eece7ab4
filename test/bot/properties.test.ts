/** What holds for whatever anybody says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../bot/decide.ts';
import { operatorCommands, personCommands, trackCommands } from '../../bot/commands/table.ts';
import { formatInvocation, parseLine, type Invocation } from '../../bot/parse.ts';
import { changesBetween } from '../../schedule-data/store/changes.ts';
import { changedFile, newFile, toPlain } from '../../schedule-data/format/data-files.ts';
import { peopleLayout } from '../../schedule-data/people/layout.ts';
import type { People } from '../../schedule-data/people/person.ts';
import { referenceProblems } from '../../schedule-data/schedule/references.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { chat, page } from '../support/conversation.ts';
import { gathering } from '../support/lisbon-event.ts';

const commands = [...trackCommands, ...personCommands, ...operatorCommands];
const names = [...gathering.tracks.keys(), 'object-storage', 'ironic', 'help', 'null', '404'];
/** Words that mean something somewhere, and what people may type in their place. */
const word = fc.oneof(
  fc.constantFrom(...names, ...names.map((name) => `#${name}`)),
  fc.constantFrom('add', 'set', 'del', 'order', 'clean', 'reorder', 'open', 'close', 'force'),
  fc.constantFrom('name', 'date', 'time', 'url', 'timezone', 'id', 'description', 'equipment'),
  fc.constantFrom('aspen', 'Ballroom A', 'Monday', 'Tuesday', 'MonA1', 'TueA2', 'aspen-MonA2'),
  fc.constantFrom('info', 'danger', 'auto', 'none', 'red', '09:00-10:00', '2018-09-12', 'UTC'),
  fc.constantFrom('1', '2', '0', 'https://example.org/', '(a+)+$', '.*', 'video'),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
const rest = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('#', '+', '~'), fc.constantFrom(...commands), word, rest)
    .map(([sign, { kind, name }, track, text]) =>
      kind === 'track' ? `#${track} ${name} ${text}` : `${sign}${name} ${text}`,
    ),
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const speaker = fc.record({
  nick: fc.constantFrom('gibi', 'ttx', 'GIBI', 'x`[]'),
  account: fc.option(fc.constantFrom('gibi', 'other'), { nil: undefined }),
  role: fc.constantFrom('op' as const, 'op' as const, 'voice' as const, 'none' as const),
  channel: fc.constantFrom('#ptg', '#ptg', undefined),
});

/** What a line makes of a schedule and of people. */
function after(
  schedule: Schedule,
  people: People,
  who: typeof speaker extends fc.Arbitrary<infer T> ? T : never,
  text: string,
) {
  const time = new Date('2018-09-10T09:30:00Z');
  const parsed = parseLine(text, { isPrivate: who.channel === undefined });
  return decide({ ...who, text, time }, parsed, { schedule, people, chat, page });
}

/** References that are missing were missing before: nothing that is said brings new ones. */
const complaints = (schedule: Schedule) =>
  referenceProblems(schedule).map(({ message }) => message);

test('no conversation crashes the bot, or makes anything that cannot be kept and read again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(speaker, line), { maxLength: 12 }), (lines) => {
      let schedule: Schedule = gathering;
      let people: People = new Map();
      for (const [who, text] of lines) {
        const plan = after(schedule, people, who, text);
        const changed = plan.schedule?.schedule ?? schedule;
        const known = plan.people?.people ?? people;
        for (const change of [
          ...changesBetween(schedule, changed),
          ...peopleLayout.changesBetween({ people }, { people: known }),
        ]) {
          const { kind, before, after: value } = change;
          if (!value) continue;
          const { read } = before
            ? changedFile(kind, newFile(kind, before).text, before, value)
            : newFile(kind, value);
          expect(read.ok && toPlain(read.value)).toEqual(toPlain(value));
        }
        expect(complaints(changed)).toEqual([]);
        [schedule, people] = [changed, known];
      }
    }),
    { numRuns: 1500 },
  );
});

test('only operators change what is theirs, and nobody says anything for a track in private', () => {
  fc.assert(
    fc.property(speaker, line, (who, text) => {
      const { schedule } = after(gathering, new Map(), who, text);
      if (!schedule) return;
      const isTrackCommand = who.channel !== undefined;
      expect(who.role === 'op' || isTrackCommand).toBe(true);
      if (who.role !== 'op') {
        const { event, announcements } = schedule.schedule;
        expect([event, announcements]).toEqual([gathering.event, gathering.announcements]);
      }
    }),
    { numRuns: 3000 },
  );
});

test('an invocation that is written as people type it is read as the same', () => {
  const slug = fc.constantFrom('nova', 'k8s-sig', 'a.b_c+d', 'ñandú');
  // Text without line breaks, as lines have none, and without space around, which nobody sees.
  const text = fc.string({ maxLength: 40 }).map((said) => said.replace(/\s+/g, ' ').trim());
  const invocation: fc.Arbitrary<Invocation> = fc.oneof(
    fc.record({ command: fc.constantFrom(...trackCommands), slug, text }),
    fc.record({ command: fc.constantFrom(...personCommands, ...operatorCommands), text }),
  );
  fc.assert(
    fc.property(invocation, (one) => {
      expect(parseLine(formatInvocation(one), { isPrivate: false })).toEqual({
        kind: 'invocation',
        invocation: one,
      });
    }),
    { numRuns: 3000 },
  );
});

test('capitals never change what a command, its verb or its keywords mean', () => {
  const rows = commands.flatMap((command) => [
    command,
    ...(command.kind === 'operator' ? (command.verbs ?? []) : []),
  ]);
  // Words of a usage that stand for themselves; those in capitals stand for somebody's own.
  const keywords = (usage: string) =>
    new Set(usage.split(/[^\p{L}+~#]+/u).filter((one) => /^[+~]?\p{Ll}/u.test(one)));
  const anybody = { nick: 'ttx', account: undefined, role: 'op', channel: '#ptg' } as const;
  for (const { name, usage, example } of rows) {
    const known = keywords(`${usage} ${name}`);
    const shouted = example
      .split(' ')
      .map((one) =>
        known.has(one.replace(/^[+~]/, '')) || known.has(one) ? one.toUpperCase() : one,
      )
      .join(' ');
    const [plain, loud] = [example, shouted].map((text) => {
      const { reply, schedule, people } = after(gathering, new Map(), anybody, text);
      return { reply, schedule: schedule?.schedule, people: people?.people };
    });
    expect(loud, shouted).toEqual(plain);
    expect(shouted, example).not.toBe(example);
  }
});
