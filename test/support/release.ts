import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

const run = (command: string, args: readonly string[], cwd = project) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

let made: string | undefined;
let installed: string | undefined;

/** Makes a release of this checkout, once; gives the path of its tarball. */
export function releaseTarball(): string {
  made ??= join(project, run(process.execPath, ['scripts/release.ts']).trim());
  return made;
}

/** Unpacks the release and installs what it needs, once, as its users do; gives the folder. Anybody may read it. */
export function installedRelease(): string {
  if (installed !== undefined && existsSync(installed)) return installed;
  const folder = mkdtempSync(join(tmpdir(), 'ptgbot-release-'));
  chmodSync(folder, 0o755);
  run('tar', ['--extract', '--file', releaseTarball(), '--strip-components=1'], folder);
  run('npm', ['ci', '--omit=dev', '--ignore-scripts', '--loglevel=error'], folder);
  return (installed = folder);
}
