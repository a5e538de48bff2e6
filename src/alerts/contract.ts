// What the API offers on alerts: at which hour one's mail of the day comes, and what one does not want to be told.

import { z } from 'zod';
import { operation } from '#http/contract.ts';
import { ALERT_KINDS } from './alert.ts';

export { ALERT_KINDS };

const TAG = 'Tasks';

/** Hours of a day, from midnight to an hour before it. */
const hour = z.number().int().min(0).max(23);
const off = z.array(z.enum(ALERT_KINDS)).max(ALERT_KINDS.length);

/** One's own. */
export const readAlerts = operation({
  id: 'read-alert-setting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/alert-setting',
  summary: 'At which hour of the tenant’s day one’s mail of the day comes, and what one is not told.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    hour,
    off,
    /** Whether one is told anything: keys are not, nor who does not collect. */
    isTold: z.boolean(),
  }),
});

export const changeAlerts = operation({
  id: 'change-alert-setting',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/alert-setting',
  summary: 'States at which hour of the tenant’s day one’s mail of the day comes, and what one is not told.',
  tag: TAG,
  permission: 'call.record',
  body: z.object({ hour, off }),
  reply: z.object({ hour, off }),
  refusals: {
    alerts_of_nobody: [409, 'A key is told nothing. Sign in as the person whose mails these are.'],
  },
});

export * from './contract-channels.ts';
