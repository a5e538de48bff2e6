// The way messages leave: through the mail server that is set up, or into the built-in outbox where there is none.

import { closeSmtp, openSmtp, type Smtp, sendMail } from '#carriers/send-mail.ts';
import type { Transport } from './send-message.ts';

/** How long connections to a mail server are kept open for the next message; they would keep a program from ending. */
const IDLE_MS_MAX = 2_000;

/**
 * Opens the way to the mail server at an address such as `smtp://user:password@host:587`; without one, the built-in
 * outbox. Connects only when there is something to send, and lets go of the connections when there is nothing more.
 *
 * Refuses: `smtp_url_not_valid`.
 */
export function openTransport(smtpUrl: string | undefined): Transport {
  if (smtpUrl === undefined || smtpUrl === '') return { kind: 'outbox' };
  // Refused now rather than at the first message.
  closeSmtp(openSmtp(smtpUrl));
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
      smtp ??= openSmtp(smtpUrl);
      try {
        return await sendMail(smtp, envelope, raw);
      } finally {
        onTheWay -= 1;
        if (onTheWay === 0) idle = setTimeout(letGo, IDLE_MS_MAX);
      }
    },
  };
}
