// SQL of checks: versions of rules, and findings that invoices were issued in spite of.

import { sql } from 'kysely';
import { type Act, actorText } from '#command/command.ts';
import type { Tx } from '#db/transaction.ts';
import { arrayLiteral } from '#db/values.ts';
import { jsonText } from '#kernel/canonical.ts';
import { type CompanyId, type CustomerId, type InvoiceId, newId } from '#kernel/id.ts';
import type { StatedRules } from './check-rules.ts';
import type { KeptFinding } from './verdict.ts';

/** Whose rules: of one company, or of one customer. */
export type RulesOf = { readonly companyId: CompanyId } | { readonly customerId: CustomerId };

/** Adds a version of rules; gives its id. */
export function insertRules(act: Act, of: RulesOf, rules: StatedRules): string {
  const id = newId<'check_rules'>();
  act.insert('check_rules', [
    {
      id,
      company_id: 'companyId' in of ? of.companyId : null,
      customer_id: 'customerId' in of ? of.customerId : null,
      rules: jsonText(rules),
      recorded_by: actorText(act.actor),
      recorded_at: act.now,
    },
  ]);
  return id;
}

/** The rules that a company and a customer state now; nothing stated is nothing. */
export async function findRules(
  tx: Tx,
  companyId: CompanyId | null,
  customerId: CustomerId | null,
): Promise<{ readonly company: StatedRules; readonly customer: StatedRules }> {
  const rows = await tx.run(
    sql<{ whose: string; rules: StatedRules }>`
      (select 'company' as whose, rules from check_rules where tenant_id = ${tx.tenantId} and company_id = ${companyId}::uuid
        order by recorded_at desc, id desc limit 1)
      union all
      (select 'customer', rules from check_rules where tenant_id = ${tx.tenantId} and customer_id = ${customerId}::uuid
        order by recorded_at desc, id desc limit 1)`,
  );
  const of = (whose: string): StatedRules => rows.find((row) => row.whose === whose)?.rules ?? {};
  return { company: of('company'), customer: of('customer') };
}

/** Keeps what an invoice was issued in spite of. */
export function insertFindings(act: Act, invoiceId: InvoiceId, findings: readonly KeptFinding[]): void {
  act.insert(
    'issue_finding',
    findings.map((finding, index) => ({
      invoice_id: invoiceId,
      finding_no: index + 1,
      check_code: finding.check,
      field: finding.field,
      message: finding.message,
      accepted_by: finding.isAccepted ? actorText(act.actor) : null,
      recorded_at: act.now,
    })),
  );
}

export type FindingRow = {
  readonly invoice_id: InvoiceId;
  readonly check_code: string;
  readonly field: string;
  readonly message: string;
  readonly accepted_by: string | null;
};

/** What invoices were issued in spite of, in the order given by their ids, at most so many. */
export async function findFindings(
  tx: Tx,
  invoiceIds: readonly string[],
  limit: number,
): Promise<readonly FindingRow[]> {
  return tx.run(
    sql<FindingRow>`select invoice_id, check_code, field, message, accepted_by from issue_finding
      where tenant_id = ${tx.tenantId} and invoice_id = any(${arrayLiteral(invoiceIds)}::uuid[])
      order by invoice_id, finding_no limit ${limit}`,
    { plan: 'fresh' },
  );
}
