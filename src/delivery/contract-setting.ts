// The operations on how a company sends, and what a customer wants.

import { z } from 'zod';
import { WRITTEN_PROFILES } from '#einvoice/written-profile.ts';
import { day, dayText, idText, may, operation, type RefusalMeaning, textLine } from '#http/contract.ts';
import { DELIVERY_COPIES_MAX, VIEW_DAYS_MAX } from '#kernel/limits.ts';
import { CHANNELS } from './message.ts';
import { ATTACHED_FORMATS } from './sender.ts';

// — how a company sends, what a customer wants —

export const ADDRESS_NOT_VALID: RefusalMeaning = [
  400,
  'This is no address that can be sent to. Mail addresses look like anna@example.com, telephone numbers like +420601234567.',
];
const NETWORK_ADDRESS_NOT_VALID: RefusalMeaning = [
  400,
  'This is no electronic address: its scheme is unknown, or its check digits do not fit. Write it like 0088:7300010000001.',
];
const CHANNEL_TWICE: RefusalMeaning = [400, 'A way of sending stands in the list twice. Name each once.'];
export const COMPANY_NOT_FOUND: RefusalMeaning = [404, 'There is no company with this id.'];
const CUSTOMER_NOT_FOUND: RefusalMeaning = [404, 'There is no customer with this id.'];

const optionalLine = (max: number) => textLine(max).nullable().default(null);
const channelList = z.array(z.enum(CHANNELS)).max(CHANNELS.length);

const settingIn = z.object({
  /** The ways invoices go, the first first. */
  channels: channelList.min(1),
  /** Whether an invoice is sent as soon as it is issued. */
  deliversOnIssue: z.boolean(),
  fromName: optionalLine(200),
  fromAddress: optionalLine(254),
  replyTo: optionalLine(254),
  signature: z.string().trim().max(1_000).nullable().default(null),
  /** Where bounces come back to; each message adds a mark of its own behind a plus sign. */
  bounceAddress: optionalLine(254),
  asksForReceipt: z.boolean().default(false),
  attaches: z.array(z.enum(ATTACHED_FORMATS)).min(1).max(ATTACHED_FORMATS.length),
  /** For how many days the link in a mail shows its documents without signing in; null for no link. */
  viewDays: z.number().int().min(1).max(VIEW_DAYS_MAX).nullable().default(null),
  /** Whether reminders and statements carry a link by which their reader stops them or names another address. */
  offersStop: z.boolean().default(false),
});

/** How a company sends. */
export const readDeliverySetting = operation({
  id: 'read-delivery-setting',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/companies/:companyId/delivery',
  summary: 'How a company sends: who it is as a sender, by which ways, and what it attaches.',
  tag: 'Delivery',
  permission: 'book.read',
  params: z.object({ companyId: idText }),
  reply: z.object({
    ...settingIn.shape,
    channels: z.array(z.enum(CHANNELS)),
    attaches: z.array(z.enum(ATTACHED_FORMATS)),
    may: z.object({ change: may, test: may }),
  }),
  refusals: { company_not_found: COMPANY_NOT_FOUND },
});

/** Changes how a company sends. */
export const changeDeliverySetting = operation({
  id: 'change-delivery-setting',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/delivery',
  summary: 'Changes how a company sends.',
  tag: 'Delivery',
  permission: 'company.manage',
  params: z.object({ companyId: idText }),
  body: settingIn,
  reply: z.object({ companyId: idText }),
  refusals: {
    company_not_found: COMPANY_NOT_FOUND,
    delivery_address_not_valid: ADDRESS_NOT_VALID,
    bounce_address_too_long: [
      400,
      'The part of the bounce address before the @ is too long: each message adds a mark to it. 29 characters are the limit.',
    ],
    channel_twice: CHANNEL_TWICE,
  },
});

const preferenceIn = z.object({
  /** Null: as the company does. */
  channels: channelList.min(1).nullable().default(null),
  /** Whether the next way may be gone where one failed. */
  fallsBack: z.boolean().default(true),
  emailTo: optionalLine(254),
  copies: z.array(textLine(254)).max(DELIVERY_COPIES_MAX).default([]),
  attaches: z.array(z.enum(ATTACHED_FORMATS)).min(1).nullable().default(null),
  smsNumber: optionalLine(20),
  /** Where e-invoices are delivered to, with the scheme: `0088:7300010000001`. */
  networkAddress: optionalLine(150),
  /** The e-invoice the customer wants; nothing is issued that is not one by its rules. Null: none is wanted. */
  eInvoice: z.enum(WRITTEN_PROFILES).nullable().default(null),
  /** What documents say that name none of their own. */
  buyerReference: optionalLine(100),
  purchaseOrder: optionalLine(100),
  consentOn: day.nullable().default(null),
  consentNote: optionalLine(300),
});

const way = z.object({ channel: z.enum(CHANNELS), recipient: z.string(), name: z.string().nullable() });

/** How a customer is reached. */
export const readDeliveryPreference = operation({
  id: 'read-delivery-preference',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/delivery',
  summary: 'How a customer is reached: what the customer wants, and each way as it would be gone now.',
  tag: 'Delivery',
  permission: 'book.read',
  params: z.object({ customerId: idText }),
  query: z.object({ companyId: idText.optional() }),
  reply: z.object({
    channels: z.array(z.enum(CHANNELS)).nullable(),
    fallsBack: z.boolean(),
    emailTo: z.string().nullable(),
    copies: z.array(z.string()),
    attaches: z.array(z.enum(ATTACHED_FORMATS)).nullable(),
    smsNumber: z.string().nullable(),
    networkAddress: z.string().nullable(),
    eInvoice: z.enum(WRITTEN_PROFILES).nullable(),
    buyerReference: z.string().nullable(),
    purchaseOrder: z.string().nullable(),
    consentOn: dayText.nullable(),
    consentNote: z.string().nullable(),
    /** The ways in order of the customer, those left out that cannot be gone now. */
    ways: z.array(way),
    /** Set where a person posts documents issued from a day on in a portal of the customer, so that they are not sent by themselves. */
    byPortal: z.object({ portal: z.string(), from: dayText }).nullable(),
    may: z.object({ change: may }),
  }),
  refusals: { customer_not_found: CUSTOMER_NOT_FOUND, company_not_found: COMPANY_NOT_FOUND },
});

/** Changes how a customer is reached. */
export const changeDeliveryPreference = operation({
  id: 'change-delivery-preference',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/customers/:customerId/delivery',
  summary: 'Changes how a customer is reached.',
  tag: 'Delivery',
  permission: 'customer.edit',
  params: z.object({ customerId: idText }),
  body: preferenceIn,
  reply: z.object({ customerId: idText }),
  refusals: {
    customer_not_found: CUSTOMER_NOT_FOUND,
    delivery_address_not_valid: ADDRESS_NOT_VALID,
    network_address_not_valid: NETWORK_ADDRESS_NOT_VALID,
    leitweg_id_not_valid: [
      400,
      'The check digits of this Leitweg-ID are wrong. Compare it with the order, digit by digit.',
    ],
    channel_twice: CHANNEL_TWICE,
    too_many_copies: [400, 'More copies than that are a mailing. Ten addresses are the limit.'],
  },
});
