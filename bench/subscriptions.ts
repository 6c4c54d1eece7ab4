/** How long it takes to decide who is told. */
import { RE2JS } from 're2js';
import { decide } from '../bot/decide.ts';
import { parseLine } from '../bot/parse.ts';
import { compilePattern } from '../bot/subscription-patterns.ts';
import type { Schedule } from '../schedule-data/schedule/schedule.ts';
import { ms, percentile, report, timings } from './measure.ts';

/** Regular expressions that make engines with back-tracking stand still. */
const cruel = [
  '(a+)+$',
  '(a|aa)+$',
  '(a*)*b',
  '(.*a){20}',
  '(x+x+)+y',
  '(a?){50}a{50}',
  '(\\w+\\s?)*$',
];
const words = ['cinder', 'cells?', 'volume (types|backup)', '#nova.*now', 'live.?migration'];

export async function benchSubscriptions(schedule: Schedule): Promise<void> {
  const people = new Map(
    Array.from({ length: 1000 }, (_, index) => {
      const nick = `nick${index}`;
      return [nick, { nick, subscription: `${words[index % words.length]}|topic ${index}` }];
    }),
  );
  const [track = ''] = schedule.tracks.keys();
  const chat = { kind: 'irc', network: 'bench', fold: (nick: string) => nick.toLowerCase() };
  const now = (index: number) => {
    const text = `#${track} now topic ${index} of the week, then lunch`;
    const line = { nick: 'ann', role: 'none', channel: '#ptg', text, time: new Date() } as const;
    return decide(line, parseLine(text, { isPrivate: false }), {
      schedule,
      people,
      chat,
      page: undefined,
    });
  };
  // Patterns are compiled when people subscribe, or when the bot starts.
  for (const { subscription } of people.values()) compilePattern(subscription);
  now(0);
  const decided = percentile(await timings(50, now), 0.95);
  report('a now with 1,000 subscribers is decided, p95', ms(decided), '10 ms', decided < 10);

  const slowest = Math.max(
    ...(await Promise.all(
      cruel.map(async (text) => {
        const pattern = compilePattern(text);
        if (!(pattern instanceof RE2JS)) return 0;
        const topic = `${'a'.repeat(399)}!`;
        return percentile(await timings(5, () => pattern.test(topic)), 0.5);
      }),
    )),
  );
  report('the slowest cruel pattern on 400 characters', ms(slowest), '5 ms', slowest < 5);
}
