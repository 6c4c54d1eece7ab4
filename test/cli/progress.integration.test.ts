/** Progress: seen on a terminal, and only there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/repository.ts';

const frontDoor = join(import.meta.dirname, '../../ptgbot.ts');

/** Imports from a server that takes its time; gives all that was printed. */
async function importSlowly(program: (call: string[]) => string[]): Promise<string> {
  const server = createServer((_request, response) => {
    void setTimeout(2000).then(() => response.end('{ "tracks": ["nova"] }'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const call = [process.execPath, frontDoor, 'import', address, '--repository', 'data.git'];
  const [command, ...args] = program(call);
  const { CI: _, ...environment } = process.env;
  const child = spawn(command!, args, {
    cwd: temporaryFolder(),
    env: { ...environment, TERM: 'xterm' },
  });
  let printed = '';
  child.stdout.on('data', (bytes) => (printed += String(bytes)));
  child.stderr.on('data', (bytes) => (printed += String(bytes)));
  await once(child, 'close');
  return printed;
}

test('what takes longer than a second says on a terminal what it is', async () => {
  const printed = await importSlowly((call) => ['script', '-qec', call.join(' '), '/dev/null']);
  expect(printed).toContain('reading the database …');
  expect(printed).toContain('imported 1 track');
});

test('without a terminal nothing is said of progress', async () => {
  const printed = await importSlowly((call) => call);
  expect(printed).not.toContain('reading the database');
  expect(printed).not.toContain('\x1b');
  expect(printed).toContain('imported 1 track');
});
