// Saying what stands under all documents of a company from now on; what was issued keeps what it said.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkFootnotes, type Footnote } from './footnote.ts';
import { replaceFootnoteRows } from './store-footnotes.ts';

export type ReplaceFootnotes = { readonly companyId: CompanyId; readonly footnotes: readonly Footnote[] };

/** Replaces all footnotes of a company. Refuses: `company_not_found`, what `checkFootnotes` refuses. */
export const replaceFootnotes: Command<ReplaceFootnotes, { readonly footnotes: number }> = {
  name: 'replace-footnotes',
  permission: 'company.manage',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    checkFootnotes(input.footnotes);
    replaceFootnoteRows(act, company.id, input.footnotes);
    act.record({
      type: 'company.footnotes_replaced',
      subjectId: company.id,
      data: { footnotes: input.footnotes.length },
    });
    return { footnotes: input.footnotes.length };
  },
};
