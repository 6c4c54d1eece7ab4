import { describe, expect, test } from 'vitest';
import { needsReview } from '../../bot/review.ts';
import { Clone, git } from '../support/repository.ts';
import { started } from '../support/piped-bot.ts';

const tip = (gitdir: string) => git(gitdir, 'rev-parse', 'main');
const stranger = { nick: 'gibi', role: 'none' } as const;
const operator = { nick: 'ttx', role: 'op' } as const;

describe('it waits for an operator', () => {
  const rules = { commands: new Set(['del']), unidentified: true };
  test.each([
    ['del', { role: 'op' }, true],
    ['del', { role: 'op', account: 'ttx' }, true],
    ['now', { role: 'none' }, true],
    ['now', { role: 'voice' }, true],
    ['now', { role: 'none', account: 'gibi' }, false],
    ['now', { role: 'op' }, false],
  ] as const)('%s by %j: %j', (name, speaker, expected) => {
    expect(needsReview({ name }, speaker, rules)).toBe(expected);
  });

  test('only where that is asked for', () => {
    const none = { commands: new Set<string>(), unidentified: false };
    expect(needsReview({ name: 'now' }, { role: 'none' }, none)).toBe(false);
  });
});

describe('what a stranger says', () => {
  const review = { commands: new Set<string>(), unidentified: true };

  test('is a commit beside the branch; approved, it counts, with the names of both', async () => {
    const { says, printed, gitdir, store, bot, end } = await started(undefined, { review });
    const before = tip(gitdir);
    says('#nova now cells', stranger);
    await bot.settled();
    expect(tip(gitdir)).toBe(before);
    expect(git(gitdir, 'log', '-1', '--format=%an: %s', 'proposals/1')).toBe(
      'gibi: nova: now cells',
    );
    says('~motd add info Lunch', operator);
    says('~ok 1', operator);
    await bot.settled();
    expect(printed).toEqual([
      '#irc That waits as proposal 1 until an operator says ~ok 1, or ~no 1 WHY',
      '#irc 1: [info] Lunch',
      '#irc Proposal 1 by gibi is approved: nova: now cells',
    ]);
    const { schedule } = await store.current();
    expect(schedule.tracks.get('nova')?.now?.topic).toBe('cells');
    expect(schedule.announcements).toHaveLength(1);
    expect(git(gitdir, 'log', '-1', '--format=%an <%ae>%n%B', 'main')).toMatch(
      /^gibi <gibi@nicks.ircnet.invalid>\nnova: now cells\n\n- nova now: cells\n(?:- .*\n)*\nProposal: 1\nProposed-by: gibi\nApproved-by: ttx$/,
    );
    expect(git(gitdir, 'for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/ptgbot')).toBe(
      'refs/heads/main\nrefs/ptgbot/closed/1',
    );
    expect(git(gitdir, 'fsck', '--strict', '--full')).toBe('');
    await end();
  });

  test('declined, stays in the repository with the reason, and its number is not used again', async () => {
    const { says, printed, gitdir, bot, end } = await started(undefined, { review });
    says('#nova now cells', stranger);
    says('~no 1 not today', operator);
    says('#nova next lunch', stranger);
    says('~proposals', operator);
    await bot.settled();
    expect(printed.slice(1)).toEqual([
      '#irc Proposal 1 by gibi is declined (nova: now cells): not today',
      '#irc That waits as proposal 2 until an operator says ~ok 2, or ~no 2 WHY',
      expect.stringMatching(/^#irc 2: nova: next lunch \(gibi, /),
    ]);
    expect(git(gitdir, 'log', '-2', '--format=%an: %s', 'refs/ptgbot/closed/1')).toBe(
      'ttx: Decline "nova: now cells": not today\ngibi: nova: now cells',
    );
    await end();
  });

  test('is news for those who subscribed to it when it is approved, not before', async () => {
    const { says, whispers, printed, bot, end } = await started(undefined, { review });
    whispers('+subscribe cells');
    await bot.settled();
    says('#nova now cells', { ...stranger, nick: 'ann' });
    await bot.settled();
    expect(printed.slice(1)).toEqual([expect.stringContaining('That waits as proposal 1')]);
    says('~ok 1', operator);
    await bot.settled();
    expect(printed.slice(2)).toEqual([
      '#irc Proposal 1 by ann is approved: nova: now cells',
      expect.stringMatching(/^gibi #nova now cells \(ann\)/),
    ]);
    await end();
  });

  test('is told in the other channels, too', async () => {
    const { says, printed, bot, end } = await started(undefined, { review });
    says('#nova now cells', { ...stranger, channel: '#other' });
    await bot.settled();
    expect(printed).toEqual([
      '#irc Proposal 1 by gibi: nova: now cells; an operator says ~ok 1, or ~no 1 WHY',
      '#other That waits as proposal 1 until an operator says ~ok 1, or ~no 1 WHY',
    ]);
    await end();
  });

  test('takes back what is named in the commit, so that the log of the track forgets it', async () => {
    const { says, gitdir, bot, end } = await started(undefined, { review });
    says('#nova now cells', stranger);
    says('~ok 1', operator);
    await bot.settled();
    const approved = tip(gitdir);
    says('+undo', stranger);
    says('~ok 2', operator);
    await bot.settled();
    expect(git(gitdir, 'log', '-1', '--format=%B', 'main')).toMatch(
      new RegExp(`^Revert "nova: now cells"\\n\\nThis reverts commit ${approved}\\.\\n`),
    );
    await end();
  });
});

describe('a proposal by git', () => {
  test('that somebody merges is told, and no longer waits', async () => {
    const review = { commands: new Set(['del']), unidentified: false };
    const { says, printed, gitdir, store, bot, end } = await started(undefined, { review });
    says('~del cinder', operator);
    await bot.settled();
    const { folder } = new Clone(gitdir);
    git(folder, 'merge', '--quiet', '--no-edit', 'origin/proposals/1');
    git(folder, 'push', '--quiet');
    await store.current();
    await expect.poll(() => printed).toContain('#irc Proposal 1 by ttx was merged: del cinder');
    says('~proposals', operator);
    await bot.settled();
    expect(printed.at(-1)).toBe('#irc Nothing is waiting for an operator');
    await end();
  });

  test('that somebody pushes waits like any other, all its commits together', async () => {
    const { says, printed, gitdir, store, bot, end } = await started();
    const { folder } = new Clone(gitdir);
    git(folder, 'switch', '--quiet', '-c', 'proposals/7');
    git(folder, 'rm', '--quiet', 'tracks/cinder.yaml');
    git(folder, 'commit', '--quiet', '-m', 'No cinder');
    git(folder, 'rm', '--quiet', 'tracks/nova.yaml');
    git(folder, 'commit', '--quiet', '-m', 'No nova\x1b[2J either');
    git(folder, 'push', '--quiet', 'origin', 'proposals/7');
    says('~ok 7', operator);
    await bot.settled();
    expect(printed[0]).toMatch(/^#irc Proposal 7 by Ada is approved: No nova \[2J either$/);
    expect((await store.current()).schedule.tracks.size).toBe(0);
    await end();
  });

  test('for Gerrit carries what it knows a change by', async () => {
    const review = { commands: new Set(['del']), unidentified: false };
    const { says, gitdir, bot, end } = await started(undefined, { review, isForGerrit: true });
    says('~del cinder', operator);
    says('~del nova', operator);
    await bot.settled();
    const ids = ['1', '2'].map((number) =>
      git(
        gitdir,
        'log',
        '-1',
        '--format=%(trailers:key=Change-Id,valueonly)',
        `proposals/${number}`,
      ),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^I[0-9a-f]{40}$/);
    await end();
  });
});
