/** Prometheus reads our metrics and rules; the rules and the dashboard ask for metrics that there are. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { smallRepository, temporaryFolder } from '../../support/repository.ts';
import { programOf } from '../../support/irc-daemon.ts';
import { Service } from '../../support/service.ts';

const monitoring = join(import.meta.dirname, '../../../deploy/monitoring');
const promtool = programOf('prometheus', 'promtool');
let service: Service;
let metrics: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  const data = { repository: await smallRepository(), remote: await smallRepository() };
  const site = { output: join(folder, 'www'), listen: false };
  const config = { data, site, metrics: { listen: '127.0.0.1:0' } };
  service = new Service(folder, config, 'start');
  await service.waitFor(service.log, /the site is published/);
  const line = await service.waitFor(service.log, /metrics are at/);
  service.type('#nova now something');
  await service.waitFor(service.log, /nova: now/);
  metrics = await (await fetch(/http:\/\/[^"\s]+/.exec(line)![0])).text();
});

afterAll(() => service?.kill());

function run(args: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync(promtool, args, { encoding: 'utf8', input });
  return { status, said: stdout + stderr };
}

test('the metrics are well-formed and named as Prometheus advises', () => {
  const { status, said } = run(['check', 'metrics'], metrics);
  // Node's own names are none of ours.
  expect(said.split('\n').filter((line) => line.startsWith('ptgbot'))).toEqual([]);
  expect(status, said).not.toBe(1);
});

test('the rules are valid', () => {
  expect(run(['check', 'rules', join(monitoring, 'alerts.yaml')])).toEqual({
    status: 0,
    said: expect.stringContaining('SUCCESS: 7 rules found') as string,
  });
});

const expressionsOf = {
  'alerts.yaml': (text: string) =>
    (parse(text) as { groups: { rules: { expr: string }[] }[] }).groups.flatMap(({ rules }) =>
      rules.map(({ expr }) => expr),
    ),
  'dashboard.json': (text: string) =>
    (JSON.parse(text) as { panels: { targets: { expr: string }[] }[] }).panels.flatMap(
      ({ targets }) => targets.map(({ expr }) => expr),
    ),
};

test.each(['alerts.yaml', 'dashboard.json'] as const)(
  '%s asks for metrics that there are',
  (file) => {
    const expressions = expressionsOf[file](readFileSync(join(monitoring, file), 'utf8'));
    const names = expressions.flatMap((text) => text.match(/\b(?:ptgbot|process)_\w+/g) ?? []);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(metrics).toMatch(new RegExp(`^${name}[{ ]`, 'm'));
  },
);
