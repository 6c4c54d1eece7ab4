import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../../cli/cache-folder.ts';
import { temporaryFolder } from '../support/repository.ts';

describe('what can be made again is kept', () => {
  test('where systemd says', () => {
    const environment = { CACHE_DIRECTORY: '/var/cache/ptgbot:/var/cache/other' };
    expect(cacheFolder(temporaryFolder(), environment)).toBe('/var/cache/ptgbot');
  });

  test('else in the folder of the program', () => {
    const project = temporaryFolder();
    expect(cacheFolder(project, { XDG_CACHE_HOME: '/home/ada/.cache' })).toBe(
      join(project, 'dist'),
    );
  });

  test.each([
    [{ XDG_CACHE_HOME: '/home/ada/cache' }, '/home/ada/cache/ptgbot'],
    [{}, join(homedir(), '.cache/ptgbot')],
  ])('or, where that may not be written, in the cache of the user: %j', (environment, folder) => {
    // Not even root can write there.
    expect(cacheFolder('/proc/1', environment)).toBe(folder);
  });
});
