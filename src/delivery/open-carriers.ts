// The ways besides mail, as they are set up by the environment: a letter service, an SMS service, the folder of an access point.

import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { putDocument } from '#carriers/put-network-document.ts';
import { askLetterAccount, readLetterStatus } from '#carriers/read-letter-status.ts';
import type { Answer } from '#carriers/read-over-http.ts';
import { sendLetter } from '#carriers/send-letter.ts';
import { askSmsAccount, sendSms } from '#carriers/send-sms.ts';
import type { TenantId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Carriers, TriedOut } from './send-message.ts';
import { type CallbackAccount, smsCallbackUrl } from './serve-callbacks.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The values of a group of variables: all of them, or nothing where none is set. Refuses: `carrier_not_complete`. */
function allOf<N extends string>(env: Environment, names: readonly N[]): Record<N, string> | undefined {
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) throw new Refusal('carrier_not_complete', { missing });
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<N, string>;
}

/** The folder of a tenant, so that one access point never sees what another tenant sends. */
export function networkFolderOf(folder: string, tenantId: TenantId): string {
  return join(folder, tenantId);
}

/**
 * Opens the ways that are set up: `QUITTANCE_LETTER_URL`, `_USER`, `_KEY`; `QUITTANCE_SMS_URL`, `_ACCOUNT`, `_TOKEN`, `_FROM`;
 * `QUITTANCE_NETWORK_FOLDER`. Letters are printed here where there is no service.
 *
 * Refuses: `carrier_not_complete`.
 */
export function openCarriers(env: Environment): Carriers {
  const letter = allOf(env, ['QUITTANCE_LETTER_URL', 'QUITTANCE_LETTER_USER', 'QUITTANCE_LETTER_KEY']);
  const sms = allOf(env, [
    'QUITTANCE_SMS_URL',
    'QUITTANCE_SMS_ACCOUNT',
    'QUITTANCE_SMS_TOKEN',
    'QUITTANCE_SMS_FROM',
  ]);
  const folder = env.QUITTANCE_NETWORK_FOLDER;
  return {
    ...(letter ? { post: letterCarrier(letter, env.QUITTANCE_LETTER_TEST === '1') } : {}),
    ...(sms ? { sms: smsCarrier(sms, env.QUITTANCE_URL) } : {}),
    ...(folder ? { network: networkCarrier(folder) } : {}),
  };
}

/** Whose callbacks about text messages are believed; nobody's, where the service or the address of the server is not set up. */
export function callbackAccountOf(env: Environment): CallbackAccount | undefined {
  const { QUITTANCE_SMS_TOKEN: token, QUITTANCE_URL: publicUrl } = env;
  return token && publicUrl ? { token, publicUrl } : undefined;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function triedOut(answer: Answer): TriedOut {
  if (answer.kind === 'no_answer') return { works: false, answer: answer.text };
  return { works: answer.status === 200, answer: `${answer.status} ${answer.text}`.trim() };
}

async function tryFolder(folder: string): Promise<TriedOut> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
    return { works: true, answer: 'the folder can be read and written' };
  } catch (error) {
    return { works: false, answer: error instanceof Error ? error.message : String(error) };
  }
}

function letterCarrier(
  set: Record<'QUITTANCE_LETTER_URL' | 'QUITTANCE_LETTER_USER' | 'QUITTANCE_LETTER_KEY', string>,
  isTest: boolean,
): NonNullable<Carriers['post']> {
  const account = {
    url: set.QUITTANCE_LETTER_URL,
    user: set.QUITTANCE_LETTER_USER,
    key: set.QUITTANCE_LETTER_KEY,
    isTest,
    colour: 'black',
    duplex: true,
  } as const;
  return {
    kind: 'letter_service',
    send: ({ messageId, file }) => sendLetter(account, messageId, file),
    about: `${hostOf(account.url)}, as ${account.user}${isTest ? '; tries out only, prints nothing' : ''}`,
    tryOut: async () => triedOut(await askLetterAccount(account)),
    askAbout: (reference) => readLetterStatus(account, reference),
  };
}

function smsCarrier(
  set: Record<
    'QUITTANCE_SMS_URL' | 'QUITTANCE_SMS_ACCOUNT' | 'QUITTANCE_SMS_TOKEN' | 'QUITTANCE_SMS_FROM',
    string
  >,
  publicUrl: string | undefined,
): NonNullable<Carriers['sms']> {
  const account = {
    url: set.QUITTANCE_SMS_URL,
    accountId: set.QUITTANCE_SMS_ACCOUNT,
    token: set.QUITTANCE_SMS_TOKEN,
    from: set.QUITTANCE_SMS_FROM,
  };
  return {
    kind: 'sms_service',
    send: ({ tenantId, recipient, file }) => {
      const callbackUrl = publicUrl ? smsCallbackUrl(publicUrl, tenantId) : undefined;
      return sendSms({ ...account, callbackUrl }, recipient, new TextDecoder().decode(file));
    },
    about: `${hostOf(account.url)}, from ${account.from}`,
    tryOut: async () => triedOut(await askSmsAccount(account)),
  };
}

function networkCarrier(folder: string): NonNullable<Carriers['network']> {
  return {
    kind: 'network_folder',
    about: folder,
    tryOut: () => tryFolder(folder),
    send: ({ tenantId, messageId, recipient, file }) =>
      putDocument(networkFolderOf(folder, tenantId), { messageId, recipient, file }),
  };
}
