import { expect, test, vi } from 'vitest';
import { join } from 'node:path';
import { createRepository, repositoryAt } from '../../schedule-data/git/repository.ts';
import { git, message, temporaryFolder } from '../support/repository.ts';
import { Service } from '../support/service.ts';

/** 100 for the long proof: PTGBOT_CRASHES=100 npm test */
const rounds = Number(process.env['PTGBOT_CRASHES'] ?? 5);
const burst = 40;

/** An event with many free slots, so that each booking is told from all others. */
function manySlots(): { files: Map<string, string>; codes: string[] } {
  const names = Array.from({ length: 50 }, (_, index) => `S${index}`);
  const rooms = Array.from(
    { length: Math.ceil((rounds * burst) / 50) },
    (_, index) => `room-${index}`,
  );
  const slots = names
    .map((name) => `      - { name: ${name}, start: "09:00", end: "10:00" }`)
    .join('\n');
  return {
    files: new Map([
      [
        'event.yaml',
        `id: x\nname: X\ntimezone: UTC\ndays:\n  - name: Monday\n    slots:\n${slots}\n`,
      ],
      ['tracks/nova.yaml', ''],
      ...rooms.map((room): [string, string] => [
        `rooms/${room}.yaml`,
        `name: ${room}\nslots:\n${names.map((name) => `  ${name}:\n`).join('')}`,
      ]),
    ]),
    codes: rooms.flatMap((room) => names.map((name) => `${room}-${name}`)),
  };
}

test(`killed ${rounds} times in the midst of a burst, it has every booking that it confirmed`, async () => {
  const folder = temporaryFolder();
  const repository = join(folder, 'data.git');
  const { files, codes } = manySlots();
  await createRepository(repositoryAt(repository), files, message('Begin'));
  const confirmed: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const service = new Service(folder, { data: { repository } }, 'bot');
    for (const code of codes.slice(round * burst, (round + 1) * burst))
      service.type(`#nova book ${code}`);
    await service.waitFor(service.printed, /nova has/);
    // Confirmations come in batches, on a busy machine late: every other round sees a second one.
    const seen = 1 + (round % 2);
    await vi.waitUntil(() => service.printed.length >= seen, { timeout: 60_000, interval: 1 });
    // From just after that to near the end of the burst.
    await new Promise((resolve) => setTimeout(resolve, (round * 37) % 300));
    await service.kill();
    for (const line of service.printed) confirmed.push(/\(([^)]+)\)$/.exec(line)?.[1] ?? line);
  }
  const subjects = new Set(git(repository, 'log', '--format=%s', 'main').split('\n'));
  expect(confirmed.length).toBeGreaterThan(rounds);
  expect(confirmed.filter((code) => !subjects.has(`nova: book ${code}`))).toEqual([]);
  expect(git(repository, 'fsck', '--strict', '--full', '--no-dangling')).toBe('');
}, 600_000);
