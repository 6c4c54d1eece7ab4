import { describe, expect, test } from 'vitest';
import { TransportSecurity, parseStsPolicy } from '../../../../bot/irc/connection/sts.ts';

test.each([
  ['port=6697', { port: 6697 }],
  ['port=6697,duration=300', { port: 6697, durationSeconds: 300 }],
  ['duration=0,preload', { durationSeconds: 0 }],
  ['preload', {}],
  ['', {}],
  ['port=0', {}],
  ['port=65536', {}],
  ['port=-1,duration=x', {}],
  ['xport=6697,duration=99999999999', {}],
])('the policy %s means %j', (value, policy) => {
  expect(parseStsPolicy(value)).toEqual(policy);
});

describe('where to connect', () => {
  const plain = { port: 6667, tls: false };

  test('is as configured while the server asks for nothing', () => {
    const security = new TransportSecurity(plain);
    for (let now = 0; now < 3; now++) {
      expect(security.nextEndpoint(now)).toEqual({ port: 6667, isSecure: false });
      security.disconnected(now);
    }
  });

  test('goes over to TLS at once, and stays there for as long as the server said', () => {
    const security = new TransportSecurity(plain);
    security.nextEndpoint(0);
    expect(security.applyPolicy({ port: 6697, durationSeconds: 9 })).toBe(true);
    security.disconnected(0);
    expect(security.nextEndpoint(0)).toEqual({ port: 6697, isSecure: true });
    expect(security.applyPolicy({ port: 6697, durationSeconds: 60 })).toBe(false);
    security.disconnected(100_000);
    expect(security.nextEndpoint(159_999)).toEqual({ port: 6697, isSecure: true });
    security.disconnected(159_999);
    expect(security.nextEndpoint(160_001)).toEqual({ port: 6667, isSecure: false });
  });

  test('is without TLS again when the server takes back what it asked for', () => {
    const security = new TransportSecurity(plain);
    security.nextEndpoint(0);
    security.applyPolicy({ port: 6697 });
    security.nextEndpoint(0);
    security.applyPolicy({ durationSeconds: 0 });
    security.disconnected(1);
    expect(security.nextEndpoint(2)).toEqual({ port: 6667, isSecure: false });
  });

  test('a policy without port changes nothing', () => {
    const security = new TransportSecurity(plain);
    security.nextEndpoint(0);
    expect(security.applyPolicy({ durationSeconds: 60 })).toBe(false);
    expect(security.nextEndpoint(1)).toEqual({ port: 6667, isSecure: false });
  });

  test('with TLS in the configuration no server can lead us elsewhere', () => {
    const security = new TransportSecurity({ port: 6697, tls: true });
    security.nextEndpoint(0);
    expect(security.applyPolicy({ port: 7000, durationSeconds: 60 })).toBe(false);
    security.disconnected(0);
    expect(security.nextEndpoint(1)).toEqual({ port: 6697, isSecure: true });
  });
});
