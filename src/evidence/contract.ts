// What the API offers on evidence packs: one archive of all that proves what a customer owes.

import { z } from 'zod';
import { idText, operation } from '#http/contract.ts';
import { companyIdIn, customerIdIn } from '#parties/contract.ts';

const PACK = {
  customer_not_found: [404, 'There is no such customer. Search by number or name.'],
  company_not_found: [404, 'There is no such company. See the list of companies.'],
  pack_empty: [409, 'The customer owes this company nothing, so there is nothing to prove.'],
  evidence_too_large: [413, 'There is too much for one archive. Download the proofs of invoices one by one.'],
  reference_rate_missing: [
    409,
    'A reference rate that the interest follows is not recorded for these days. Record it, then repeat.',
  ],
  invoice_not_found: [404, 'One of the invoices is not there any more.'],
  statement_too_long: [409, 'The account has too many lines for one statement.'],
  pdf_not_drawn: [409, 'The report could not be drawn. The logo may not be readable.'],
  logo_not_readable: [409, 'The logo of the company cannot be read. Replace it.'],
  pdf_drawing_lost: [409, 'Drawing was interrupted. Repeat it.'],
} as const;

/** What an agency or lawyers are given. */
export const downloadHandOverPack = operation({
  id: 'download-hand-over-pack',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/hand-overs/:handOverId/pack',
  summary:
    'What an agency or lawyers are given of a hand-over, as one archive (.zip): the claim as JSON and CSV, and the evidence pack of its invoices, all listed with SHA-256.',
  tag: 'Escalation',
  permission: 'message.read',
  params: z.object({ handOverId: idText }),
  produces: ['application/zip'],
  refusals: { hand_over_not_found: [404, 'There is no such hand-over.'], ...PACK },
});

/** The pack of a customer. */
export const downloadPack = operation({
  id: 'download-evidence-pack',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/customers/:customerId/companies/:companyId/evidence',
  summary:
    'All that proves what a customer owes a company, as one archive (.zip): a report as PDF (what is owed, notices with their proof, what happened, interest day by day with rates), invoices, statement, the bytes of what was sent, and a list of all with SHA-256.',
  tag: 'Escalation',
  permission: 'message.read',
  params: z.object({ customerId: customerIdIn, companyId: companyIdIn }),
  produces: ['application/zip'],
  refusals: PACK,
});
