import type { DaemonFolder } from './irc-daemon.ts';

/** What any Apache needs that has all its files in a folder, and listens on loopback. */
export const apacheBasics = (folder: DaemonFolder, port: number, modules: string) => `
${modules
  .split(' ')
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
ServerRoot ${folder.path}
ServerName localhost
DefaultRuntimeDir ${folder.path}
PidFile ${folder.file('apache.pid')}
ErrorLog ${folder.file('error.log')}
Mutex sem
Listen 127.0.0.1:${port}
`;

/** Apache would rather not be root: in a name space of its own it does not know that it is. */
export const apacheCommand = (apache: string): [command: string, ...args: string[]] =>
  process.getuid?.() === 0 ? ['unshare', '--user', apache] : [apache];
