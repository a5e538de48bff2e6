// The address bounces of one message come back to (VERP): `bounce+<tag of the tenant><token of the message>@domain`. The
// token is random and known only to whoever got the message, so that nobody else can report it as undeliverable.

import { createHash, randomBytes } from 'node:crypto';

/** Letters and digits that survive a mail server which writes addresses in lower case (RFC 4648 base 32). */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const TAG_CHARACTERS = 8;
/** 26 characters of five bits: 128 bits and two of padding. */
const TOKEN_CHARACTERS = 26;
const TOKEN_BYTES = 16;

function base32(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

/** A token that nobody can guess: 128 random bits. */
export function newReturnToken(): string {
  return base32(randomBytes(TOKEN_BYTES));
}

/** A short text that stands for a tenant in addresses and identifiers; says nothing about it. */
export function tenantTag(tenantId: string): string {
  return base32(createHash('sha256').update(`tenant\n${tenantId}`).digest()).slice(0, TAG_CHARACTERS);
}

/** What a return address says: whose it is, and which message came back. */
export type ReturnKey = { readonly tag: string; readonly token: string };

/**
 * The return address of one message, on the envelope only: the address set up for bounces with tag and token behind a plus
 * sign, which mail servers deliver to that address (RFC 5233).
 */
export function returnAddress(bounceAddress: string, key: ReturnKey): string {
  const at = bounceAddress.lastIndexOf('@');
  return `${bounceAddress.slice(0, at)}+${key.tag}${key.token}${bounceAddress.slice(at)}`;
}

const KEY = new RegExp(`\\+([${ALPHABET}]{${TAG_CHARACTERS}})([${ALPHABET}]{${TOKEN_CHARACTERS}})@`, 'i');

/** What an address that mail came in for says; nothing where it is not one of ours. */
export function readReturnAddress(address: string): ReturnKey | undefined {
  const found = KEY.exec(address.slice(0, 400));
  return found?.[1] && found[2] ? { tag: found[1].toLowerCase(), token: found[2].toLowerCase() } : undefined;
}

/** A Message-ID without brackets that says whose it is, so that a reply or bounce which names it finds its tenant. */
export function messageIdentifier(messageId: string, tenantId: string, domain: string): string {
  return `${messageId}.${tenantTag(tenantId)}@${domain}`;
}

/** The tag in one of our Message-IDs; nothing where it is not one. */
export function readIdentifierTag(identifier: string): string | undefined {
  return new RegExp(`^[0-9a-f-]{36}\\.([${ALPHABET}]{${TAG_CHARACTERS}})@`).exec(identifier)?.[1];
}
