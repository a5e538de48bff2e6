// HTTP of the tie-out: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { csvLine } from '#formats/csv.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { addRule, previewRule, removeRule } from './change-rules.ts';
import * as contract from './contract.ts';
import { explainLine, undoExplanation } from './explain-line.ts';
import { printReconciliation, readPrintedReconciliation } from './print-reconciliation.ts';
import {
  previewReply,
  readDayLines,
  readReconciliationReply,
  readRuleList,
  readTieOut,
  readTieOutDay,
} from './read-replies.ts';
import { reconciliationRows } from './reconciliation-table.ts';
import { reopenDay, signDay } from './sign-day.ts';

export const routes: readonly Route[] = [
  route(contract.listTieOut, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readTieOut(tx, context, query)),
  ),

  route(contract.readTieOutDay, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readTieOutDay(tx, context, params)),
  ),

  route(contract.listTieOutLines, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) => readDayLines(tx, params, query)),
  ),

  route(contract.explainBankLine, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, explainLine, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.undoBankLine, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, undoExplanation, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listBankRules, ({ door, context }) => readSnapshot(door, context, readRuleList)),

  route(contract.previewBankRule, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => previewReply(await previewRule(tx, query, context.today))),
  ),

  route(contract.addBankRule, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, addRule, body, { commandId, rehearse }),
  ),

  route(contract.removeBankRule, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removeRule, params, { commandId, rehearse }),
  ),

  route(contract.signTieOutDay, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, signDay, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.reopenTieOutDay, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, reopenDay, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readBankReconciliation, ({ door, context, params, query }) =>
    readSnapshot(door, context, (tx) =>
      readReconciliationReply(tx, params.bankAccountId, query.asOf ?? context.today),
    ),
  ),

  route(contract.exportBankReconciliation, async ({ door, context, params, query }) => {
    const read = await readSnapshot(door, context, (tx) =>
      readReconciliationReply(tx, params.bankAccountId, query.asOf ?? context.today),
    );
    const body = `\ufeff${reconciliationRows(read)
      .map((cells) => csvLine(cells))
      .join('')}`;
    const fileName = `bank-reconciliation-${read.account.account}-${read.asOf}.csv`;
    return { fileName, contentType: 'text/csv; charset=utf-8', body };
  }),

  route(contract.printBankReconciliation, async ({ door, context, params, query }) => {
    const { page, fileName } = await readSnapshot(door, context, (tx) =>
      readPrintedReconciliation(tx, params.bankAccountId, query.asOf ?? context.today),
    );
    const body = await printReconciliation(page);
    return { fileName, contentType: 'application/pdf', body, inline: true };
  }),
];
