import { z } from 'zod';
import { expected } from '../../schedule-data/text/text.ts';

const text = (what: string) =>
  z.string(expected(what)).regex(/^[^\r\n\0]+$/, expected('some text on one line'));

const secret = text('some text');

const passwordForm = 'a password, here or better as PTGBOT_IRC_PASSWORD';

/** May be missing, as '', where nobody signs in: what only makes pages need not know it. */
const servicesPassword = text(passwordForm).default('');

const file = z.string(expected('the path of a file')).min(1, expected('the path of a file'));

const channel = z
  .string(expected('a channel such as "#openinfra-events"'))
  .regex(
    /^[#&+!][^\s,:\p{Cc}]{1,63}$/u,
    expected('a channel such as "#openinfra-events" (in quotes, as # begins a comment)'),
  );

const number = (least: number, most: number, what: string) =>
  z.number(expected(what)).min(least, expected(what)).max(most, expected(what));

const key = z
  .string(expected('the key of the channel'))
  .regex(/^[^\s,:\p{Cc}][^\s,\p{Cc}]{0,49}$/u, expected('a key without spaces and commas'));

const channelWithKey = z.union(
  [
    channel.transform((name): { name: string; key?: string } => ({ name })),
    z.strictObject({ name: channel, key }),
  ],
  { error: 'expected a channel such as "#openinfra-events" (in quotes), or its name and key' },
);

const rate = z.strictObject({
  burst: number(1, 1000, 'a number of lines from 1 to 1000')
    .int(expected('a whole number of lines'))
    .default(5)
    .describe('Lines that may go out at once'),
  intervalSeconds: number(0, 3600, 'seconds from 0 to 3600')
    .default(2)
    .describe('After the burst, one line each so many seconds; 0 for no limit'),
});

/** The `irc` part of the configuration: where to connect, as whom, and how fast to talk. */
export const ircConfigSchema = z
  .strictObject({
    server: z
      .string(expected('the name of a server such as irc.oftc.net'))
      .regex(/^[\p{L}\p{N}._:-]{1,253}$/u, expected('the name of a server such as irc.oftc.net'))
      .describe('Host name or address of the IRC server'),
    port: number(1, 65535, 'a port from 1 to 65535').int(expected('a whole number')).default(6697),
    tls: z.boolean(expected('true or false')).default(true),
    rejectUnauthorized: z
      .boolean(expected('true or false'))
      .default(true)
      .describe('false accepts any certificate of the server: for trying out only'),
    ca: file
      .optional()
      .describe('PEM file of the certificates to trust instead of the usual authorities'),
    certificate: file
      .optional()
      .describe('PEM file with our certificate and its private key, for services'),
    nick: z
      .string(expected('a nick such as ptgbot'))
      .regex(
        /^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]{0,29}$/,
        expected('a nick such as ptgbot: letters, digits, - _ and not a digit first'),
      )
      .default('ptgbot'),
    channel: z
      .union([channelWithKey, z.array(channelWithKey).min(1, expected('at least one channel'))], {
        error: 'expected a channel such as "#openinfra-events" (in quotes), or a list of them',
      })
      .transform((channels) => [channels].flat())
      .describe('Where to listen: one channel or a list'),
    topic: z
      .boolean(expected('true or false'))
      .default(false)
      .describe('Announcements of danger go into the topics of the channels too'),
    operators: z
      .array(secret, expected('a list of accounts'))
      .default([])
      .describe('Accounts whose owners are operators wherever they speak'),
    relays: z
      .array(secret, expected('a list of nicks'))
      .default([])
      .describe('Nicks of bridges, which say `<ada> #nova now …` for people elsewhere'),
    password: secret.optional().describe('Password of the server'),
    sasl: z
      .strictObject({ account: secret, password: servicesPassword })
      .optional()
      .describe('Account with services'),
    nickserv: z
      .strictObject({
        password: servicesPassword,
        name: z
          .string(expected('a nick such as NickServ'))
          .regex(/^[^\s:,\p{Cc}][^\s,\p{Cc}]*$/u, expected('a nick such as NickServ'))
          .default('NickServ'),
      })
      .optional()
      .describe('Signing in with the password of the nick, where there is no SASL'),
    signIn: z
      .enum(['optional', 'first', 'required'], {
        error: 'expected optional, first (joins when signed in) or required (ends if that fails)',
      })
      .default('optional')
      .describe('What signing in matters'),
    rate: rate.prefault({}),
  })
  .refine((config) => config.tls || config.certificate === undefined, {
    path: ['certificate'],
    error: 'expected tls: true, as a certificate is only shown over TLS',
  })
  .refine(
    ({ signIn, sasl, certificate, nickserv }) =>
      signIn === 'optional' ||
      sasl !== undefined ||
      certificate !== undefined ||
      nickserv !== undefined,
    { path: ['signIn'], error: 'expected sasl, certificate or nickserv to sign in with' },
  );

/** What to say where a password is missing that signing in takes. */
export function missingPassword(config: IrcConfig): string | undefined {
  const section = (['sasl', 'nickserv'] as const).find((key) => config[key]?.password === '');
  return section && `irc.${section}.password: expected ${passwordForm}`;
}

/** As people write it. */
export type IrcConfigInput = z.input<typeof ircConfigSchema>;
/** Complete and checked. */
export type IrcConfig = z.output<typeof ircConfigSchema>;
