import { beforeEach, describe, expect, test } from 'vitest';
import { MessageFilter } from '../../../../bot/irc/incoming/message-filter.ts';

const parsed = (line: string) => {
  const [, batch, nick = '', command = '', rest = ''] =
    /^(?:@batch=(\S+) )?(?::(\S+) )?(\S+) ?(.*)$/.exec(line)!;
  return {
    command,
    nick,
    params: rest === '' ? [] : rest.split(' '),
    tags: batch === undefined ? {} : { batch },
  };
};

let filter: MessageFilter;
const accepts = (line: string) => filter.accepts(parsed(line));
beforeEach(() => {
  filter = new MessageFilter({
    isOurs: (channel) => channel === '#ptg',
    isMe: (nick) => nick === 'ptgbot',
    isWhoisPending: (nick) => nick === 'asked',
  });
});

describe('a line of the server', () => {
  test.each([
    'PING x',
    'ERROR bye',
    ':alice PRIVMSG #ptg hello',
    ':alice JOIN #ptg',
    ':ptgbot JOIN #elsewhere',
    ':alice NICK bob',
    ':alice QUIT',
    ':irc MODE #ptg +o alice',
    ':irc MODE ptgbot +r',
    ':irc 001 ptgbot Welcome',
    ':irc 353 ptgbot = #ptg alice',
    ':irc 332 ptgbot #ptg a-topic',
    ':irc 473 ptgbot #ptg no',
    ':irc 900 ptgbot mask account',
    ':irc 318 ptgbot asked',
  ])('%s is let in', (line) => {
    expect(accepts(line)).toBe(true);
  });

  test.each([
    ':alice JOIN #elsewhere',
    ':alice PART #elsewhere',
    ':irc MODE #elsewhere +o alice',
    ':irc MODE alice +i',
    ':irc 353 ptgbot = #elsewhere alice',
    ':irc 332 ptgbot #elsewhere a-topic',
    ':irc 311 ptgbot somebody user host * name',
    ':irc 372 ptgbot a-line-of-the-day',
    ':irc 322 ptgbot #list 5 topic',
    ':irc 352 ptgbot #ptg user host server alice H 0',
    ':irc AWAY',
    ':irc NONSENSE',
    `:${'x'.repeat(65)} JOIN #ptg`,
    `:alice NICK ${'x'.repeat(65)}`,
  ])('%s is kept out: nobody waits for it', (line) => {
    expect(accepts(line)).toBe(false);
  });
});

describe('a batch', () => {
  test('of a netsplit happens now, its lines like any others', () => {
    expect(accepts(':irc BATCH +a netsplit one two')).toBe(false);
    expect(accepts('@batch=a :alice QUIT')).toBe(true);
    accepts(':irc BATCH -a');
    expect(accepts('@batch=a :alice QUIT')).toBe(false);
  });

  test.each(['chathistory #ptg', 'znc.in/playback #ptg', 'labeled-response', ''])(
    'of another kind (%s) is history, and what is nested in it too',
    (kind) => {
      accepts(`:irc BATCH +h ${kind}`);
      expect(accepts('@batch=h :alice PRIVMSG #ptg hello')).toBe(false);
      accepts('@batch=h :irc BATCH +n netjoin');
      expect(accepts('@batch=n :alice JOIN #ptg')).toBe(false);
    },
  );

  test('that was never begun has no lines', () => {
    expect(accepts('@batch=never :alice PRIVMSG #ptg hello')).toBe(false);
  });

  test('is one of few: a server cannot open them without end', () => {
    for (let index = 0; index < 1000; index++) accepts(`:irc BATCH +b${index} netsplit`);
    expect(accepts('@batch=b1 :alice QUIT')).toBe(true);
    expect(accepts('@batch=b999 :alice QUIT')).toBe(false);
  });
});

test('of what the server says about itself only that remains which somebody asks for', () => {
  const line = parsed(':irc 005 ptgbot NETWORK=x JUNK1=a JUNK2 prefix=(o)@ CASEMAPPING=ascii');
  expect(filter.accepts(line)).toBe(true);
  expect(line.params).toEqual(['ptgbot', 'NETWORK=x', 'prefix=(o)@', 'CASEMAPPING=ascii']);
});

test('a list without end is cut off, the next one is read again', () => {
  const lines = Array.from({ length: 10_000 }, () => accepts(':irc 353 ptgbot = #ptg alice'));
  expect(lines.filter(Boolean)).toHaveLength(5000);
  expect(accepts(':irc 366 ptgbot #ptg')).toBe(true);
  expect(accepts(':irc 353 ptgbot = #ptg alice')).toBe(true);
});

test('capabilities are not negotiated without end', () => {
  const lines = Array.from({ length: 1000 }, () => accepts(':irc CAP ptgbot NEW x'));
  expect(lines.filter(Boolean).length).toBeLessThan(110);
});
