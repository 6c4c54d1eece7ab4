import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DaemonFolder, end, freePorts, makeCertificate, programOf, until } from './irc-daemon.ts';
import { IrcPerson } from './irc-client.ts';

/** Real InspIRCd servers with real Atheme services: accounts, SASL, channel operators, netsplits. */
export interface IrcNetwork {
  readonly port: number;
  readonly tlsPort: number;
  /** File of the self-signed certificate, for `localhost` and 127.0.0.1. */
  readonly ca: string;
  /** The second server; it asks for TLS (STS). */
  readonly leaf: { readonly port: number; readonly tlsPort: number };
  /** Links the two servers, or parts them: a netsplit. */
  link(): Promise<void>;
  split(): Promise<void>;
  /** Services leave the network at once, and come back with the accounts they knew. */
  stopServices(): Promise<void>;
  startServices(): Promise<void>;
  /** An operator of the network, for `GLINE` and the like. */
  readonly operator: IrcPerson;
  /** Makes an account of this name, whose owner stays connected. */
  register(nick: string, password: string): Promise<IrcPerson>;
  stop(): Promise<void>;
}

export const networkName = 'AccountNet';

/** @throws {Error} with the command that installs what is missing */
export async function startNetwork(): Promise<IrcNetwork> {
  const [inspircd, atheme] = [programOf('inspircd'), programOf('atheme-services')];
  const folder = new DaemonFolder();
  const [port = 0, tlsPort = 0, linkPort = 0, leafPort = 0, leafTlsPort = 0, leafLink = 0] =
    await freePorts(6);
  const ca = folder.file('tls.crt');
  makeCertificate(ca, folder.file('tls.key'));
  const hub = { name: 'hub.test', port, tlsPort, linkPort };
  const leaf = { name: 'leaf.test', port: leafPort, tlsPort: leafTlsPort, linkPort: leafLink };
  writeFileSync(
    folder.file('hub.test.conf'),
    server(folder.path, hub, [link('services.test', linkPort), link(leaf.name, leafLink)]),
  );
  writeFileSync(
    folder.file('leaf.test.conf'),
    server(folder.path, leaf, [
      link(hub.name, linkPort),
      `<module name="ircv3_sts"><sts host="localhost" duration="1h" port="${leafTlsPort}">`,
    ]),
  );
  writeFileSync(folder.file('atheme.conf'), services(linkPort));
  let servicesProcess: ReturnType<DaemonFolder['run']> | undefined;

  const startServices = async () => {
    const started = folder.run(atheme, [
      ...['-n', '-c', folder.file('atheme.conf'), '-D', folder.path],
      ...['-l', folder.file('atheme.log'), '-p', folder.file('atheme.pid')],
    ]);
    servicesProcess = started;
    await until('services', folder.file('atheme.log'), started, () => offersSasl(port));
  };
  const servers: ReturnType<DaemonFolder['run']>[] = [];
  let operator: IrcPerson;
  try {
    for (const { name, port: clients } of [hub, leaf]) {
      const started = folder.run(inspircd, ['--nofork', '--config', folder.file(`${name}.conf`)]);
      servers.push(started);
      await until(name, folder.file(`${name}.log`), started, () => listens(clients));
    }
    [operator] = await Promise.all([IrcPerson.connect(port, 'root'), startServices()]);
    operator.send('OPER root sesame');
    await operator.waitFor(/ 381 /);
  } catch (error) {
    folder.remove();
    throw error;
  }
  const linked = async (wanted: boolean) => {
    for (let tries = 0; tries < 200; tries++) {
      operator.send('LINKS');
      const first = operator.lines.length;
      await operator.waitFor(/ 365 /);
      if (operator.lines.slice(first).some((line) => / 364 \S+ leaf/.test(line)) === wanted) return;
      await sleep(50);
    }
    throw new Error(`the servers do not ${wanted ? 'link' : 'split'}`);
  };

  return {
    port,
    tlsPort,
    ca,
    leaf,
    operator,
    startServices,
    async stopServices() {
      await end(servicesProcess);
      // The server may be slow to notice that the connection is closed.
      operator.send('SQUIT services.test');
      while (await offersSasl(port)) await sleep(50);
    },
    async link() {
      operator.send('CONNECT leaf.test');
      await linked(true);
    },
    async split() {
      operator.send('SQUIT leaf.test');
      await linked(false);
    },
    async register(nick, password) {
      const person = await IrcPerson.connect(port, nick);
      person.say('NickServ', `REGISTER ${password} ${nick}@example.org`);
      await person.waitFor(/ 900 /);
      return person;
    },
    async stop() {
      await Promise.all([servicesProcess, ...servers].map((one) => end(one, 'SIGKILL')));
      folder.remove();
    },
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Services are there when the server offers to sign in with them. */
async function offersSasl(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => socket.destroy());
  socket.write('CAP LS 302\r\n');
  let text = '';
  try {
    for await (const piece of socket.setEncoding('utf8')) {
      text += String(piece);
      const last = / CAP \S+ LS :.*\r\n/.exec(text);
      if (last) return /sasl=\S*PLAIN/.test(text);
    }
  } catch {
    // Not yet.
  } finally {
    socket.destroy();
  }
  return false;
}

const linkPassword = 'between-servers';

const link = (name: string, port: number) => `
<link name="${name}" ipaddr="127.0.0.1" port="${port}" allowmask="127.0.0.1"
  timeout="30" sendpass="${linkPassword}" recvpass="${linkPassword}">`;

const modules = [
  ...['cap', 'ircv3', 'ircv3_accounttag', 'ircv3_batch', 'ircv3_capnotify', 'ircv3_ctctags'],
  ...['ircv3_echomessage', 'ircv3_invitenotify', 'ircv3_labeledresponse', 'ircv3_msgid'],
  ...['ircv3_servertime', 'botmode', 'chghost', 'monitor', 'namesx', 'uhnames', 'services_account'],
  ...['sasl', 'ssl_gnutls', 'sslinfo', 'chanhistory', 'spanningtree'],
  // Atheme gives its own users the modes of these.
  ...['deaf', 'servprotect', 'svshold'],
];

/** Nobody is slowed down, so that tests see the bot's own patience only. */
const server = (
  directory: string,
  {
    name,
    port,
    tlsPort,
    linkPort,
  }: { name: string; port: number; tlsPort: number; linkPort: number },
  more: readonly string[],
) => `
<server name="${name}" description="tests" network="${networkName}">
<admin name="tests" nick="tests" email="tests@irc.test">
<path datadir="${directory}" logdir="${directory}" runtimedir="${directory}">
<pid file="${directory}/${name}.pid">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="${directory}/${name}.log" flush="1">
<bind address="127.0.0.1" port="${port}" type="clients">
<bind address="127.0.0.1" port="${tlsPort}" type="clients" sslprofile="own">
<bind address="127.0.0.1" port="${linkPort}" type="servers">
<sslprofile name="own" provider="gnutls" certfile="${directory}/tls.crt" keyfile="${directory}/tls.key" hash="sha256">
<connect name="people" allow="*" timeout="30" pingfreq="60" resolvehostnames="no" fakelag="off"
  threshold="100000" commandrate="1000000" softsendq="1M" hardsendq="8M" recvq="64K"
  localmax="500" globalmax="500" maxconnwarn="no" maxchans="100">
<channels users="100">
<options defaultmodes="not" allowmismatch="yes" casemapping="rfc1459" netbuffersize="65534">
<performance quietbursts="yes" clonesonconnect="no">
<chanhistory maxlines="50" prefixmsg="no" bots="yes">
<class name="all" commands="*" privs="*" usermodes="*" chanmodes="*">
<type name="root" classes="all">
<oper name="root" password="sesame" host="*@*" type="root">
${modules.map((one) => `<module name="${one}">`).join('\n')}
<sasl target="services.test">
<uline server="services.test" silent="yes">
${more.join('\n')}
`;

const services = (linkPort: number) => `
${[
  'protocol/inspircd',
  'backend/opensex',
  ...['main', 'register', 'identify', 'logout', 'ghost', 'group', 'cert', 'info', 'set_core'].map(
    (name) => `nickserv/${name}`,
  ),
  ...['main', 'register', 'access', 'flags', 'op', 'voice', 'drop'].map(
    (name) => `chanserv/${name}`,
  ),
  ...['main', 'plain', 'external'].map((name) => `saslserv/${name}`),
]
  .map((name) => `loadmodule "modules/${name}";`)
  .join('\n')}
serverinfo {
  name = "services.test"; desc = "tests"; numeric = "0SV"; netname = "${networkName}";
  adminname = "tests"; adminemail = "tests@services.test"; registeremail = "no@services.test";
  recontime = 1; maxlogins = 100; maxusers = 0; emaillimit = 10000; emailtime = 1;
  auth = none; casemapping = rfc1459;
};
uplink "hub.test" {
  host = "127.0.0.1"; port = ${linkPort};
  send_password = "${linkPassword}"; receive_password = "${linkPassword}";
};
nickserv { nick = "NickServ"; user = "services"; host = "services.test"; real = "NickServ"; maxnicks = 100; expire = 0; };
chanserv { nick = "ChanServ"; user = "services"; host = "services.test"; real = "ChanServ"; maxchans = 1000; expire = 0; };
saslserv { nick = "SaslServ"; user = "services"; host = "services.test"; real = "SaslServ"; };
general { uflags = { hidemail; }; commit_interval = 1; language = "en"; };
`;
