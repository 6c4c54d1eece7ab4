import { expect, test } from 'vitest';
import { faultsOf, type Condition } from '../../../cli/service/health.ts';

const now = 100_000;
const connected = { connectedSince: new Date(0), problems: [] };

test.each<[string, Condition, string[]]>([
  ['all that there is', {}, []],
  [
    'a chat, pages and a remote',
    { chats: [connected], pages: { behindSince: undefined }, remote: {} },
    [],
  ],
  ['pages that are being rendered', { pages: { behindSince: now - 29_000 } }, []],
])('%s may be ready', (_what, condition, faults) => {
  expect(faultsOf(condition, now)).toEqual(faults);
});

test.each<[Condition, RegExp]>([
  [{ chats: [{ ...connected, connectedSince: undefined }] }, /^chat: not connected$/],
  [{ chats: [{ ...connected, problems: ['I do not get into #ptg'] }] }, /^chat: .* #ptg$/],
  [{ pages: { behindSince: now - 31_000 } }, /^pages: /],
  [{ pages: { behindSince: -Infinity } }, /^pages: /],
  [{ remote: { problem: 'git.example.org: no route to host' } }, /^remote: [^.]*$/],
])('%j is a fault', (condition, fault) => {
  expect(faultsOf(condition, now)).toEqual([expect.stringMatching(fault)]);
});
