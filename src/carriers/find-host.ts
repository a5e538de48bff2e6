// Where a host that somebody named stands. Whoever may name one must not reach what only this machine or its network can, unless
// the operator of the program said so.

import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Translates to the IPv4 address in its last four bytes (NAT64, RFC 6052). */
const NAT64 = '64:ff9b::';
/**
 * Networks that are nobody's on the internet: this machine, private, link-local and shared ones (RFC 1918, 4193, 6598, 6890), and
 * IPv6 ones nobody uses any more that lead to an IPv4 address inside them or to a site (RFC 3056, 3879, 4291).
 */
const OWN = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  OWN.addSubnet(net, bits, 'ipv4');
  OWN.addSubnet(`${NAT64}${net}`, 96 + bits, 'ipv6');
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  OWN.addSubnet(net, bits, 'ipv6');

/** Whether an address is of this machine or a network of one's own. An IPv4 address inside an IPv6 one is looked at as itself. */
export function isOwnNetwork(address: string): boolean {
  const inside = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const kind = isIP(inside);
  return kind === 0 || OWN.check(inside, kind === 6 ? 'ipv6' : 'ipv4');
}

export type FoundHost =
  | { readonly kind: 'found'; readonly address: string }
  | { readonly kind: 'unknown'; readonly words: string }
  | { readonly kind: 'not_allowed' };

/**
 * The address of a host, to connect to exactly that: a name that is asked for twice may answer differently. Of several addresses
 * all must be allowed. `ownNetworks`: those of this machine and its network are allowed too.
 */
export async function findHost(host: string, ownNetworks: boolean): Promise<FoundHost> {
  const found = await lookup(host, { all: true }).catch((error: Error) => error);
  if (found instanceof Error) return { kind: 'unknown', words: found.message.slice(0, 200) };
  const [first] = found;
  if (!first) return { kind: 'unknown', words: 'no address' };
  if (!ownNetworks && found.some(({ address }) => isOwnNetwork(address))) return { kind: 'not_allowed' };
  return { kind: 'found', address: first.address };
}
