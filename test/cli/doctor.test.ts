import { describe, expect, test } from 'vitest';
import { secrecyFinding } from '../../cli/doctor/configuration.ts';
import { lineOf, none, ok, warning, wrong } from '../../cli/doctor/finding.ts';
import { certificateFinding } from '../../cli/doctor/irc-server.ts';
import {
  nodeFinding,
  programFinding,
  spaceFinding,
  writeFinding,
} from '../../cli/doctor/machine.ts';
import {
  addressFinding,
  clockFinding,
  outputFinding,
  readyFinding,
} from '../../cli/doctor/pages.ts';
import {
  dataFinding,
  ownerFinding,
  peopleFinding,
  remoteFinding,
} from '../../cli/doctor/repositories.ts';
import { RemoteError } from '../../schedule-data/git/remote.ts';

const now = new Date('2018-09-10T15:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const day = 86_400;

describe('a line', () => {
  test.each([
    [ok('git'), 'ok   git'],
    [none('remote', 'not configured'), '-    remote: not configured'],
    [warning('disk', 'nearly full', 'du'), '!    disk: nearly full; du'],
    [wrong('disk', 'full', 'du'), '✗    disk: full; du'],
    [wrong('disk', 'full'), '✗    disk: full'],
    [wrong('a\n\u001b[2Jb', 'c\r\n\u0085d'), '✗    a [2Jb: c d'],
  ])('of %j is %j', (finding, line) => {
    expect(lineOf(finding)).toBe(line);
  });

  test('is not as long as what others say', () => {
    expect(lineOf(wrong('page', 'x'.repeat(10_000)))).toHaveLength(505);
  });
});

const access = { closed: '/d', isThere: true, user: 'ptgbot', owner: 'ptgbot' };

test.each([
  [nodeFinding('24.21.0', '>=24'), /^ok {3}Node 24\.21\.0$/],
  [nodeFinding('22.1.0', '>=24'), /^✗ {4}Node 22\.1\.0: expected 24 or later; .*bin\/node is one$/],

  [secrecyFinding('c', 'p', 0o644, { irc: { server: 'x' } }), /^ok/],
  [secrecyFinding('c', 'p', 0o644, { irc: { nickserv: {} } }), /^ok/],
  [secrecyFinding('c', 'p', 0o640, { irc: { password: 'x' } }), /^ok/],
  [secrecyFinding('c', 'p', 0o644, { irc: { sasl: { password: 'x' } } }), /chmod o-r p$/],
  [secrecyFinding('c', 'p', 0o604, { site: { webhookSecret: 'x' } }), /everybody may read it/],
  [secrecyFinding('c', 'p', 0o644, { irc: { channel: [{ name: '#a', key: 'x' }] } }), /^✗/],

  [writeFinding('/d', { ...access, closed: undefined }), /^ok {3}may write \/d$/],
  [
    writeFinding('/d', { ...access, closed: '/d/objects/ab' }),
    /: ptgbot may not write to \/d\/objects\/ab; as root: chown -R ptgbot: \/d$/,
  ],
  [writeFinding('/d', { ...access, owner: 'root' }), /; as root: chown -R ptgbot: \/d$/],
  [writeFinding('/d', { ...access, user: 'ada' }), /; .*runuser -u ptgbot -- ptgbot doctor$/],
  // All of /var would be too much to give away.
  [
    writeFinding('/var/my data', { ...access, closed: '/var', isThere: false, owner: 'root' }),
    /; as root: install -d -o ptgbot '\/var\/my data'$/,
  ],
  [programFinding('/p', { isOpen: true, isCheckout: true, isRoot: false }), /^- .*a checkout/],
  [programFinding('/p', { isOpen: true, isCheckout: false, isRoot: true }), /^- .*root may/],
  [programFinding('/p', { isOpen: false, isCheckout: false, isRoot: false }), /^ok/],
  [
    programFinding('/p', { isOpen: true, isCheckout: false, isRoot: false }),
    /^! .*chown -R root: \/p$/,
  ],

  [spaceFinding('/d', 49e6), /^✗ {4}disk of \/d: 49 MB are free; /],
  [spaceFinding('/d', 499e6), /^! .*499 MB are free; /],
  [spaceFinding('/d', 500e6), /^ok {3}disk of \/d: 500 MB are free$/],

  [dataFinding([]), /^ok {3}data$/],
  [
    dataFinding([
      { path: 'a.yaml', line: 2, message: 'expected b' },
      { path: 'c.yaml', message: 'd' },
    ]),
    /^! {4}data: 2 problems, the first in a\.yaml:2: expected b; ptgbot check$/,
  ],
  [peopleFinding('/p', undefined), /^-/],
  [peopleFinding('/p', 0o40700), /^ok/],
  [peopleFinding('/p', 0o40750), /^✗ .*; chmod 700 \/p$/],
  [remoteFinding('r', new RemoteError('refused', 'denied')), /^✗ {4}r: denied; .*data\.sshKey/],
  [remoteFinding('r', new RemoteError('away', 'no route')), /^✗ {4}r: no route; is its server/],

  [certificateFinding('c', later(14 * day), now, true), /^ok {3}c: it ends in 14 days$/],
  [certificateFinding('c', later(14 * day - 1), now, true), /^! {4}c: it ends in 13 days; /],
  [certificateFinding('c', later(-1), now, true), /^✗ {4}c: it has expired; /],
  [
    certificateFinding('c', later(99 * day), now, false),
    /^! {4}c: any is accepted, and it ends in 99/,
  ],

  [outputFinding('/w', undefined, undefined), /^-/],
  [outputFinding('/w', undefined, 'a'.repeat(40)), /^✗ .*nothing was published there; /],
  [outputFinding('/w', 'a'.repeat(40), 'a'.repeat(40)), /^ok/],
  [
    outputFinding('/w', 'a'.repeat(40), 'b'.repeat(40)),
    /: they show a{12}, the newest commit is b{12}; .*journalctl/,
  ],
  [readyFinding({ status: 200, text: 'ok' }), /^ok/],
  [readyFinding({ status: 503, text: 'chat: not connected' }), /^✗ .*: chat: not connected; /],

  [
    addressFinding('u', { why: 'it does not answer' }, undefined),
    /^✗ {4}page u: it does not answer/,
  ],
  [addressFinding('u', { status: 404, text: '' }, undefined), /answered with 404/],
  [addressFinding('u', { status: 200, text: '<html>' }, undefined), /is not ours/],
  [addressFinding('u', { status: 200, text: '{"commit":"\\u001b"}' }, undefined), /is not ours/],
  [
    addressFinding('u', { status: 200, text: `{"commit":"${'a'.repeat(40)}"}` }, 'a'.repeat(40)),
    /^ok/,
  ],
  [
    addressFinding('u', { status: 200, text: `{"commit":"${'a'.repeat(40)}"}` }, 'b'.repeat(40)),
    /^! .*it shows a{12}, not b{12}/,
  ],

  [clockFinding(now, later(60), later(-60)), /^ok {3}clock 2018-09-10T15:00:00/],
  [clockFinding(now, undefined, undefined), /^ok/],
  [
    clockFinding(now, later(61), undefined),
    /^✗ .*the newest commit is 61 s later; set it: timedatectl/,
  ],
  [clockFinding(now, undefined, later(61)), /^✗ .*the web server says 2018-09-10T15:01:01/],
  [clockFinding(now, undefined, later(-61)), /^✗ .*the web server says 2018-09-10T14:58:59/],
])('%j is said as %j', (finding, pattern) => {
  expect(lineOf(finding)).toMatch(pattern);
});

test.each([
  [undefined, /^- .*: it does not run here; /],
  [{ host: 'here', isAlive: true }, /^ok {3}the bot: process 7 since 2018-09-10$/],
  [{ host: 'here', isAlive: false }, /^✗ .*ended without a word; .*systemctl restart ptgbot$/],
  [
    { host: 'elsewhere', isAlive: true },
    /^! .*it has been running on elsewhere .*: rm \/d\/ptgbot\.lock$/,
  ],
])('the owner %j is said as %j', (owner, pattern) => {
  const whole = owner && { pid: 7, started: '2018-09-10', ...owner };
  expect(lineOf(ownerFinding('/d', whole, 'here'))).toMatch(pattern);
});
