import { beforeEach, describe, expect, test } from 'vitest';
import { foldNick } from '../../../../bot/irc/roster/casemapping.ts';
import { Roster, roleOf } from '../../../../bot/irc/roster/roster.ts';

describe('folding of nicks', () => {
  test.each([
    ['ascii', 'Alice[]\\^', 'alice[]\\^'],
    ['rfc1459', 'Alice[]\\^', 'alice{}|~'],
    ['strict-rfc1459', 'Alice[]\\^', 'alice{}|^'],
    ['rfc1459-strict', 'Alice[]\\^', 'alice{}|^'],
    ['rfc7613', 'Alice[]É', 'alice[]É'],
  ])('%s: %s is %s', (casemapping, nick, folded) => {
    expect(foldNick(nick, casemapping)).toBe(folded);
  });
});

describe('the role that modes give', () => {
  const usual = ['q', 'a', 'o', 'h', 'v'];
  test.each<[string, string[], string]>([
    ['', usual, 'none'],
    ['v', usual, 'voice'],
    ['h', usual, 'voice'],
    ['o', usual, 'op'],
    ['ov', usual, 'op'],
    ['a', usual, 'op'],
    ['q', usual, 'op'],
    ['Y', ['Y', 'o', 'v'], 'op'],
    ['q', ['o', 'v'], 'none'],
    ['o', [], 'none'],
    ['', [], 'none'],
  ])('%j among %j is %s', (modes, prefixModes, role) => {
    expect(roleOf(modes, prefixModes)).toBe(role);
  });
});

describe('the roster', () => {
  let roster: Roster;
  beforeEach(() => {
    roster = new Roster(() => ({ casemapping: 'rfc1459', prefixModes: ['o', 'h', 'v'] }));
    roster.joined('#ptg', 'ptgbot');
    roster.listed('#ptg', [
      { nick: 'ptgbot', modes: [] },
      { nick: 'Alice', modes: ['o', 'v'] },
      { nick: 'bob[1]', modes: ['v'] },
    ]);
  });

  test('knows roles from the list of names, ignoring case as the server does', () => {
    expect(roster.role('#PTG', 'alice')).toBe('op');
    expect(roster.role('#ptg', 'BOB{1}')).toBe('voice');
    expect(roster.role('#ptg', 'ptgbot')).toBe('none');
  });

  test('nobody has a role before the list has come', () => {
    roster.joined('#new', 'ptgbot');
    roster.joined('#new', 'alice');
    roster.mode('#new', '+o', 'alice');
    expect(roster.role('#new', 'alice')).toBe('none');
  });

  test('a role in one channel is none in another', () => {
    roster.listed('#other', [{ nick: 'alice', modes: [] }]);
    expect(roster.role('#other', 'alice')).toBe('none');
  });

  test('follows modes: what remains counts', () => {
    roster.mode('#ptg', '-o', 'alice');
    expect(roster.role('#ptg', 'alice')).toBe('voice');
    roster.mode('#ptg', '-v', 'alice');
    expect(roster.role('#ptg', 'alice')).toBe('none');
    roster.mode('#ptg', '+o', 'bob[1]');
    expect(roster.role('#ptg', 'bob[1]')).toBe('op');
  });

  test('a mode for somebody who is not there gives nothing to whoever comes under that name', () => {
    roster.mode('#ptg', '+o', 'carol');
    roster.joined('#ptg', 'carol');
    expect(roster.role('#ptg', 'carol')).toBe('none');
  });

  test('a role moves with its owner to a new nick and does not stay with the old one', () => {
    roster.renamed('alice', 'alice_away');
    roster.joined('#ptg', 'alice');
    expect(roster.role('#ptg', 'alice_away')).toBe('op');
    expect(roster.role('#ptg', 'alice')).toBe('none');
  });

  test('a change of case only keeps the role', () => {
    roster.renamed('Alice', 'ALICE');
    expect(roster.role('#ptg', 'alice')).toBe('op');
  });

  test.each(['left', 'quit'] as const)('a role ends when its owner has %s', (how) => {
    if (how === 'left') roster.left('#ptg', 'alice');
    else roster.quit('alice');
    roster.joined('#ptg', 'alice');
    expect(roster.role('#ptg', 'alice')).toBe('none');
  });

  test('all roles end when we leave the channel', () => {
    roster.forget('#ptg');
    roster.joined('#ptg', 'alice');
    expect(roster.role('#ptg', 'alice')).toBe('none');
  });

  test('a new list replaces the old one', () => {
    roster.listed('#ptg', [{ nick: 'bob[1]', modes: ['o'] }]);
    expect(roster.role('#ptg', 'alice')).toBe('none');
    expect(roster.role('#ptg', 'bob[1]')).toBe('op');
  });

  test('knows accounts from joins and logins, until log-out or leave', () => {
    const account = (nick: string) => roster.known(nick, 0)?.account;
    roster.joined('#ptg', 'carol', { account: 'carol-account' });
    roster.identified('alice', { account: 'alice-account' });
    roster.listed('#ptg', [
      { nick: 'alice', modes: [] },
      { nick: 'carol', modes: [] },
    ]);
    expect(account('Carol')).toBe('carol-account');
    expect(account('alice')).toBe('alice-account');
    roster.identified('alice', { account: undefined });
    roster.left('#ptg', 'carol');
    roster.joined('#ptg', 'carol');
    expect(roster.known('alice', 0)).toEqual({ account: undefined });
    expect(roster.known('carol', 0)).toBeUndefined();
  });

  test('an account moves to a new nick, but not what WHOIS said about the old one', () => {
    roster.identified('alice', { account: 'al' });
    roster.identified('bob[1]', { account: 'bob[1]', until: 1000 });
    expect(roster.known('bob[1]', 999)?.account).toBe('bob[1]');
    expect(roster.known('bob[1]', 1000)).toBeUndefined();
    roster.renamed('alice', 'alice2');
    roster.renamed('bob[1]', 'bob2');
    expect(roster.known('alice2', 999)?.account).toBe('al');
    expect(roster.known('bob2', 999)).toBeUndefined();
  });

  test('takes no more members than a channel can have, and no longer nicks', () => {
    for (let index = 0; index < 30_000; index++) roster.joined('#ptg', `n${index}`);
    roster.joined('#ptg', 'late');
    expect(roster.has('n100')).toBe(true);
    expect(roster.has('late')).toBe(false);
    roster.left('#ptg', 'n100');
    roster.joined('#ptg', 'x'.repeat(65));
    expect(roster.has('x'.repeat(65))).toBe(false);
    roster.joined('#ptg', 'late');
    expect(roster.has('late')).toBe(true);
  });
});
