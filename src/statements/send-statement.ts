// Sending one statement by hand, now.

import type { Command } from '#command/command.ts';
import { queueMessage } from '#delivery/queue-message.ts';
import { present } from '#kernel/assert.ts';
import { isAfter, isBefore, monthStart, type PlainDate } from '#kernel/calendar.ts';
import { type CompanyId, type CustomerId, newId } from '#kernel/id.ts';
import { ACCOUNT_LINES_MAX, STATEMENT_CUSTOMERS_MAX } from '#kernel/limits.ts';
import { Refusal } from '#kernel/refusal.ts';
import { shownMoney } from '#ledger/amount-text.ts';
import { readAccountItems } from '#ledger/read-account.ts';
import { takeCompany, takeCustomer, takeGroup } from '#parties/take-party.ts';
import { chooseDocumentLanguage } from '#printing/language.ts';
import { balancesOf, fingerprintOf } from './plan-statements.ts';
import { readWays } from './read-ways.ts';
import type { StatementKind } from './statement.ts';
import { insertStatements } from './store.ts';

export type SendStatement = {
  readonly customerId: CustomerId;
  readonly companyId: CompanyId;
  readonly kind: StatementKind;
  readonly from?: PlainDate | undefined;
  /** Left out: today. */
  readonly asOf?: PlainDate | undefined;
  /** With the customers below. */
  readonly group?: boolean | undefined;
  /** What is owed to all companies; the one named writes. */
  readonly allCompanies?: boolean | undefined;
};

export type StatementQueued = {
  readonly statementId: string;
  readonly messageId: string;
  readonly recipient: string;
  readonly channel: string;
};

/**
 * Queues the statement of a customer. It is written in the moment it leaves, of a past day too: with what is known by then.
 *
 * Refuses: `customer_not_found`, `company_not_found`, `period_ends_before_start`, `statement_day_in_future`, `no_way_open`,
 * `statement_too_long`.
 */
export const sendStatement: Command<SendStatement, StatementQueued> = {
  name: 'send-statement',
  permission: 'reminder.send',
  async run(act, { customerId, companyId, kind, group = false, allCompanies = false, ...days }) {
    const [company, customer] = await Promise.all([
      takeCompany(act, companyId),
      takeCustomer(act, customerId),
    ]);
    const asOf = days.asOf ?? act.today;
    const from = days.from ?? monthStart(asOf);
    if (isAfter(asOf, act.today))
      throw new Refusal('statement_day_in_future', { asOf: asOf.toString(), today: act.today.toString() });
    if (isBefore(asOf, from))
      throw new Refusal('period_ends_before_start', { from: from.toString(), to: asOf.toString() });
    const [ways, members] = await Promise.all([
      readWays(act, companyId, [customerId]),
      group ? takeGroup(act, customerId, STATEMENT_CUSTOMERS_MAX + 1) : [customer],
    ]);
    if (members.length > STATEMENT_CUSTOMERS_MAX)
      throw new Refusal('statement_too_long', { customersMax: STATEMENT_CUSTOMERS_MAX });
    const items = await readAccountItems(
      act,
      { customerIds: members.map(({ id }) => id), companyId: allCompanies ? undefined : companyId, asOf },
      ACCOUNT_LINES_MAX,
    );
    const { way } = present(ways.get(customerId), 'the customer is there');
    if (!way) throw new Refusal('no_way_open', { customer: customer.number });
    const statementId = newId();
    const messageId = queueMessage(act, {
      company,
      customer,
      purpose: 'statement',
      channel: way.channel,
      recipient: way.recipient,
      copies: way.copies,
      language: chooseDocumentLanguage([way.language, customer.language, company.language]),
      documentId: statementId,
      runOn: act.today,
    });
    insertStatements(act, [
      {
        id: statementId,
        runId: null,
        companyId,
        customerId,
        kind,
        from,
        asOf,
        isGroup: group,
        allCompanies,
        reason: null,
        balances: balancesOf(items).map(shownMoney),
        fingerprint: fingerprintOf(items),
        messageId,
      },
    ]);
    act.record({
      type: 'statement.queued',
      subjectId: statementId,
      customerId,
      data: { messageId, kind, asOf: asOf.toString(), recipient: way.recipient },
    });
    return { statementId, messageId, recipient: way.recipient, channel: way.channel };
  },
};
