import { expect, test } from 'vitest';
import { maxTextBytes } from '../../../../bot/irc/outgoing/line-length.ts';

test('a full line fits the protocol as the longest sender is shown to others', () => {
  const text = 'x'.repeat(maxTextBytes('ptgbot', '#openinfra-events'));
  const sender = `ptgbot!~${'u'.repeat(10)}@${'h'.repeat(63)}`;
  const line = `:${sender} PRIVMSG #openinfra-events :${text}\r\n`;
  expect(Buffer.byteLength(line)).toBe(512);
});
