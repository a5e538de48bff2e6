// What the API offers on evidence packs: one archive of all that proves what a customer owes, drawn by a worker and kept.

import { z } from 'zod';
import { dayText, idText, may, momentText, operation, pageQuery } from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';

const TAG = 'Escalation';

/** What asking for a pack refuses, and why one could not be drawn. */
export const PACK_REFUSALS = {
  hand_over_not_found: [404, 'There is no such hand-over.'],
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  pack_empty: [409, 'The customer owes this company nothing, so there is nothing to prove.'],
  evidence_too_large: [413, 'There is too much for one archive. Download the proofs of invoices one by one.'],
  reference_rate_missing: [
    409,
    'A reference rate that the interest follows is not recorded for these days. Record it, then ask again.',
  ],
  invoice_not_found: [404, 'One of the invoices is not there any more.'],
  statement_too_long: [409, 'The account has too many lines for one statement.'],
  pdf_not_drawn: [409, 'The report could not be drawn. The logo may not be readable.'],
  logo_not_readable: [409, 'The logo of the company cannot be read. Replace it, then ask again.'],
  logo_too_large: [
    409,
    'The logo of the company is too large to be printed on every page. Replace it, then ask again.',
  ],
  pdf_time_limit: [
    409,
    'Its report has so much in it that it could not be drawn in time. Ask again when less goes on; or hand out the invoices in parts.',
  ],
  pdf_drawing_lost: [409, 'Drawing was interrupted several times. Ask again later.'],
  pack_not_drawn: [
    409,
    'It was tried several times and could not be made. Ask again; should that fail too, the log of the server says why.',
  ],
} as const;

const pack = z.object({
  packId: idText,
  companyId: idText,
  customerId: idText,
  /** The hand-over whose claim it is; null where it is all that is owed. */
  handOverId: idText.nullable(),
  handOverNumber: z.string().nullable(),
  /** `waiting` for a worker, being `drawn`, there, or given up (`problem` says why; ask again). */
  state: z.enum(['waiting', 'drawing', 'drawn', 'failed']),
  askedBy: z.string(),
  askedAt: momentText,
  /** Papers drawn so far, of how many; 0 of 0 while what goes in is read. */
  drawn: z.number().int(),
  toDraw: z.number().int(),
  /** It is still to be drawn and no worker was at it since: ask for it again. */
  stalledSince: momentText.nullable(),
  endedAt: momentText.nullable(),
  problem: z
    .object({ code: z.string(), message: z.string(), facts: z.record(z.string(), z.unknown()) })
    .nullable(),
  /** The day whose state it proves: that on which it was drawn. */
  asOf: dayText.nullable(),
  /** How many invoices, and instalments of invoices, it proves. */
  invoices: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  /** SHA-256 of the archive, hexadecimal. */
  sha256: z.string().nullable(),
  /** SHA-256 of the list inside (`manifest.json`), as `quittance evidence verify` prints it. */
  listSha256: z.string().nullable(),
  /** Its bytes were taken away, ten years after they were drawn. */
  removedAt: momentText.nullable(),
});

/** Asks for a pack. */
export const askForPack = operation({
  id: 'ask-for-evidence-pack',
  kind: 'command',
  method: 'POST',
  path: '/api/v1/evidence-packs',
  summary:
    'Has all that proves what a customer owes a company, or what an agency or lawyers are given of a hand-over, put into one archive (.zip) by a worker: a report as PDF (what is owed, notices with their proof, what happened, interest day by day with rates), invoices, statement, the bytes of what was sent, of a hand-over the claim as JSON and CSV, and a list of all with SHA-256. Where one of the same is being drawn, that one is meant; one at which no worker was for five minutes, or which none began for an hour, is begun again.',
  tag: TAG,
  permission: 'reminder.send',
  body: z.union([
    z.strictObject({ customerId: customerIdIn, companyId: companyIdIn }),
    z.strictObject({ handOverId: idText }),
  ]),
  reply: z.object({ packId: idText }),
  refusals: {
    hand_over_not_found: PACK_REFUSALS.hand_over_not_found,
    customer_not_found: PACK_REFUSALS.customer_not_found,
    company_not_found: PACK_REFUSALS.company_not_found,
    pack_empty: PACK_REFUSALS.pack_empty,
    evidence_too_large: PACK_REFUSALS.evidence_too_large,
    pack_just_drawn: [409, 'It was drawn in this very moment. Look at the packs that are there.'],
  },
});

/** Packs that were asked for. */
export const listPacks = operation({
  id: 'list-evidence-packs',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/evidence-packs',
  summary:
    'Evidence packs that were asked for, the newest first: who asked, how far each is, and of those that are there of which day, how large, and their SHA-256.',
  tag: TAG,
  permission: 'message.read',
  query: pageQuery.extend({
    customerId: customerIdIn.optional(),
    companyId: companyIdIn.optional(),
    handOverId: idText.optional(),
  }),
  reply: z.object({ rows: z.array(pack), next: z.string().nullable(), may: z.object({ ask: may }) }),
});

const PACK_NOT_FOUND = [404, 'There is no such evidence pack.'] as const;

/** One pack. */
export const getPack = operation({
  id: 'get-evidence-pack',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/evidence-packs/:packId',
  summary: 'One evidence pack, how far it is, and the invoices it proves with what was open of each.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ packId: idText }),
  reply: pack.extend({
    items: z.array(
      z.object({
        documentId: idText,
        reference: z.string(),
        open: z.object({ amount: z.string(), currency: z.string() }),
      }),
    ),
  }),
  refusals: { pack_not_found: PACK_NOT_FOUND },
});

/** The bytes of a pack. */
export const downloadPack = operation({
  id: 'download-evidence-pack',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/evidence-packs/:packId/file',
  summary: 'The archive of an evidence pack (.zip), the very bytes each time, for ten years.',
  tag: TAG,
  permission: 'message.read',
  params: z.object({ packId: idText }),
  produces: ['application/zip'],
  refusals: {
    pack_not_found: PACK_NOT_FOUND,
    pack_not_ready: [409, 'The pack is still being drawn, or could not be: get-evidence-pack says which.'],
    pack_removed: [409, 'The pack was taken away ten years after it was drawn; its SHA-256 is still there.'],
  },
});
