// Mail that comes back: delivery reports (RFC 3464), reading receipts (RFC 8098), abuse reports (RFC 5965), automatic replies
// (RFC 3834), and bounces in plain words of servers that know no reports. Says what is reported, never what to do about it.

import PostalMime, { type Email } from 'postal-mime';
import { RETURNED_BYTES_READ, RETURNED_RECIPIENTS_MAX, RETURNED_TEXT_CHARACTERS } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { type Severity, severityOf, statusIn } from './bounce-severity.ts';

/** What a report says happened: given up, still being tried, arrived, or passed on to where no more is heard. */
export type ReportedAction = 'failed' | 'delayed' | 'delivered' | 'relayed';

/** One reader a report is about. */
export type ReportedRecipient = {
  readonly address: string;
  /** The address it was sent to, where the server passed it on to another. */
  readonly originalAddress: string | undefined;
  readonly action: ReportedAction;
  /** As written, with any comment: `5.0.0 (permanent failure)`. */
  readonly status: string | undefined;
  /** What the server said. */
  readonly diagnostic: string;
  readonly severity: Severity;
};

/**
 * What came in. `report`: what became of a message, reader by reader. `displayed`: somebody opened it. `complaint`: somebody
 * called it spam. `auto_reply`: nobody read it yet. `mail`: none of these, perhaps an answer.
 */
export type ReturnedMail = {
  readonly kind: 'report' | 'displayed' | 'complaint' | 'auto_reply' | 'mail';
  /** Whether a machine-readable delivery report is among its parts. */
  readonly hasReportPart: boolean;
  readonly recipients: readonly ReportedRecipient[];
  /** Message-IDs it names, without brackets: of what was returned, or answered. */
  readonly identifiers: readonly string[];
  /** Addresses it came in for, by its own headers and those returned; ours is among them if anything is. */
  readonly addresses: readonly string[];
  readonly from: string;
  readonly subject: string;
  /** Its beginning, as people read it. */
  readonly text: string;
};

/** One mail taken apart as far as is needed here. */
type Parts = {
  readonly email: Email;
  readonly text: string;
  /** Text of the parts of a media type. */
  readonly partsOf: (mediaType: RegExp) => readonly string[];
  readonly header: (name: string) => string;
};

/** More blanks in a row than any mail has for a reason; the reader of mail takes time by their square. */
const BLANKS_MAX = 200;

/** A mail without runs of blanks that nobody means; how it reads is the same. */
export function withoutLongBlanks(raw: Uint8Array): Uint8Array {
  const kept = new Uint8Array(raw.length);
  let length = 0;
  let blanks = 0;
  for (const byte of raw) {
    const isBlank = byte === 32 || (byte >= 9 && byte <= 13);
    blanks = isBlank ? blanks + 1 : 0;
    if (blanks <= BLANKS_MAX) kept[length++] = byte;
  }
  return kept.subarray(0, length);
}

async function takeApart(raw: Uint8Array): Promise<Parts> {
  const email = await PostalMime.parse(withoutLongBlanks(raw.subarray(0, RETURNED_BYTES_READ)), {
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  }).catch((error: unknown) => {
    throw new Refusal('mail_not_readable', { reason: String(error).slice(0, 200) });
  });
  const text = (email.text ?? htmlText(email.html ?? '')).slice(0, RETURNED_TEXT_CHARACTERS);
  return {
    email,
    text,
    partsOf: (mediaType) =>
      email.attachments
        .filter((part) => mediaType.test(part.mimeType))
        .map((part) => String(part.content).slice(0, RETURNED_TEXT_CHARACTERS)),
    header: (name) => email.headers.find((header) => header.key === name)?.value ?? '',
  };
}

/** The words of an HTML page, roughly: enough to find addresses and codes in. */
function htmlText(html: string): string {
  return html
    .slice(0, RETURNED_TEXT_CHARACTERS)
    .replace(/<(?:br|p|div|tr)\b[^>]{0,200}>/gi, '\n')
    .replace(/<[^>]{0,2000}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

type Fields = ReadonlyMap<string, string>;

/** Blocks of header-like fields, parted by empty lines, folded lines joined. */
function fieldBlocks(text: string): readonly Fields[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const colon = line.indexOf(':');
        if (colon < 1) continue;
        const name = line.slice(0, colon).trim().toLowerCase();
        if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    })
    .filter((fields) => fields.size > 0);
}

/** `rfc822; <Anna@Example.com>` → `anna@example.com`; nothing where it is no address. */
function addressIn(field: string | undefined): string | undefined {
  const text = (field ?? '').replace(/^[A-Za-z0-9-]{1,20}\s*;/, '').slice(0, 400);
  return ADDRESS.exec(text)?.[0].toLowerCase();
}

const ADDRESS = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[\p{L}\p{N}][\p{L}\p{N}.-]{0,250}[\p{L}\p{N}]/u;
const EVERY_ADDRESS = new RegExp(ADDRESS.source, 'gu');
const ACTIONS: Readonly<Record<string, ReportedAction>> = {
  failed: 'failed',
  failure: 'failed',
  expired: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'relayed',
  expanded: 'relayed',
};

function recipientOf(fields: Fields): ReportedRecipient | undefined {
  const finalAddress = addressIn(fields.get('final-recipient') ?? fields.get('x-actual-recipient'));
  const original = addressIn(fields.get('original-recipient'));
  const address = finalAddress ?? original;
  if (address === undefined) return undefined;
  const status = fields.get('status');
  const code = /[245]\.\d{1,3}\.\d{1,3}/.exec(status ?? '')?.[0];
  const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[A-Za-z0-9-]{1,20}\s*;\s*/, '');
  const named = ACTIONS[(fields.get('action') ?? '').toLowerCase().split(/[\s(]/)[0] ?? ''];
  const byClass = code?.startsWith('2') ? 'delivered' : code?.startsWith('4') ? 'delayed' : 'failed';
  return {
    address,
    originalAddress: original === address ? undefined : original,
    action: named ?? byClass,
    status,
    diagnostic,
    severity: severityOf(code, diagnostic),
  };
}

/** Where the words of a bounce end and what was returned begins. */
const COPY_BELOW =
  /^-{2,}.{0,80}\b(?:copy of (?:the|your) message|original message|returned message|below this line)\b.*$/im;
const DAEMON = /\b(?:mailer-daemon|mail[ -]?(?:delivery|subsystem|system|daemon)|postmaster|mailerdaemon)\b/i;
const RETURNED =
  /(?:returned mail|undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|failed|notification)|failure notice|delivery failed|unzustellbar|nicht zugestellt|non remis|échec de (?:la )?remise|nedoručiteln)/i;
const GIVEN_UP = /\b(?:permanent|fatal|failed|given up|could not be delivered|undeliverable|rejected)\b/i;
const STILL_TRYING =
  /\b(?:delayed|still (?:being )?(?:trying|retried)|will (?:keep trying|be retried)|temporar(?:y|ily) defer)/i;

/** Addresses a bounce in plain words is about: the header for it, else those that begin a line, else any but ours. */
function addressesInWords(parts: Parts, words: string): readonly string[] {
  const listed = parts.header('x-failed-recipients');
  if (listed !== '') return listed.split(',').flatMap((part) => addressIn(part) ?? []);
  const starts = words
    .split('\n')
    .slice(0, 400)
    .flatMap((line) => {
      const trimmed = line.trim().slice(0, 400);
      const found = /^<?([^\s<>:]{1,64}@[^\s<>:]{1,255})>?:?(?:\s|$)/.exec(trimmed);
      return found ? (addressIn(found[1]) ?? []) : [];
    });
  const own = new Set((parts.email.to ?? []).flatMap((to) => (to.address ?? '').toLowerCase()));
  const named = [...words.matchAll(EVERY_ADDRESS)].map(([address]) => address.toLowerCase());
  const ours = (address: string): boolean => !own.has(address);
  return [...new Set(starts.length > 0 ? starts.filter(ours) : named.filter(ours).slice(0, 1))];
}

/** A bounce in plain words; nobody, where it does not look like one. */
function reportedInWords(parts: Parts): readonly ReportedRecipient[] {
  const { email, text, header } = parts;
  const from = `${email.from?.name ?? ''} ${email.from?.address ?? ''}`;
  const isReturned =
    header('x-failed-recipients') !== '' ||
    ((DAEMON.test(from) || header('return-path').trim() === '<>') && RETURNED.test(email.subject ?? '')) ||
    (DAEMON.test(from) && GIVEN_UP.test(text.slice(0, 2_000)) && statusIn(text) !== undefined);
  if (!isReturned) return [];
  const words = text.slice(0, COPY_BELOW.exec(text)?.index ?? text.length);
  const status = statusIn(words);
  const delayed = STILL_TRYING.test(words) && !/\bpermanent/i.test(words);
  return addressesInWords(parts, words)
    .slice(0, RETURNED_RECIPIENTS_MAX)
    .map((address) => ({
      address,
      originalAddress: undefined,
      action: delayed ? 'delayed' : 'failed',
      status,
      diagnostic: sayingAbout(address, words),
      severity: severityOf(status, words),
    }));
}

/** The lines of a bounce in plain words from the address on. */
function sayingAbout(address: string, words: string): string {
  const at = words.toLowerCase().indexOf(address);
  return words.slice(Math.max(at, 0)).slice(0, 600).replace(/\s+/g, ' ').trim();
}

const IDENTIFIER = /<([^<>\s]{1,250}@[^<>\s]{1,250})>/g;

function identifiersOf(parts: Parts): readonly string[] {
  const { email, text, partsOf } = parts;
  const copies = [...partsOf(/^(?:message\/(?:rfc822|global)|text\/rfc822)/), text];
  const returned = copies.flatMap((copy) =>
    [...copy.matchAll(/^(?:original-)?message-id:\s*(?:\n\s+)?<([^<>\s]{1,500})>/gim)].map((m) => m[1] ?? ''),
  );
  const fields = [...partsOf(/^message\/(?:disposition-notification|delivery-status|feedback-report)$/)]
    .flatMap(fieldBlocks)
    .flatMap((block) =>
      [...(block.get('original-message-id') ?? '').matchAll(IDENTIFIER)].map((m) => m[1] ?? ''),
    );
  const answered = `${email.inReplyTo ?? ''} ${email.references ?? ''}`;
  const named = [...answered.slice(0, 20_000).matchAll(IDENTIFIER)].map((m) => m[1] ?? '');
  return [...new Set([...fields, ...returned, ...named])].filter((id) => id !== '').slice(0, 50);
}

const ADDRESSED = [
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'apparently-to',
];

function addressesOf(parts: Parts): readonly string[] {
  const { email, partsOf } = parts;
  const own = email.headers.filter(({ key }) => ADDRESSED.includes(key)).map(({ value }) => value);
  const returned = partsOf(/^(?:message\/(?:rfc822|global|delivery-status|feedback-report)|text\/rfc822)/)
    .flatMap(fieldBlocks)
    .flatMap((fields) => [
      fields.get('return-path'),
      fields.get('x-postfix-sender'),
      fields.get('original-envelope-id'),
      fields.get('original-mail-from'),
    ])
    .filter((value) => value !== undefined);
  const found = [...own, ...returned].flatMap((value) =>
    [...value.slice(0, 10_000).matchAll(EVERY_ADDRESS)].map(([address]) => address),
  );
  return [...new Set(found)].slice(0, 200);
}

const AWAY =
  /^(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|abwesend|abwesenheit|automatische antwort|réponse automatique|absence du bureau|automatická odpověď)\b/i;

function isAutomaticReply({ email, header }: Parts): boolean {
  return (
    /^auto-(?:replied|notified|generated)\b/i.test(header('auto-submitted')) ||
    header('x-autoreply') !== '' ||
    header('x-autorespond') !== '' ||
    /^(?:auto_reply|auto-reply)$/i.test(header('precedence')) ||
    AWAY.test((email.subject ?? '').trim())
  );
}

function kindOf(parts: Parts, recipients: readonly ReportedRecipient[]): ReturnedMail['kind'] {
  if (recipients.length > 0) return 'report';
  const disposition = parts
    .partsOf(/^message\/disposition-notification$/)
    .flatMap(fieldBlocks)
    .map((fields) => fields.get('disposition') ?? '');
  // What was deleted or refused unread was not displayed; it says no more than an automatic reply.
  if (disposition.some((text) => /;\s*displayed\b/i.test(text))) return 'displayed';
  if (disposition.length > 0) return 'auto_reply';
  if (parts.partsOf(/^message\/feedback-report$/).length > 0) return 'complaint';
  return isAutomaticReply(parts) ? 'auto_reply' : 'mail';
}

/** Readers named by receipts and complaints. */
function othersNamed(parts: Parts, kind: ReturnedMail['kind']): readonly string[] {
  if (kind !== 'displayed' && kind !== 'complaint') return [];
  const fields = parts
    .partsOf(/^message\/(?:disposition-notification|feedback-report)$/)
    .flatMap(fieldBlocks);
  return fields.flatMap((block) =>
    ['final-recipient', 'original-recipient', 'original-rcpt-to', 'removal-recipient'].flatMap(
      (name) => addressIn(block.get(name)) ?? [],
    ),
  );
}

/**
 * Reads a mail that came in for a return address: what kind it is, which readers and messages it speaks of. Believes nothing:
 * whether it is about a message of ours is for the caller to find out.
 *
 * Refuses: `mail_not_readable`.
 */
export async function readReturnedMail(raw: Uint8Array): Promise<ReturnedMail> {
  const parts = await takeApart(raw);
  const blocks = parts.partsOf(/^message\/(?:global-)?delivery-status$/).flatMap(fieldBlocks);
  const reported = blocks.flatMap((fields) => recipientOf(fields) ?? []).slice(0, RETURNED_RECIPIENTS_MAX);
  const recipients = reported.length > 0 ? reported : reportedInWords(parts);
  const kind = kindOf(parts, recipients);
  const named = [...new Set(othersNamed(parts, kind))];
  return {
    kind,
    hasReportPart: blocks.length > 0,
    recipients:
      kind === 'report'
        ? recipients
        : named.map((address) => ({
            address,
            originalAddress: undefined,
            action: 'delivered' as const,
            status: undefined,
            diagnostic: '',
            severity: 'soft' as const,
          })),
    identifiers: identifiersOf(parts),
    addresses: addressesOf(parts),
    from: (parts.email.from?.address ?? '').slice(0, 320),
    subject: (parts.email.subject ?? '').slice(0, 500),
    text: parts.text.slice(0, 4_000),
  };
}
