// What the API offers on what collecting brought: the report, the contacts behind a figure, the money behind a contact.

import { z } from 'zod';
import {
  day,
  dayText,
  idText,
  moment,
  momentText,
  moneyText,
  operation,
  pageOf,
  pageQuery,
} from '#http/contract.ts';
import {
  EFFECT_PERIOD_DAYS_MAX,
  EFFECT_WINDOW_DAYS,
  EFFECT_WINDOW_DAYS_MAX,
} from '#kernel/limits-collecting.ts';
import { companyIdIn, customerBrief } from '#parties/contract.ts';
import { DIMENSIONS, EFFECT_FORMULA } from './effect.ts';

export { DIMENSIONS, EFFECT_FORMULA };

const TAG = 'Effects';

const asked = {
  /** The days on which the contacts were made; left out, the ninety up to `asOf`. */
  from: day.optional(),
  to: day.optional(),
  /** How long after a contact money is credited to it. */
  windowDays: z.coerce.number().int().min(1).max(EFFECT_WINDOW_DAYS_MAX).default(EFFECT_WINDOW_DAYS),
  asOf: day.optional(),
  knownAt: moment.optional(),
  companyId: companyIdIn.optional(),
};

const REFUSALS = {
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  effect_days_reversed: [400, 'The first day lies after the last. Change one of them.'],
  effect_days_too_many: [400, `At most ${EFFECT_PERIOD_DAYS_MAX} days are reported at once. Choose fewer.`],
} as const;

const effect = z.object({
  contacts: z.number().int(),
  /** Left and did not come back, or somebody was spoken to. */
  reached: z.number().int(),
  /** Contacts that a promise followed, and that money followed. */
  withPromise: z.number().int(),
  withCash: z.number().int(),
  promises: z.number().int(),
  promised: moneyText,
  /** What of it came in time. */
  kept: moneyText,
  cash: moneyText,
  /** Days from the contact to the money, weighted by it; null where none came. */
  meanDays: z.number().nullable(),
});

const stamp = {
  formula: z.literal(EFFECT_FORMULA),
  from: dayText,
  to: dayText,
  windowDays: z.number().int(),
  asOf: dayText,
  knownAt: momentText.nullable(),
};

const reportQuery = z.object({ ...asked, by: z.enum(DIMENSIONS).default('step') });

/** The report. */
export const readEffects = operation({
  id: 'read-effects',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/effects',
  summary:
    'What contacts brought: promises and money that followed them, each cent credited once to the last contact before it.',
  tag: TAG,
  permission: 'report.read',
  query: reportQuery,
  reply: z.object({
    ...stamp,
    by: z.enum(DIMENSIONS),
    currencies: z.array(
      z.object({
        currency: z.string(),
        total: effect,
        rows: z.array(effect.extend({ key: z.string().nullable(), label: z.string() })),
        /** Money by days after the contact, from the first to the last of the window. */
        byLag: z.array(moneyText),
        /** All money applied of those days: credited to these contacts, to others, or to none. */
        tie: z.object({
          applied: moneyText,
          credited: moneyText,
          elsewhere: moneyText,
          uncredited: moneyText,
        }),
      }),
    ),
    may: z.object({ review: z.boolean() }),
  }),
  refusals: REFUSALS,
});

/** The report as a file. */
export const exportEffects = operation({
  id: 'export-effects',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/effects.csv',
  summary: 'What contacts brought, as delimited text.',
  tag: TAG,
  permission: 'report.read',
  query: reportQuery,
  produces: ['text/csv'],
  refusals: REFUSALS,
});

/** The contacts behind a figure. */
export const listEffectContacts = operation({
  id: 'list-effect-contacts',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/effect-contacts',
  summary: 'The contacts behind a figure of the report, with the money credited to each, the latest first.',
  tag: TAG,
  permission: 'report.read',
  query: pageQuery.extend({
    ...asked,
    by: z.enum(DIMENSIONS).default('step'),
    /** A value of the dimension, as the report gives it; `-` for contacts that have none, left out for all. */
    key: z.string().max(200).optional(),
  }),
  reply: pageOf(
    z.object({
      contactId: z.string(),
      kind: z.enum(['reminder', 'call']),
      on: dayText,
      customer: customerBrief,
      step: z.string(),
      template: z.string().nullable(),
      channel: z.string(),
      collector: z.string(),
      reached: z.boolean(),
      cash: moneyText,
    }),
  ).extend(stamp),
  refusals: REFUSALS,
});

/** The money behind a contact. */
export const readContactCash = operation({
  id: 'read-contact-cash',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/effect-contacts/:contactId/cash',
  summary:
    'The money credited to one contact: a row for each application, those taken back with the sign changed.',
  tag: TAG,
  permission: 'report.read',
  params: z.object({ contactId: idText }),
  query: z.object(asked),
  reply: z.object({
    ...stamp,
    rows: z.array(
      z.object({
        applicationId: z.string(),
        paymentId: z.string(),
        paymentNumber: z.string(),
        reference: z.string(),
        documentId: z.string(),
        receivedOn: dayText,
        lagDays: z.number().int(),
        amount: moneyText,
      }),
    ),
  }),
  refusals: { ...REFUSALS, contact_not_made: [404, 'There is no reminder and no call with this id.'] },
});
