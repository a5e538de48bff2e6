// What the API offers on channels of chat services that are told what concerns everybody above.

import { z } from 'zod';
import { idText, may, momentText, operation, textLine } from '#http/contract.ts';
import { CHANNEL_KINDS, POST_OUTCOMES } from './channel.ts';

export { CHANNEL_KINDS };

const TAG = 'Tasks';
const kinds = z.array(z.enum(CHANNEL_KINDS)).min(1).max(CHANNEL_KINDS.length);

/** All of them. */
export const listAlertChannels = operation({
  id: 'list-alert-channels',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/alert-channels',
  summary:
    'Channels of chat services that are told what concerns everybody, with what came of the last post.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        channelId: z.string(),
        name: z.string(),
        /** Of the address; the rest of it is kept as a password is. */
        host: z.string(),
        isSigned: z.boolean(),
        kinds: z.array(z.enum(CHANNEL_KINDS)),
        inUse: z.boolean(),
        last: z.object({ at: momentText, outcome: z.enum(POST_OUTCOMES), words: z.string() }).nullable(),
      }),
    ),
    may: z.object({ put: may }),
  }),
});

/** Adds or changes one. */
export const putAlertChannel = operation({
  id: 'put-alert-channel',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/alert-channels',
  summary:
    'Adds a channel of a chat service, or changes one: the address it takes posts at (JSON with a `text`), and what it is told.',
  tag: TAG,
  permission: 'company.manage',
  body: z.object({
    channelId: idText.optional(),
    name: textLine(100),
    /** Left out, as before. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** Posts are signed with it; null: not any more; left out, as before. */
    signingKey: z.string().min(16).max(200).nullable().optional(),
    kinds,
    inUse: z.boolean().default(true),
  }),
  reply: z.object({ channelId: z.string() }),
  refusals: {
    alert_channel_not_found: [404, 'There is no such channel.'],
    alert_channel_address_missing: [400, 'Give the address that the chat service made for the channel.'],
  },
});
