// Over HTTP: mail that comes in, how companies send, how customers are reached, and what did not arrive.

import { readProofs } from '#attachments/read-attachments.ts';
import { carryOut } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { EVIDENCE_MESSAGES_MAX, INBOUND_MAIL_BYTES_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { mayDo } from '#parties/may.ts';
import { idKey, pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies, readCustomers, takeCompany, takeCustomer } from '#parties/take-party.ts';
import { batchList, type ListedLetter } from './batch-form.ts';
import { beginBatch, beginBatchAgain, stalledSince } from './begin-batch.ts';
import type { MessageSource } from './begin-sending.ts';
import { changePreference, changeSetting } from './change-delivery.ts';
import * as contract from './contract.ts';
import { exportEvidence } from './export-evidence.ts';
import type { ProblemKind, SuppressionReason } from './fate.ts';
import type { MessageChannel, MessageState, StoppedPurpose } from './message.ts';
import { markBatchPosted, printBatch } from './post-letters.ts';
import { channelsOf, wayBy } from './preference.ts';
import { describeAttempt, describeMessages, describeSignal } from './read-message.ts';
import { readReach } from './read-reach.ts';
import { takeInbound } from './record-inbound.ts';
import { requestTestMail } from './request-test-mail.ts';
import { liftStop, settleProblem, stopAddress } from './settle-problem.ts';
import { findAttempts, findMessages } from './store.ts';
import { findSetting } from './store-channels.ts';
import { countProblems, findInbound, findProblems, findSignals, findSuppressions } from './store-fate.ts';
import { countLetters, findBatchContents, findBatches, findBatchFile } from './store-post.ts';
import { findTest } from './store-tests.ts';

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > INBOUND_MAIL_BYTES_MAX)
      throw new Refusal('mail_file_too_large', { bytesMax: INBOUND_MAIL_BYTES_MAX });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Where a list by moment ended. */
function momentCursor(after: string | undefined): readonly [Temporal.Instant, string] | undefined {
  return readCursor<readonly [Temporal.Instant, string]>(after, [
    (text) => Temporal.Instant.from(text),
    idKey,
  ]);
}

const receive = route(contract.receiveInboundMail, async ({ door, context, upload }) => {
  const raw = await bytesOf(present(upload, 'the contract asks for a file').stream);
  return takeInbound({ door, contextOf: async () => context }, context.tenantId, { to: [], raw });
});

const readPreference = route(contract.readDeliveryPreference, ({ door, context, params, query }) =>
  readSnapshot(door, context, async (tx) => {
    const customerId = params.customerId as CustomerId;
    const companies = query.companyId
      ? [await takeCompany(tx, query.companyId as CompanyId)]
      : await listCompanies(tx);
    await takeCustomer(tx, customerId);
    const reach = present(
      (await readReach(tx, companies[0]?.id ?? null, [customerId], 'invoice')).get(customerId),
      'a customer that is there has a reach',
    );
    const { preference } = reach;
    return {
      ...preference,
      channels: preference.channels && [...preference.channels],
      copies: [...preference.copies],
      attaches: preference.attaches && [...preference.attaches],
      consentOn: preference.consentOn?.toString() ?? null,
      ways: channelsOf(reach).flatMap((channel) => {
        const way = wayBy(channel, reach);
        return way ? [{ channel, recipient: way.recipient, name: way.name ?? null }] : [];
      }),
      byPortal: reach.byPortal && { portal: reach.byPortal.portal, from: reach.byPortal.from.toString() },
      may: { change: mayDo(context, 'customer.edit') },
    };
  }),
);

const listProblems = route(contract.listDeliveryProblems, ({ door, context, query }) =>
  readSnapshot(door, context, async (tx) => {
    const { limit, after, open, customerId, documentId } = query;
    const found = await findProblems(
      tx,
      { open: open === 'yes', customerId, documentId },
      { after: momentCursor(after), limit: limit + 1 },
    );
    const page = pageOfRows(found, limit, (last) => [last.opened_at, last.id]);
    const ids = [...new Set(page.rows.map((row) => row.customer_id as CustomerId))];
    const customers = await readCustomers(tx, ids);
    const rows = page.rows.map((row) => ({
      problemId: row.id,
      kind: row.kind as ProblemKind,
      severity: row.severity as 'hard' | 'soft' | 'policy' | null,
      companyId: row.company_id,
      customerId: row.customer_id,
      customerName: customers.get(row.customer_id as CustomerId)?.name ?? '',
      messageId: row.message_id,
      documentId: row.document_id,
      subject: row.subject,
      channel: row.channel as MessageChannel | null,
      address: row.address,
      detail: row.detail,
      openedAt: row.opened_at.toString(),
      closedAt: row.closed_at?.toString() ?? null,
      resolution: row.resolution,
      replacedBy: row.replaced_by_id
        ? {
            messageId: row.replaced_by_id,
            channel: row.replaced_channel as MessageChannel,
            state: row.replaced_state as MessageState,
          }
        : null,
      suppressionId: row.suppression_id,
      may: {
        settle: mayDo(context, 'reminder.send', row.closed_at === null ? undefined : 'problem_closed'),
        lift: mayDo(
          context,
          'customer.edit',
          row.suppression_id === null ? 'suppression_not_found' : undefined,
        ),
      },
    }));
    return { rows, next: page.next };
  }),
);

const listStops = route(contract.listSuppressions, ({ door, context, query }) =>
  readSnapshot(door, context, async (tx) => {
    const { limit, after, lifted, q: text } = query;
    const found = await findSuppressions(
      tx,
      { lifted: lifted === 'yes', text },
      { after: momentCursor(after), limit: limit + 1 },
    );
    const page = pageOfRows(found, limit, (last) => [last.added_at, last.id]);
    const rows = page.rows.map((row) => ({
      suppressionId: row.id,
      address: row.address,
      purpose: row.purpose as StoppedPurpose | null,
      reason: row.reason as SuppressionReason,
      detail: row.detail,
      messageId: row.message_id,
      addedBy: row.added_by,
      addedAt: row.added_at.toString(),
      liftedAt: row.lifted_at?.toString() ?? null,
      liftReason: row.lift_reason,
      may: {
        lift: mayDo(context, 'customer.edit', row.lifted_at === null ? undefined : 'suppression_lifted'),
      },
    }));
    return { rows, next: page.next };
  }),
);

const deliveries = route(contract.listDeliveries, ({ door, context, query }) =>
  readSnapshot(door, context, async (tx) => {
    const { documentId } = query;
    const messages = await findMessages(
      tx,
      { documentId },
      { after: undefined, limit: EVIDENCE_MESSAGES_MAX },
    );
    const ids = messages.map((message) => message.id);
    const [described, attempts, signals, proofs] = await Promise.all([
      describeMessages(tx, messages),
      Promise.all(ids.map((id) => findAttempts(tx, id))),
      findSignals(tx, ids),
      readProofs(tx, ids),
    ]);
    const rows = described.map((row, index) => ({
      ...row,
      attempts: (attempts[index] ?? []).map(describeAttempt),
      signals: signals.filter((signal) => signal.message_id === row.messageId).map(describeSignal),
      proofs: (proofs.get(row.messageId) ?? []).map(({ id, name, bytes }) => ({ id, name, bytes })),
    }));
    return { rows };
  }),
);

const listBatches = route(contract.listPostBatches, ({ door, context, query }) =>
  readSnapshot(door, context, async (tx) => {
    const [found, ready] = await Promise.all([
      findBatches(tx, { after: momentCursor(query.after), limit: query.limit + 1 }),
      countLetters(tx),
    ]);
    const page = pageOfRows(found, query.limit, (last) => [last.made_at, last.id]);
    return {
      rows: page.rows.map((row) => ({
        batchId: row.id,
        companyId: row.company_id,
        letters: row.letters,
        madeAt: row.made_at.toString(),
        postedOn: row.posted_on?.toString() ?? null,
        form: row.form,
        pages: row.pages,
        sheets: row.sheets,
        isMade: row.is_made,
        printedAt: row.printed_at?.toString() ?? null,
        looked: row.looked,
        toLook: row.to_look,
        setAside: row.set_aside,
        stalledSince: stalledSince(row, context.now)?.toString() ?? null,
      })),
      next: page.next,
      ready: ready.map((row) => ({ companyId: row.company_id, letters: Number(row.letters) })),
      may: { make: mayDo(context, 'reminder.send'), post: mayDo(context, 'reminder.send') },
    };
  }),
);

async function takeContents(tx: Tx, batchId: string): Promise<readonly ListedLetter[]> {
  const letters = await findBatchContents(tx, batchId);
  if (!letters) throw new Refusal('post_batch_not_found', { batchId });
  return letters;
}

/** Routes of what becomes of messages and how they are sent. */
export const fateRoutes: readonly Route[] = [
  receive,
  route(contract.downloadInboundMail, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const body = await findInbound(tx, params.inboundMailId);
      if (!body) throw new Refusal('inbound_mail_not_found', params);
      return { fileName: `${params.inboundMailId}.eml`, contentType: 'message/rfc822', body };
    }),
  ),
  route(contract.readDeliverySetting, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const company = await takeCompany(tx, params.companyId as CompanyId);
      const setting = await findSetting(tx, company.id);
      return {
        ...setting,
        channels: [...setting.channels],
        attaches: [...setting.attaches],
        may: { change: mayDo(context, 'company.manage'), test: mayDo(context, 'reminder.send') },
      };
    }),
  ),
  route(contract.changeDeliverySetting, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      changeSetting,
      { companyId: params.companyId as CompanyId, wanted: body },
      { commandId, rehearse },
    ),
  ),
  readPreference,
  route(contract.changeDeliveryPreference, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      changePreference,
      { customerId: params.customerId as CustomerId, wanted: body },
      { commandId, rehearse },
    ),
  ),
  deliveries,
  route(contract.downloadEvidence, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      fileName: `evidence-${params.documentId}.zip`,
      contentType: 'application/zip',
      body: await exportEvidence(tx, params.documentId),
    })),
  ),
  listBatches,
  route(contract.downloadPostBatch, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const found = await findBatchFile(tx, params.batchId);
      if (!found) throw new Refusal('post_batch_not_found', params);
      const { file: body, form, letters, printed_at } = found;
      if (letters === 0) throw new Refusal('post_batch_empty', params);
      if (!body) throw new Refusal('post_batch_not_made', params);
      if (printed_at === null) throw new Refusal('post_batch_not_printed', params);
      return { fileName: `letters-${params.batchId}.${form}`, contentType: `application/${form}`, body };
    }),
  ),
  route(contract.listBatchLetters, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      rows: (await takeContents(tx, params.batchId)).map(({ print, ...letter }) => ({
        ...letter,
        print: print && { ...print, notPrinted: [...print.notPrinted] },
      })),
    })),
  ),
  route(contract.downloadBatchList, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      fileName: `letters-${params.batchId}.csv`,
      contentType: 'text/csv',
      body: Buffer.from(batchList(await takeContents(tx, params.batchId))),
    })),
  ),
  route(contract.beginPostBatchAgain, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, beginBatchAgain, params, { commandId, rehearse }),
  ),
  route(contract.markBatchPosted, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, markBatchPosted, { ...params, ...body }, { commandId, rehearse }),
  ),
  listProblems,
  route(contract.countDeliveryProblems, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({ open: await countProblems(tx) })),
  ),
  route(contract.settleDeliveryProblem, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, settleProblem, { ...params, ...body }, { commandId, rehearse }),
  ),
  listStops,
  route(contract.addSuppression, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, stopAddress, body, { commandId, rehearse }),
  ),
  route(contract.liftSuppression, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, liftStop, { ...params, ...body }, { commandId, rehearse }),
  ),
  route(contract.testSending, async ({ door, context, params, commandId, rehearse }) => {
    const companyId = params.companyId as CompanyId;
    const company = await readSnapshot(door, context, (tx) => takeCompany(tx, companyId));
    const command = requestTestMail<{ readonly companyId: CompanyId }>({
      ...testWords(company.name),
      attachments: [],
    });
    return carryOut(door, context, command, { companyId }, { commandId, rehearse });
  }),
  route(contract.readTestMail, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const mail = await findTest(tx, params.testMailId);
      if (!mail) throw new Refusal('test_mail_not_found', params);
      return {
        recipient: mail.recipient,
        subject: mail.subject,
        state: mail.state,
        answer: mail.answer,
        askedAt: mail.asked_at.toString(),
        endedAt: mail.ended_at?.toString() ?? null,
      };
    }),
  ),
];

/** The words of the mail that tries out how a company sends. */
function testWords(company: string): { readonly subject: string; readonly text: string } {
  return {
    subject: `Mail from ${company}`,
    text: `This mail tries out how ${company} sends: who it is from, where answers go, and whether it arrives.\n`,
  };
}

/** Making and printing batches of letters, which asks where their content comes from what there is to say by now. */
export const batchRoutes = (sources: readonly MessageSource[]): readonly Route[] => [
  route(contract.makePostBatch, ({ door, context, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      beginBatch,
      { ...body, companyId: body.companyId as CompanyId },
      { commandId, rehearse },
    ),
  ),
  route(contract.printPostBatch, ({ door, context, params, commandId, rehearse }) =>
    printBatch({ door, sources }, context, params, { commandId, rehearse }),
  ),
];
