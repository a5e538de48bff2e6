// The way messages leave: through the mail server that is set up, or into the built-in outbox where there is none.

import type { OAuthGrant } from '#carriers/refresh-token.ts';
import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Transport } from './send-message.ts';

/**
 * By what tokens for the mail server are asked for, as the operator set it: `SMTP_OAUTH_TOKEN_URL`, `SMTP_OAUTH_CLIENT_ID`,
 * `SMTP_OAUTH_CLIENT_SECRET`, `SMTP_OAUTH_REFRESH_TOKEN` and `SMTP_OAUTH_SCOPE`; nothing where no such token is set.
 *
 * Refuses: `smtp_oauth_not_whole`.
 */
export function readSmtpOAuth(env: Readonly<Record<string, string | undefined>>): OAuthGrant | undefined {
  const refreshToken = env.SMTP_OAUTH_REFRESH_TOKEN;
  if (!refreshToken) return undefined;
  const { SMTP_OAUTH_TOKEN_URL: tokenUrl, SMTP_OAUTH_CLIENT_ID: clientId } = env;
  if (!tokenUrl || !URL.canParse(tokenUrl) || !clientId) throw new Refusal('smtp_oauth_not_whole');
  const clientSecret = env.SMTP_OAUTH_CLIENT_SECRET || undefined;
  return { tokenUrl, clientId, clientSecret, refreshToken, scope: env.SMTP_OAUTH_SCOPE || undefined };
}

/** How long connections to a mail server are kept open for the next message; they would keep a program from ending. */
const IDLE_MS_MAX = 2_000;

/**
 * Opens the way to the mail server at an address such as `smtp://user:password@host:587`; without one, the built-in
 * outbox. Connects only when there is something to send, and lets go of the connections when there is nothing more.
 *
 * `oauth`: it is signed in to by tokens, see `readSmtpOAuth`. Refuses: `smtp_url_not_valid`.
 */
export function openTransport(smtpUrl: string | undefined, oauth?: OAuthGrant): Transport {
  if (smtpUrl === undefined || smtpUrl === '') return { kind: 'outbox' };
  // Refused now rather than at the first message.
  closeSmtp(openSmtp(smtpUrl, { oauth }));
  let smtp: Smtp | undefined;
  let onTheWay = 0;
  let idle: NodeJS.Timeout | undefined;
  const letGo = () => {
    if (smtp) closeSmtp(smtp);
    smtp = undefined;
  };
  return {
    kind: 'smtp',
    send: async (envelope, raw) => {
      clearTimeout(idle);
      onTheWay += 1;
      smtp ??= openSmtp(smtpUrl, { oauth });
      try {
        return await sendMail(smtp, envelope, raw);
      } finally {
        onTheWay -= 1;
        if (onTheWay === 0) idle = setTimeout(letGo, IDLE_MS_MAX);
      }
    },
  };
}
