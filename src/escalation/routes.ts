// HTTP of escalation: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { recallHandOver } from './end-hand-over.ts';
import { handOverObject, handOverRows } from './hand-over-file.ts';
import { handOverItems } from './hand-over-items.ts';
import { bookStatement } from './post-statement.ts';
import { putAgency } from './put-agency.ts';
import { lookAtNews } from './read-agency-news.ts';
import { describeClaims } from './read-claims.ts';
import { readHandOverFacts } from './read-hand-over-file.ts';
import { readAgencies, readHandOver, readHandOverList } from './read-hand-overs.ts';
import { columnsIn, lookAtStatement, readStatement, readStatements } from './read-statements.ts';
import { receiveNews, recordNews } from './record-news.ts';

/** All routes of escalation. */
export const routes: readonly Route[] = [
  route(contract.readEscalation, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => ({
      accounts: await describeClaims(tx, params.customerId, context.today),
      may: { handOver: context.permissions.has('claim.hand_over') || 'not_permitted' },
    })),
  ),

  route(contract.handOverItems, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, handOverItems, body, { commandId, rehearse }),
  ),

  route(contract.listHandOvers, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) =>
      readHandOverList(tx, context, {
        customerId: query.customerId,
        documentId: query.documentId,
        isStanding: query.show === 'all' ? undefined : query.show === 'standing',
        after: query.after === undefined ? undefined : BigInt(query.after),
        limit: query.limit,
      }),
    ),
  ),

  route(contract.getHandOver, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readHandOver(tx, context, params.handOverId)),
  ),

  route(contract.downloadHandOver, async ({ door, context, params }) => {
    const facts = await readSnapshot(door, context, (tx) => readHandOverFacts(tx, params.handOverId));
    return {
      fileName: `hand-over-${facts.row.number}.json`,
      contentType: 'application/json',
      body: Buffer.from(`${JSON.stringify(handOverObject(facts), null, 2)}\n`),
    };
  }),

  route(contract.downloadHandOverRows, async ({ door, context, params }) => {
    const facts = await readSnapshot(door, context, (tx) => readHandOverFacts(tx, params.handOverId));
    return {
      fileName: `hand-over-${facts.row.number}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: Buffer.from(`\ufeff${handOverRows(facts)}`),
    };
  }),

  route(contract.recallHandOver, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recallHandOver, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.recordHandOverNews, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, recordNews, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listAgencies, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readAgencies(tx, context)),
  ),

  route(contract.putAgency, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, putAgency, body, { commandId, rehearse }),
  ),

  route(contract.lookAtAgencyStatement, (call) =>
    readSnapshot(call.door, call.context, (tx) =>
      lookAtStatement(tx, present(call.upload, 'the operation carries a file'), {
        ...call.params,
        ...call.query,
        columns: columnsIn(call.query.columns, contract.bookAgencyStatement.body.shape.columns),
      }),
    ),
  ),

  route(contract.bookAgencyStatement, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, bookStatement, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listAgencyStatements, ({ door, context, query }) =>
    readSnapshot(door, context, (tx) => readStatements(tx, context, query)),
  ),

  route(contract.getAgencyStatement, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readStatement(tx, params.statementId)),
  ),

  route(contract.lookAtAgencyNews, (call) =>
    readSnapshot(call.door, call.context, (tx) =>
      lookAtNews(tx, present(call.upload, 'the operation carries a file'), {
        ...call.params,
        today: call.context.today,
        columns: columnsIn(call.query.columns, contract.receiveAgencyNews.body.shape.columns),
      }),
    ),
  ),

  route(contract.receiveAgencyNews, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, receiveNews, { ...params, ...body }, { commandId, rehearse }),
  ),
];
