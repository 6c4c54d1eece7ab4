import { expect, test } from 'vitest';
import { versionOf } from '../../scripts/version.ts';

test.each([
  ['v1.2.0', '1.2.0'],
  ['v1.2.0-rc.1', '1.2.0-rc.1'],
  ['v1.2.0-14-g0520e93', '1.3.0-dev.14.g0520e93'],
  ['v1.2.0-rc.1-3-g0520e93', '1.3.0-dev.3.g0520e93'],
  ['0520e93', '1.3.0-dev.g0520e93'],
  [undefined, '1.3.0'],
])('a release of %s has the version %s', (description, version) => {
  expect(versionOf('1.3.0', description)).toBe(version);
});
