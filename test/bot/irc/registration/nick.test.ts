import { expect, test } from 'vitest';
import { alternateNick } from '../../../../bot/irc/registration/nick.ts';

test('a nick that is taken is followed by ever other ones', () => {
  const tried = [1, 2, 3, 4].map((attempt) => alternateNick('openinfrabot', attempt));
  expect(tried).toEqual(['openinfrabot_', 'openinfrabot__', 'openin3', 'openin4']);
});
