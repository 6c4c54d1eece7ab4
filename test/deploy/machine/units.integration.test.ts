/** The units of systemd: valid, tight, and a service that really runs under what they allow. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/repository.ts';
import { eventually, Service } from '../../support/service.ts';

const units = join(import.meta.dirname, '../../../deploy/systemd');
const names = ['ptgbot.service', 'ptgbot-bot.service', 'ptgbot-site.service'];
const textOf = (name: string) => readFileSync(join(units, name), 'utf8');

describe.each(names)('%s', (name) => {
  test('is valid, but for the paths of what is not installed here', () => {
    const { stderr } = spawnSync('systemd-analyze', ['verify', join(units, name)], {
      encoding: 'utf8',
    });
    const complaints = stderr.split('\n').filter((line) => line.includes('ptgbot'));
    expect(
      complaints.filter((line) => !/is not executable|Failed to .*Documentation/.test(line)),
    ).toEqual([]);
  });

  test('exposes little', () => {
    const report = execFileSync(
      'systemd-analyze',
      ['security', '--offline=true', '--no-pager', join(units, name)],
      { encoding: 'utf8' },
    );
    const level = /Overall exposure level for .*: ([\d.]+)/.exec(report)![1];
    expect(Number(level)).toBeLessThanOrEqual(1.3);
  });
});

test('the units differ in nothing but what they run, and whom it may speak to', () => {
  const own = /^(?:#|Description=|After=|ExecStart=|IPAddress)/;
  const common = (name: string) =>
    textOf(name)
      .split('\n')
      .filter((line) => !own.test(line));
  for (const name of names) expect(common(name)).toEqual(common(names[0]!));
});

/** What a unit means, in a mount and process namespace of its own; the folder is all that may be written. */
const sandbox = (folder: string, command: readonly string[]) => `
set -e
mount -t proc -o subset=pid,hidepid=invisible proc /proc
mount --make-rprivate /
mount --bind ${folder} ${folder}
mount -o remount,bind,ro /
exec setpriv --reuid nobody --regid nogroup --clear-groups --bounding-set=-all --inh-caps=-all \\
  --no-new-privs /usr/bin/python3 ${join(import.meta.dirname, '../../support/under-unit.py')} \\
  ${join(units, 'ptgbot.service')} ${command.join(' ')} "$@"
`;

describe('under what the unit allows', () => {
  const { folder: release } = inject('release');

  test('the service starts, commits and publishes', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const node = join(release, 'node_modules/.bin/node');
    const script = join(folder, 'sandbox.sh');
    writeFileSync(script, sandbox(folder, [node, join(release, 'ptgbot.js')]));
    execFileSync('chown', ['-R', 'nobody:nogroup', folder]);
    const site = { output: join(folder, 'www'), listen: '127.0.0.1:0' };
    const config = { data: { repository: join(folder, 'data.git') }, site };
    const service = new Service(folder, config, 'start', {
      program: ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', script],
      environment: { CACHE_DIRECTORY: join(folder, 'cache'), HOME: folder },
    });
    onTestFinished(() => {
      // Not the one that made the namespaces: what is in them has become somebody else's.
      spawnSync('pkill', ['-KILL', '-f', `ptgbot.js start --config ${folder}`]);
      return service.kill();
    });
    const line = await service.waitFor(service.log, /the page is at/);
    service.type('#nova now from the sandbox');
    const address = /http:\/\/[^"\s]+/.exec(line)![0];
    await eventually(async () =>
      expect(await (await fetch(address)).text()).toContain('from the sandbox'),
    );
    expect(service.log.filter((line) => /"level":[456]0/.test(line))).toEqual([]);
  });
});
