// HTTP of statements: contract to command, reading or file.

import type { Context } from '#command/command.ts';
import { csvLine } from '#formats/csv.ts';
import { type Route, route } from '#http/route.ts';
import type { Instant, PlainDate } from '#kernel/calendar.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import * as contract from './contract.ts';
import { printStatement, readPrintedStatement, statementFileName } from './print-statement.ts';
import { readStatement, type StatementWish } from './read-statement.ts';
import type { StatementKind } from './statement.ts';
import { statementReply, statementRows, TABLE_HEADING } from './statement-reply.ts';

type Query = {
  readonly kind: StatementKind;
  readonly asOf?: PlainDate | undefined;
  readonly from?: PlainDate | undefined;
  readonly knownAt?: Instant | undefined;
  readonly companyId?: CompanyId | undefined;
  readonly group?: 'true' | 'false' | undefined;
};

function wishOf(customerId: CustomerId, query: Query, context: Context): StatementWish {
  const { kind, from, knownAt, companyId } = query;
  const asOf = query.asOf ?? context.today;
  return { customerId, kind, asOf, from, knownAt, companyId, group: query.group === 'true' };
}

export const routes: readonly Route[] = [
  route(contract.readCustomerStatement, ({ door, context, params, query }) =>
    readSnapshot(door, context, async (tx) => {
      const statement = await readStatement(tx, wishOf(params.customerId, query, context));
      return statementReply(statement, query.linesMax);
    }),
  ),

  route(contract.printCustomerStatement, async ({ door, context, params, query }) => {
    const { statement, document } = await readSnapshot(door, context, async (tx) => {
      const found = await readStatement(tx, wishOf(params.customerId, query, context));
      return { statement: found, document: await readPrintedStatement(tx, found, query) };
    });
    const body = await printStatement(document);
    const fileName = `${statementFileName(statement)}.pdf`;
    return { fileName, contentType: 'application/pdf', body, inline: true };
  }),

  route(contract.exportCustomerStatement, async ({ door, context, params, query }) => {
    const statement = await readSnapshot(door, context, (tx) =>
      readStatement(tx, wishOf(params.customerId, query, context)),
    );
    const body = `\ufeff${[TABLE_HEADING, ...statementRows(statement)].map((cells) => csvLine(cells)).join('')}`;
    const fileName = `${statementFileName(statement)}.csv`;
    return { fileName, contentType: 'text/csv; charset=utf-8', body };
  }),
];
