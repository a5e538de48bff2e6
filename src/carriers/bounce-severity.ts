// What a refusal of a mail server says about an address: dead, unwell for the time being, or fine and only this message was not
// wanted. Only the first may ever stop an address.

/**
 * `hard`: the address is dead. `soft`: it could not be reached this time. `policy`: the server did not want this message (spam
 * filter, size, policy, sender); that says nothing about the address.
 */
export const SEVERITIES = ['hard', 'soft', 'policy'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An enhanced status code, RFC 3463: class, subject, detail. */
const ENHANCED = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const REPLY = /(?<![\d.])([45])\d\d(?![\d.])/;

/** Words by which servers say that they did not want the message, whatever the code. */
const UNWANTED =
  /\b(?:spam|ube|unsolicited|blocked|block ?list(?:ed)?|black ?list(?:ed)?|polic(?:y|ies)|dnsbl|rbl|spf|dkim|dmarc|reputation|virus|malware|content (?:was )?(?:rejected|filtered)|message content|too (?:large|big)|size limit|relay(?:ing)? (?:access )?denied|greylist\w*|rate limit\w*|sender(?: address)? (?:rejected|verif\w+|denied))\b/i;
const FULL =
  /\b(?:quota|mailbox (?:is )?full|full mailbox|over ?quota|insufficient (?:system )?storage|disk space)\b/i;
const NOBODY =
  /\b(?:user ?(?:is )?unknown|unknown (?:user|address|recipient|mailbox|local)|no such (?:user|mailbox|recipient|address|person)|(?:user|mailbox|recipient|address)\b[^\n]{0,40}\b(?:not found|unknown|does not exist|doesn't exist|not exist|invalid|unavailable|disabled)|invalid (?:recipient|mailbox|address)|no mailbox|does not like recipient|host (?:or domain )?(?:name )?(?:unknown|not found)|no longer (?:valid|available|in use))\b/i;

function byCode(code: string): Severity | undefined {
  const [level, subject, detail] = code.split('.').map(Number);
  if (level === 2) return undefined;
  // 5.1.7 and 5.1.8 are about the sender's address, not the reader's.
  if (level === 5 && subject === 1 && (detail === 7 || detail === 8)) return 'policy';
  // 5.7: security and policy. 5.6: the content. 5.2.3 and 5.3.4: too large. 5.5: the conversation, not the address.
  if (level === 5 && (subject === 7 || subject === 6)) return 'policy';
  if (level === 5 && ((subject === 2 && detail === 3) || (subject === 3 && detail === 4))) return 'policy';
  // A full mailbox is emptied some day; 5.3 is trouble of the system behind it.
  if (level === 4 || (level === 5 && subject === 2 && detail === 2)) return 'soft';
  if (level === 5 && (subject === 1 || subject === 2 || subject === 4)) return 'hard';
  return undefined;
}

function byWords(text: string): Severity | undefined {
  if (UNWANTED.test(text)) return 'policy';
  if (FULL.test(text)) return 'soft';
  return NOBODY.test(text) ? 'hard' : undefined;
}

/** The first enhanced status code in a text, the first that says more than "something was wrong" before others. */
export function statusIn(text: string): string | undefined {
  const codes = [...text.slice(0, TEXT_CHARACTERS).matchAll(ENHANCED)].map((found) => found[0]);
  return codes.find((code) => !code.endsWith('.0.0') && !code.startsWith('2')) ?? codes[0];
}

/** So much of an answer is looked at; the rest repeats it. */
const TEXT_CHARACTERS = 4_000;

/**
 * What a refusal says about an address, from its status (RFC 3463) and the words with it. A specific code counts first, then
 * the words, then the class: 5.x.x is dead, 4.x.x is not now. Spam filters and policies never make an address dead.
 */
export function severityOf(status: string | undefined, words: string): Severity {
  const text = words.slice(0, TEXT_CHARACTERS);
  const given = status === undefined ? undefined : byCode(status);
  const isGeneral = status === undefined || /^\d\.(?:0|5)\.\d+$/.test(status) || status.endsWith('.0.0');
  if (given !== undefined && !isGeneral) return given;
  const inWords = statusIn(text);
  const found = inWords === undefined || inWords === status ? undefined : byCode(inWords);
  const level = status?.[0] ?? inWords?.[0] ?? REPLY.exec(text)?.[1];
  if (level === '4') return 'soft';
  return found ?? byWords(text) ?? (level === '5' ? 'hard' : 'soft');
}

/**
 * Whether an answer of a mail server, while a message was being handed to it, says for certain that there is nobody at the
 * address. A bare "no" (550) can be about us, so that it does not count.
 */
export function saysNobodyThere(answer: string): boolean {
  const text = answer.slice(0, TEXT_CHARACTERS);
  const status = statusIn(text);
  if (status !== undefined && byCode(status) !== undefined) return byCode(status) === 'hard';
  return byWords(text) === 'hard' && REPLY.exec(text)?.[1] !== '4';
}
