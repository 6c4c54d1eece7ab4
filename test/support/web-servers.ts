/** Apache, nginx and Caddy on loopback, with the files of deploy/web: only paths and addresses are others. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apacheBasics, apacheCommand } from './apache.ts';
import { DaemonFolder, freePorts, programOf } from './irc-daemon.ts';
import { runServer, type RunningServer } from './running-server.ts';

const project = join(import.meta.dirname, '../..');

export interface Behind {
  /** The folder of the pages. */
  readonly pages: string;
  /** Where the built-in server listens: `127.0.0.1:8000`. */
  readonly service: string;
}

export interface WebServer extends RunningServer {
  readonly url: string;
  /** Has the program itself say whether its configuration is right. @throws {Error} */
  readonly validate: () => void;
}

/** The example that operators copy, as they would change it. */
function example(file: string, port: number, { pages, service }: Behind): string {
  return readFileSync(join(project, 'deploy/web', file), 'utf8')
    .replaceAll('/opt/ptgbot/current', project)
    .replaceAll('/var/www/ptgbot', pages)
    .replaceAll('127.0.0.1:8000', service)
    .replaceAll('*:80', `127.0.0.1:${port}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace(/ *listen \[::\]:80;\n/, '')
    .replace(/^ptg\.example\.org \{/m, `http://127.0.0.1:${port} {`);
}

async function start(
  configuration: string,
  [command, ...args]: readonly [string, ...string[]],
  validation: readonly string[],
  folder: DaemonFolder,
  port: number,
): Promise<WebServer> {
  writeFileSync(folder.file('web.conf'), configuration);
  const server = await runServer(folder, port, command, args);
  return {
    ...server,
    url: `http://127.0.0.1:${port}/`,
    validate: () => execFileSync(command, [...validation], { cwd: folder.path, stdio: 'pipe' }),
  };
}

/** Apache with the modules that the example names. @throws {Error} that tells what to install */
export async function startApache(behind: Behind): Promise<WebServer> {
  const apache = programOf('apache2');
  const folder = new DaemonFolder();
  const [port = 0] = await freePorts(1);
  const site = example('apache.conf', port, behind);
  const wanted = /a2enmod (.*)$/m.exec(site)![1]!;
  const modules = `mpm_event authz_core dir mime filter ${wanted}`;
  const configuration = `${apacheBasics(folder, port, modules)}
# Types of files that the site does not name are not known.
TypesConfig /dev/null
${site}`;
  const flags = ['-f', folder.file('web.conf')];
  const [command, ...args] = apacheCommand(apache);
  return start(
    configuration,
    [command, ...args, '-D', 'FOREGROUND', ...flags],
    [...args, '-t', ...flags],
    folder,
    port,
  );
}

/** @throws {Error} that tells what to install */
export async function startNginx(behind: Behind): Promise<WebServer> {
  const nginx = programOf('nginx-light', 'nginx');
  const folder = new DaemonFolder();
  const [port = 0] = await freePorts(1);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const configuration = `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder.file('nginx.pid')};
error_log ${folder.file('error.log')};
events {}
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${folder.file(name)};`).join('\n')}
${example('nginx.conf', port, behind)}
}
`;
  const flags = ['-e', folder.file('error.log'), '-c', folder.file('web.conf')];
  return start(configuration, [nginx, ...flags], ['-t', ...flags], folder, port);
}

/** @throws {Error} that tells what to install */
export async function startCaddy(behind: Behind): Promise<WebServer> {
  const caddy = programOf('caddy');
  const folder = new DaemonFolder();
  const [port = 0] = await freePorts(1);
  const configuration = `
{
  admin off
}
${example('caddy.conf', port, behind)}`;
  const home = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME'].map((name) => `${name}=${folder.path}`);
  const flags = ['--config', folder.file('web.conf'), '--adapter', 'caddyfile'];
  return start(
    configuration,
    ['env', ...home, caddy, 'run', ...flags],
    [...home, caddy, 'validate', ...flags],
    folder,
    port,
  );
}
