/** What the program stands on: Node and git, folders and the disk that they are on. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemUser } from '../../bot/system-user.ts';
import { checkGitVersion } from '../../schedule-data/git/repository.ts';
import { shellArgument } from '../../schedule-data/text/text.ts';
import { project, type Config } from '../config.ts';
import { mayWrite } from '../may-write.ts';
import { none, ok, warning, wrong, type Finding } from './finding.ts';

/** `required` as package.json says it: `>=24`. */
export function nodeFinding(version: string, required: string): Finding {
  const least = Number(/\d+/.exec(required)?.[0]);
  const what = `Node ${version}`;
  if (Number.parseInt(version, 10) >= least) return ok(what);
  return wrong(what, `expected ${least} or later`, `${project}node_modules/.bin/node is one`);
}

export function lookAtNode(): readonly Finding[] {
  const { engines } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return [nodeFinding(process.versions.node, engines.node)];
}

export async function lookAtGit(): Promise<readonly Finding[]> {
  return [ok(await checkGitVersion())];
}

/** Where the program must be able to write, and where it better is not. */
export function lookAtFolders({ cache, data, site }: Config): readonly Finding[] {
  const repositories = [data.repository, data.people].map((gitdir) => folderFinding(gitdir, inGit));
  const others = [cache, site.output].map((folder) => folderFinding(folder));
  return [
    ...strangerFinding(data.repository),
    ...repositories,
    ...others,
    programFinding(project, {
      isOpen: mayWrite(project),
      isCheckout: existsSync(join(project, '.git')),
      isRoot: isRoot(),
    }),
  ];
}

/** Root may do all, so what is in the way of somebody else does not show. */
function strangerFinding(gitdir: string): readonly Finding[] {
  const owner = ownerOf(nearest(gitdir));
  if (!isRoot() || owner === 'root') return [];
  const remedy = `runuser -u ${owner} -- ptgbot doctor`;
  return [warning('user root', `what ${owner} may do cannot be seen as root`, remedy)];
}

/** Folders that git writes to; somebody who was root there leaves some that only root may. */
function inGit(gitdir: string): readonly string[] {
  const objects = join(gitdir, 'objects');
  const fans = existsSync(objects) ? readdirSync(objects).map((name) => join(objects, name)) : [];
  const heads = join(gitdir, 'refs/heads');
  return [objects, heads, ...fans].filter((path) => existsSync(path));
}

function folderFinding(folder: string, inside: (folder: string) => readonly string[] = () => []) {
  const place = nearest(folder);
  const isThere = place === folder;
  const places = isThere ? [place, ...inside(folder)] : [place];
  const closed = places.find((path) => !mayWrite(path));
  const user = systemUser() ?? 'this user';
  return writeFinding(folder, { closed, isThere, user, owner: ownerOf(place) });
}

interface Access {
  /** Where the user may not write, if that is somewhere. */
  readonly closed: string | undefined;
  /** Else it would have to be made, in the folder that is closed. */
  readonly isThere: boolean;
  readonly user: string;
  readonly owner: string;
}

export function writeFinding(folder: string, { closed, isThere, user, owner }: Access): Finding {
  const what = `may write ${folder}`;
  if (closed === undefined) return ok(what);
  const path = shellArgument(folder);
  const isOthers = owner !== user && owner !== 'root';
  const why = `${user} may not write to ${closed}`;
  if (!isThere) return wrong(what, why, `as root: install -d -o ${user} ${path}`);
  if (isOthers) return wrong(what, why, `it is ${owner}'s: runuser -u ${owner} -- ptgbot doctor`);
  return wrong(what, why, `as root: chown -R ${user}: ${path}`);
}

/** Whoever breaks into the service shall not change what it runs. */
export function programFinding(
  folder: string,
  { isOpen, isCheckout, isRoot }: { isOpen: boolean; isCheckout: boolean; isRoot: boolean },
): Finding {
  const what = `may not write ${folder}`;
  if (isCheckout) return none(what, 'this is a checkout, not an installed release');
  if (isRoot) return none(what, 'root may write anywhere');
  if (!isOpen) return ok(what);
  return warning(
    what,
    'the service could change its program',
    `chown -R root: ${shellArgument(folder)}`,
  );
}

const isRoot = () => process.getuid?.() === 0;

/** The folder with the least space counts. */
export async function lookAtSpace({ cache, data, site }: Config): Promise<readonly Finding[]> {
  const places = await Promise.all(
    [data.repository, data.people, cache, site.output].map(async (folder) => {
      const { bavail, bsize } = await statfs(nearest(folder));
      return { folder, bytes: bavail * bsize };
    }),
  );
  const { folder, bytes } = places.reduce((least, one) => (one.bytes < least.bytes ? one : least));
  return [spaceFinding(folder, bytes)];
}

const megabyte = 1_000_000;

export function spaceFinding(folder: string, bytes: number): Finding {
  const what = `disk of ${folder}`;
  const left = `${Math.floor(bytes / megabyte)} MB are free`;
  const remedy = `find what fills it: du -xh / | sort -h | tail`;
  if (bytes < 50 * megabyte) return wrong(what, left, remedy);
  if (bytes < 500 * megabyte) return warning(what, left, remedy);
  return ok(`${what}: ${left}`);
}

/** The folder itself, or the one in which it would be made. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function ownerOf(path: string): string {
  const { uid } = statSync(path);
  try {
    return execFileSync('id', ['-nu', String(uid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return `#${uid}`;
  }
}
