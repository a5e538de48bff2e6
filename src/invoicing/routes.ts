// HTTP of invoicing: contract to command, reading or file.

import { keepContent } from '#attachments/keep-content.ts';
import { carryOut } from '#command/command.ts';
import { isValid } from '#einvoice/validate.ts';
import { writeEInvoice } from '#einvoice/write.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { parseDate } from '#kernel/calendar.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkLetterheads } from '#printing/letterhead.ts';
import { checkExtras } from '#printing/print-extras.ts';
import { usualStyle } from '#printing/print-style.ts';
import { requireWindow } from '#printing/require-window.ts';
import { addSupplement } from './add-supplement.ts';
import { applyCredit } from './apply-credit.ts';
import { calculateInvoice } from './calculate-invoice.ts';
import * as contract from './contract.ts';
import { creditInvoice } from './credit-invoice.ts';
import { deliverInvoices } from './deliver-invoices.ts';
import { calculationReply, creditNoteReply, findingReply, invoiceReply, rowReply } from './invoice-reply.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { issueInvoice } from './issue-invoice.ts';
import { listInvoices } from './list-invoices.ts';
import { readCreditDraft } from './print-credit-draft.ts';
import { readDraftDocument } from './print-draft.ts';
import { printInvoice, readInvoiceDocument, readPrintable } from './print-invoice.ts';
import { readEInvoice, readFindings } from './read-e-invoice.ts';
import { type EInvoiceCheck, readCreditEInvoiceCheck, readEInvoiceCheck } from './read-e-invoice-check.ts';
import { readInvoice } from './read-invoice.ts';
import { readPlannedFindings } from './read-planned.ts';
import { goesByPost } from './read-way.ts';
import { CREDIT_REASONS, reasonLabel } from './reason-for-credit.ts';
import { replaceCreditReasons } from './replace-credit-reasons.ts';
import { replaceFootnotes } from './replace-footnotes.ts';
import { replaceMessage } from './replace-message.ts';
import { messageRoutes } from './routes-messages.ts';
import { findCreditReasons } from './store-credits.ts';
import { findFootnotes } from './store-footnotes.ts';
import { voidInvoice } from './void-invoice.ts';

export const routes: readonly Route[] = [
  route(contract.issueInvoice, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, issueInvoice, body, { commandId, rehearse }),
  ),

  route(contract.calculateInvoice, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => calculationReply(await calculateInvoice(tx, body))),
  ),

  route(contract.checkInvoice, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => ({
      findings: [...(await readPlannedFindings(tx, body, context.today))],
    })),
  ),

  route(contract.previewInvoice, async ({ door, context, body }) => {
    const [document, isPosted] = await readSnapshot(door, context, async (tx) => [
      await readDraftDocument(tx, body, context.today),
      await goesByPost(tx, body),
    ]);
    const { fileName, pdf } = await printInvoice({ document });
    const style = document.seller.style ?? usualStyle(document.seller.country);
    if (isPosted) await requireWindow(pdf, style.window);
    return { fileName, contentType: 'application/pdf', body: pdf, inline: true };
  }),

  route(contract.checkEInvoice, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => checkReply(await readEInvoiceCheck(tx, body, context.today))),
  ),

  route(contract.checkCreditEInvoice, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) =>
      checkReply(await readCreditEInvoiceCheck(tx, body, context.today)),
    ),
  ),

  route(contract.issueCreditNote, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, issueCreditNote, body, { commandId, rehearse }).then(creditNoteReply),
  ),

  route(contract.creditInvoice, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, creditInvoice, { ...params, ...body }, { commandId, rehearse }).then(
      creditNoteReply,
    ),
  ),

  route(contract.previewCreditNote, async ({ door, context, body }) => {
    const document = await readSnapshot(door, context, (tx) => readCreditDraft(tx, body, context.today));
    const { fileName, pdf } = await printInvoice({ document });
    return { fileName, contentType: 'application/pdf', body: pdf, inline: true };
  }),

  route(contract.readCreditReasons, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => {
      const own = await findCreditReasons(tx);
      return {
        reasons: [
          ...CREDIT_REASONS.map((code) => ({
            code,
            label: reasonLabel(code, own, 'en'),
            own: false,
            names: {},
          })),
          ...own.map(({ code, label, names }) => ({ code, label, own: true, names: { ...names } })),
        ],
      };
    }),
  ),

  route(contract.replaceCreditReasons, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, replaceCreditReasons, body, { commandId, rehearse }),
  ),

  route(contract.applyCredit, async ({ door, context, params, body, commandId, rehearse }) => {
    const applied = await carryOut(
      door,
      context,
      applyCredit,
      { ...params, ...body },
      { commandId, rehearse },
    );
    return { ...applied, applications: [...applied.applications], items: [...applied.items] };
  }),

  route(contract.voidInvoice, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, voidInvoice, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.deliverInvoices, async ({ door, context, body, commandId, rehearse }) => {
    const { queued, results } = await carryOut(door, context, deliverInvoices, body, { commandId, rehearse });
    return { queued, results: [...results] };
  }),

  route(contract.replaceMessage, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, replaceMessage, params, { commandId, rehearse }),
  ),

  route(contract.addSupplement, async ({ door, context, params, upload, commandId, rehearse }) => {
    const file = await keepContent(door.pool, context, present(upload, 'the operation carries a file'));
    return carryOut(door, context, addSupplement, { ...params, file }, { commandId, rehearse });
  }),

  route(contract.listInvoices, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const { q: text, limit, after, ...filter } = query;
      const found = await listInvoices(
        tx,
        { ...filter, text },
        { after: readCursor(after, [parseDate, idKey]), limit: limit + 1 },
        context.today,
      );
      const page = pageOfRows(found, limit, (listed) => listed.keys);
      return { rows: page.rows.map(rowReply), next: page.next };
    }),
  ),

  route(contract.readEInvoice, async ({ door, context, params, query }) => {
    const invoice = await readSnapshot(door, context, (tx) => readEInvoice(tx, params.invoiceId, query));
    const fileName = `${invoice.number ?? params.invoiceId}.xml`;
    return { fileName, contentType: 'application/xml', body: writeEInvoice(invoice) };
  }),

  route(contract.readEInvoiceFindings, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const findings = await readFindings(tx, params.invoiceId, query.profile);
      return { valid: isValid(findings), findings: findings.map(findingReply) };
    }),
  ),

  route(contract.readFootnotes, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const { id } = await takeCompany(tx, params.companyId);
      return { footnotes: [...(await findFootnotes(tx, id))] };
    }),
  ),

  route(contract.replaceFootnotes, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, replaceFootnotes, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readInvoice, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) =>
      invoiceReply(await readInvoice(tx, params.invoiceId, context.today), context),
    ),
  ),

  route(contract.previewLook, async ({ door, context, params, body }) => {
    if (body.extras) checkExtras(body.extras);
    if (body.letterheads) checkLetterheads(body.letterheads);
    const document = await readSnapshot(door, context, (tx) =>
      readInvoiceDocument(tx, params.invoiceId, body),
    );
    const { fileName, pdf } = await printInvoice({ document });
    return { fileName, contentType: 'application/pdf', body: pdf, inline: true };
  }),

  route(contract.printInvoice, async ({ door, context, params }) => {
    const printable = await readSnapshot(door, context, (tx) => readPrintable(tx, params.invoiceId));
    const { fileName, pdf } = await printInvoice(printable);
    return { fileName, contentType: 'application/pdf', body: pdf, inline: true };
  }),
  ...messageRoutes,
];

function checkReply({ profile, findings, usual }: EInvoiceCheck) {
  return {
    profile: profile ?? null,
    valid: isValid(findings),
    findings: findings.map(findingReply),
    usual: { ...usual, footnotes: [...usual.footnotes] },
  };
}
