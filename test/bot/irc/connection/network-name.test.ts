import { expect, test } from 'vitest';
import { networkName } from '../../../../bot/irc/connection/network-name.ts';

test.each([
  ['OFTC', 'oftc'],
  ['Libera.Chat', 'libera-chat'],
  ['A  b/../c@d', 'a-b-c-d'],
  ['-x-', 'x'],
  ['', 'irc-oftc-net'],
  ['日本', 'irc-oftc-net'],
  ['x'.repeat(100), 'x'.repeat(63)],
])('the network %s is %s in addresses', (name, safe) => {
  expect(networkName(name, 'irc.oftc.net')).toBe(safe);
});
