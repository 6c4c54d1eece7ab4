/** Which addresses belong to the public Internet (IANA's registries of special-purpose addresses). */
import { BlockList, isIP } from 'node:net';

const specialIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Parts of the global unicast range with a purpose of their own. */
const specialIPv6 = ['2001::/23', '2001:db8::/32', '3fff::/20'];

/** Global unicast; and IPv4 within IPv6: as such, and behind NAT64. 6to4 is in the first one. */
const publicIPv6 = ['2000::/3', '::ffff:0:0/96', '64:ff9b::/96'];

const special = new BlockList();
const global = new BlockList();
for (const subnet of specialIPv4) {
  const [address = '', bits = ''] = subnet.split('/');
  special.addSubnet(address, Number(bits), 'ipv4');
  special.addSubnet(`64:ff9b::${address}`, 96 + Number(bits), 'ipv6');
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const sixToFour = `2002:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}::`;
  special.addSubnet(sixToFour, 16 + Number(bits), 'ipv6');
}
for (const [list, subnets] of [
  [special, specialIPv6],
  [global, publicIPv6],
] as const)
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/');
    list.addSubnet(address, Number(bits), 'ipv6');
  }

/** False for what is private, reserved or no address, also where IPv6 only wraps such an IPv4. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  // A zone (fe80::1%eth0) is of the local network.
  if (isIP(address) !== 6 || address.includes('%')) return false;
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
