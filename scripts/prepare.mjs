/**
 * Installs what is missing before a script runs: npm's packages, and with `test` as argument the
 * programs that the tests use, with `deploy` also those of the tests that set up a whole machine. Runs
 * on old versions of Node too, so it uses nothing new.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));

/** Programs that the tests run, by the names of Debian's packages. */
const testPrograms = new Map([
  ['git', 'git'],
  ['openssl', 'openssl'],
  ['openssh-client', 'ssh'],
  ['openssh-server', 'sshd'],
  ['apache2', 'apache2'],
  ['nginx-light', 'nginx'],
  ['caddy', 'caddy'],
  ['ircd-hybrid', 'ircd-hybrid'],
  ['inspircd', 'inspircd'],
  ['atheme-services', 'atheme-services'],
  ['chromium-headless-shell', 'chromium-headless-shell'],
  ['systemd', 'systemd-notify'],
  ['khal', 'khal'],
  ['python3-icalendar', 'usr/share/doc/python3-icalendar'],
]);

/** What sets up machines, and what their tests need. */
const deployPrograms = new Map([
  ['puppet', 'puppet'],
  ['puppet-lint', 'puppet-lint'],
  ['puppet-module-puppetlabs-stdlib', 'usr/share/puppet/modules/stdlib'],
  ['ansible', 'ansible-playbook'],
  ['ansible-lint', 'ansible-lint'],
  ['mmdebstrap', 'mmdebstrap'],
  ['podman', 'podman'],
  ['runc', 'runc'],
  ['catatonit', 'catatonit'],
  ['prometheus', 'promtool'],
  ['python3-seccomp', 'usr/share/doc/python3-seccomp'],
]);

/** @param {string} command @param {string[]} args */
function run(command, args) {
  // What is printed here must not end up in the output of the script that runs next.
  const { status } = spawnSync(command, args, { cwd: project, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  console.error(`This failed, see above: ${[command].concat(args).join(' ')}`);
  process.exit(1);
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(join(project, path), 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} program a name, or a path of something that comes with it */
function isInstalled(program) {
  const folders = (process.env.PATH || '').split(delimiter).concat('/usr/sbin', '/sbin', '/');
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installPackages() {
  // What was installed last; times of files say nothing after a checkout or a copy.
  const installed = 'node_modules/.installed-package-lock.json';
  const wanted = textOf('package-lock.json');
  if (wanted !== undefined && textOf(installed) === wanted) return;
  // Not `npm ci`: that wants the packages of all platforms, and a mirror may lack some.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(join(project, installed), wanted || '');
}

/** @param {Map<string, string>} programs */
function installPrograms(programs) {
  const missing = [...programs].flatMap(([name, program]) => (isInstalled(program) ? [] : [name]));
  if (!missing.length) return;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  const isRoot = process.getuid && process.getuid() === 0;
  if (!isRoot || !isInstalled('apt-get')) {
    console.error(`The tests need ${missing.join(', ')}: sudo apt-get ${install.join(' ')}`);
    process.exit(1);
  }
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  run('apt-get', ['update', '--quiet=2']);
  run('apt-get', ['--quiet=2', ...install]);
}

installPackages();
const [, , wanted] = process.argv;
if (wanted === 'test') installPrograms(testPrograms);
if (wanted === 'deploy') installPrograms(new Map([...testPrograms, ...deployPrograms]));
