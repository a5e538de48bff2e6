// An invoice from the request to what the customer is given: issued by the command, its PDF with the data inside, and its XML;
// against the PDF engine alone, which draws the same pages and knows nothing of books.

import { carryOut } from '#command/command.ts';
import { inTenant } from '#db/transaction.ts';
import { issueInvoice } from '#invoicing/issue-invoice.ts';
import { printInvoice, readPrintable } from '#invoicing/print-invoice.ts';
import { readXml } from '#invoicing/read-e-invoice.ts';
import { present } from '#kernel/assert.ts';
import { addDays } from '#kernel/calendar.ts';
import type { InvoiceId } from '#kernel/id.ts';
import { changeCompany } from '#parties/change-company.ts';
import { closePdf } from '#printing/render-pdf.ts';
import { foundBusiness } from './business.ts';
import { contextIn, type Ground } from './ground.ts';
import { median, type RaceOptions, race, timed } from './measure.ts';
import { documentOf, openEngine } from './print.ts';
import { comparison, type ResultRow, remark, shownMs } from './results.ts';

const LINES = 20;
const DOCUMENTS = 10;
const RATIO_MAX = 3;

/** Issuing, drawing and writing invoices of twenty lines, one after the other. */
export async function measureWholeInvoices(
  ground: Ground,
  options: RaceOptions,
): Promise<readonly ResultRow[]> {
  const { tenantId, companyId, customerIds } = await foundBusiness(ground);
  const context = () => contextIn(tenantId);
  await carryOut(ground.door, context(), changeCompany, {
    companyId,
    wanted: {
      street: 'Long street 1',
      postalCode: '89073',
      city: 'Ulm',
      taxId: 'DE123456789',
      email: 'desk@example.test',
      iban: 'DE02120300000000202051',
    },
  });
  let made = 0;
  const issue = async (): Promise<InvoiceId> => {
    made += 1;
    const { today } = context();
    const { invoiceId } = await carryOut(ground.door, context(), issueInvoice, {
      companyId,
      customerId: present(customerIds[made % customerIds.length], 'a business has customers'),
      issuedOn: today,
      dueOn: addDays(today, 30),
      currency: 'EUR',
      lines: Array.from({ length: LINES }, (_, line) => ({
        description: `Lamp ${line} of invoice ${made}`,
        detail: 'A lamp',
        quantity: { digits: 3n, scale: 0 },
        unit: 'pcs',
        unitPrice: { digits: 3500n, scale: 2 },
        taxCategory: 'S',
        taxPercent: { digits: 19n, scale: 0 },
      })),
    });
    return invoiceId as InvoiceId;
  };
  const whole = async (): Promise<void> => {
    const id = await issue();
    const read = await inTenant(ground.door.pool, tenantId, (tx) => readPrintable(tx, id), {
      snapshot: true,
    });
    if (typeof read.data !== 'object') throw new Error(`the PDF has no data: ${read.data}`);
    await printInvoice(read);
    await inTenant(ground.door.pool, tenantId, (tx) => readXml(tx, id, 'en16931_ubl'), { snapshot: true });
  };
  const engine = openEngine();
  let drawn = 0;
  const alone = async (): Promise<void> => {
    drawn += 1;
    engine(documentOf(1_000_000 + drawn));
  };
  const times = await race(
    [
      { name: 'issued, PDF and XML', run: () => each(whole) },
      { name: 'engine alone', run: () => each(alone) },
    ],
    options,
  );
  await closePdf();
  const [all, bare] = [times.get('issued, PDF and XML'), times.get('engine alone')];
  if (!all || !bare) return [];
  const subject = `an invoice of ${LINES} lines`;
  const ms = median(all.ms);
  return [
    comparison(subject, all, bare, { ratioMax: RATIO_MAX }),
    remark(`${subject}: issued, PDF and XML`, `${shownMs(ms)}, ${Math.round(1_000 / ms)} in a second`),
  ];
}

async function each(work: () => Promise<void>): Promise<number> {
  const total = await timed(async () => {
    for (let n = 0; n < DOCUMENTS; n += 1) await work();
  });
  return total / DOCUMENTS;
}
