import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig, type Config } from '../../../cli/config.ts';
import { reload } from '../../../cli/service/reload.ts';
import { temporaryFolder } from '../../support/repository.ts';

const file = join(temporaryFolder(), 'ptgbot.yaml');

function config(text: string): Config {
  writeFileSync(file, text);
  return readConfig(file, {});
}

const irc = (more: string) => `irc: { server: irc.example.org, channel: "#ptg", ${more} }`;

test.each([
  ['nothing', irc(''), irc(''), [], []],
  [
    'how fast it talks, and who its operators are',
    irc('operators: [ada]'),
    irc('operators: [ada, bob], rate: { burst: 9 }'),
    ['irc.operators', 'irc.rate.burst'],
    [],
  ],
  ['receipts', '', 'receipts: true', ['receipts'], []],
  [
    'the pages',
    '',
    'site: { url: "https://ptg.example.org", listen: false }',
    ['site.listen', 'site.url'],
    [],
  ],
  ['where it is', irc(''), irc('nick: other'), [], ['irc.nick']],
  ['what its data are', '', 'data: { branch: other }', [], ['data.branch']],
  ['whether there is a network', '', irc(''), [], ['irc']],
])('reloading may change %s', (_what, before, after, applied, waiting) => {
  const current = config(before);
  expect(reload(current, config(after))).toEqual({ applied, waiting });
});

test('what counts at once is part of the configuration, of the rest nothing', () => {
  const current = config(irc('nick: one'));
  const rate = current.irc!.rate;
  reload(current, config(irc('nick: two, operators: [ada], rate: { intervalSeconds: 0 }')));
  expect(current.irc).toMatchObject({ nick: 'one', operators: ['ada'] });
  // Whoever holds it sees it.
  expect(rate.intervalSeconds).toBe(0);
});

test('review may begin and end; how proposals reach the remote needs a restart', () => {
  const current = config('');
  const next = config('review: { commands: [del], gerrit: true }');
  const changed = { applied: ['review.commands'], waiting: ['review.gerrit'] };
  expect(reload(current, next)).toEqual(changed);
  expect(current.review).toEqual({ commands: ['del'], unidentified: false, gerrit: false });
});
