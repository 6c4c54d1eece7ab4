import { describe, expect, test } from 'vitest';
import { chatLineOf, relayedLine } from '../../../../bot/irc/incoming/privmsg.ts';

const now = Date.parse('2018-09-10T15:00:00Z');
const listener = {
  nick: 'ptgbot',
  channels: ['#ptg', '#Side'],
  fold: (name: string) => name.toLowerCase(),
  role: (channel: string, nick: string) =>
    channel === '#ptg' && nick === 'alice' ? ('op' as const) : ('none' as const),
  isRelay: (nick: string) => nick === 'bridge',
  isPresent: (nick: string) => nick !== 'stranger',
};
const said = {
  from_server: false,
  nick: 'alice',
  target: '#ptg',
  message: '#nova now testing',
  tags: {},
  time: undefined,
};

describe('a message', () => {
  test('in a channel has its speaker, role, channel and text', () => {
    expect(chatLineOf(said, listener, now)).toEqual({
      nick: 'alice',
      role: 'op',
      channel: '#ptg',
      text: '#nova now testing',
      time: new Date(now),
    });
  });

  test('to us alone has no channel and no role', () => {
    const line = chatLineOf({ ...said, target: 'PTGbot' }, listener, now);
    expect(line).toMatchObject({ nick: 'alice', role: 'none' });
    expect(line?.channel).toBeUndefined();
  });

  test('names the channel as the configuration does', () => {
    expect(chatLineOf({ ...said, target: '#SIDE' }, listener, now)?.channel).toBe('#Side');
  });

  test('has formatting taken off', () => {
    expect(chatLineOf({ ...said, message: '\x02#nova\x02 now' }, listener, now)?.text).toBe(
      '#nova now',
    );
  });

  test.each([
    [-59_000, -59_000],
    [59_000, 59_000],
    [-61_000, 0],
    [61_000, 0],
    [Number.NaN, 0],
  ])('with a server time %i ms from ours is %i ms from ours', (offset, used) => {
    const line = chatLineOf({ ...said, time: now + offset }, listener, now);
    expect(line?.time.getTime()).toBe(now + used);
  });

  test.each([
    ['from the server', { from_server: true }],
    ['from ourselves', { nick: 'PtgBot' }],
    ['without a sender', { nick: '' }],
    ['with an undefined sender', { nick: undefined }],
    ['from a bot', { tags: { bot: '' } }],
    ['from a bot by a draft name of the tag', { tags: { 'draft/bot': '' } }],
    ['from history', { batch: { type: 'chathistory' } }],
    ['to the ops of a channel', { group: '@' }],
    ['to a channel where we do not listen', { target: '#elsewhere' }],
    ['to somebody else', { target: 'bob' }],
    ['in private from somebody in no channel of ours', { nick: 'stranger', target: 'ptgbot' }],
    ['without a target', { target: undefined }],
    ['without text', { message: undefined }],
    ['of formatting alone', { message: '\x02\x0f' }],
  ])('%s is not for us', (_, change) => {
    expect(chatLineOf({ ...said, ...change }, listener, now)).toBeUndefined();
  });
});

describe('a line of a bridge', () => {
  const line = {
    nick: 'bridge',
    role: 'op',
    account: 'bridge',
    channel: '#ptg',
    time: new Date(now),
  } as const;

  test.each([
    ['<ada> #nova now cells', 'ada via bridge', '#nova now cells'],
    ['<@ada:example.org> +in #nova', '@ada:example.org via bridge', '+in #nova'],
    ['[ada] #nova now cells', 'ada via bridge', '#nova now cells'],
    ['<a\u200bda>  #nova now cells', 'ada via bridge', '#nova now cells'],
    ['<ada> * #nova now fixed', 'ada via bridge', '* #nova now fixed'],
    ['#nova now cells', 'bridge', '#nova now cells'],
    ['<> #nova now cells', 'bridge', '<> #nova now cells'],
  ])('%j is said by %s, without rights: %s', (text, nick, left) => {
    const relayed = relayedLine({ ...line, text });
    expect(relayed).toEqual({ nick, role: 'none', channel: '#ptg', text: left, time: line.time });
  });

  test('counts although bridges are marked as bots', () => {
    const message = { ...said, nick: 'bridge', tags: { bot: '' } };
    expect(chatLineOf(message, listener, now)?.nick).toBe('bridge');
  });

  test('is theirs alone in private', () => {
    const { channel: _, ...rest } = line;
    expect(relayedLine({ ...rest, text: '<ada> help' })).toMatchObject({
      nick: 'bridge',
      role: 'none',
    });
  });
});
