// Listening for returned mail, where that is set up: our own small mail server, which takes mail for return addresses only.

import { type MailReceiver, openMailReceiver, readListenAddress } from '#carriers/receive-mail.ts';
import type { JobTools } from '#identity/make-system-context.ts';
import { acceptsInbound, keepInbound } from './record-inbound.ts';

/**
 * Listens at an address such as `0.0.0.0:2525` for mail that comes back; nothing without one. The domain of the bounce address
 * needs an MX record that leads here.
 *
 * Refuses: `inbound_address_not_valid`.
 */
export async function openInbound(
  listen: string | undefined,
  tools: Pick<JobTools, 'door' | 'contextOf' | 'log'>,
): Promise<MailReceiver | undefined> {
  if (listen === undefined || listen === '') return undefined;
  return openMailReceiver({
    ...readListenAddress(listen),
    accepts: (address) => acceptsInbound(tools, address),
    keep: async (mail) => {
      await keepInbound(tools, mail);
    },
    onTrouble: (error) => tools.log.error({ err: error }, 'a mail that came in could not be kept'),
  });
}
