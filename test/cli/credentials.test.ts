import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../cli/credentials.ts';
import { readConfig } from '../../cli/config.ts';
import { temporaryFolder } from '../support/repository.ts';

function credentials(files: Record<string, string>): { CREDENTIALS_DIRECTORY: string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { CREDENTIALS_DIRECTORY: folder };
}

describe('secrets in files', () => {
  test('count as the variables that they stand for', () => {
    const environment = credentials({
      'irc-password': 'sesame\n',
      'git-token': 'open',
      'webhook-secret': 'sesame, sesame, sesame\n',
      other: 'no',
    });
    expect(secretsIn(environment)).toEqual({
      PTGBOT_IRC_PASSWORD: 'sesame',
      PTGBOT_GIT_TOKEN: 'open',
      PTGBOT_WEBHOOK_SECRET: 'sesame, sesame, sesame',
    });
  });

  test('give way to variables', () => {
    const environment = { ...credentials({ 'git-token': 'file' }), PTGBOT_GIT_TOKEN: 'variable' };
    expect(secretsIn(environment)).toEqual({});
  });

  test.each([{}, { CREDENTIALS_DIRECTORY: '/nowhere' }])('may be missing: %j', (environment) => {
    expect(secretsIn(environment)).toEqual({});
  });

  test('that cannot be read are said to be so', () => {
    const environment = credentials({});
    mkdirSync(join(environment.CREDENTIALS_DIRECTORY, 'git-token'));
    expect(() => secretsIn(environment)).toThrow(/^the secret in .*git-token cannot be read: /);
  });

  test('may hold the key for ssh, unless another is configured', () => {
    const environment = credentials({ 'ssh-key': '' });
    const file = join(temporaryFolder(), 'ptgbot.yaml');
    const key = (text: string) => {
      writeFileSync(file, text);
      return readConfig(file, environment).data.sshKey;
    };
    expect(key('')).toBe(join(environment.CREDENTIALS_DIRECTORY, 'ssh-key'));
    expect(key('data: { sshKey: /etc/other }')).toBe('/etc/other');
  });
});
