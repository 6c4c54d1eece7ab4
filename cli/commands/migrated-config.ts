import { dirname } from 'node:path';
import { z } from 'zod';
import { ircConfigSchema } from '../../bot/irc/config.ts';
import { issueSentence } from '../../schedule-data/format/schema-errors.ts';
import { expected, oneLine } from '../../schedule-data/text/text.ts';
import { UsageError } from '../usage-error.ts';

const { server, port, nick, channel, password } = ircConfigSchema.shape;

const portForm = expected('a port from 1 to 65535');
const channelForm = expected('a channel such as "#openinfra-events"');
const databaseForm = expected('the path of the database, on one line');

/** `config.json` of the Python ptgbot. */
const pythonConfig = z.looseObject(
  {
    irc_nick: nick.unwrap(),
    /** Empty where the nick has none. */
    irc_pass: z.preprocess((value) => value || undefined, password),
    irc_server: server,
    /** Python takes it in quotes, too. */
    irc_port: z.preprocess(
      (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
      z.number(portForm).pipe(port.unwrap()),
    ),
    irc_channel: z
      .string(channelForm)
      .refine((name) => channel.safeParse(name).success, channelForm),
    db_filename: z
      .string(databaseForm)
      .regex(/^[^\p{Cc}]+$/u, databaseForm)
      .optional(),
  },
  expected('an object with keys such as irc_server'),
);

export interface Migrated {
  /** What `ptgbot.yaml` is to say. */
  readonly configuration: object;
  readonly password: string | undefined;
  /** As `config.json` names it; undefined where there is none. */
  readonly database: string | undefined;
  /** What has no counterpart, or another one than people may think. */
  readonly remarks: readonly string[];
}

/** The port at which the Python ptgbot speaks TLS, and at no other. */
const tlsPort = 6697;

/** So much of a key that nobody knows is shown. */
const mostCharacters = 100;

/**
 * What the configuration of a Python ptgbot becomes.
 * @param repository where the data is to be, as the new configuration names it
 * @throws {UsageError} that names the key and what was expected
 */
export function migratedConfig(json: unknown, name: string, repository: string): Migrated {
  const result = pythonConfig.safeParse(json);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const sentence = issueSentence(issue, pythonConfig, ({ key }) => key);
    throw new UsageError(`${name}: ${sentence}`);
  }
  const { irc_server, irc_port, irc_nick, irc_channel, irc_pass, db_filename } = result.data;
  const tls = irc_port === tlsPort;
  const irc = { server: irc_server, port: irc_port, tls, nick: irc_nick, channel: irc_channel };
  const unknown = Object.keys(json as object).filter(
    (key) => !Object.hasOwn(pythonConfig.shape, key),
  );
  return {
    configuration: {
      irc: { ...irc, ...(irc_pass !== undefined && { nickserv: {} }) },
      data: { repository },
      site: { output: 'www' },
    },
    password: irc_pass,
    database: db_filename,
    remarks: [
      ...unknown.map(
        (key) => `${oneLine(key).slice(0, mostCharacters)}: has no counterpart; left out`,
      ),
      ...(tls
        ? []
        : [`irc_port: ${irc_port} is without TLS, as before; most networks have ${tlsPort}`]),
      ...(db_filename === undefined
        ? ['db_filename: there is none, so no data is imported']
        : pageRemarks(dirname(db_filename))),
    ],
  };
}

const pageRemarks = (folder: string) => [
  `the folder ${folder}, where the page was, stays as it is; the pages are written to site.output, which the web server is to show instead`,
  'changes to the HTML, styles and scripts of the page have no counterpart; links and announcements are data',
];
