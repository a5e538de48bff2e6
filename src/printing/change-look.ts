// Choosing how a company's documents look. What is printed later looks so, also documents that were issued before.

import type { Command } from '#command/command.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { logoFormat } from './logo.ts';
import { checkStyle, type PrintStyle } from './print-style.ts';
import { readLooks } from './read-looks.ts';
import { saveLook } from './store-look.ts';

export type ChangeLook = {
  readonly companyId: CompanyId;
  readonly style: PrintStyle;
  /** The picture in base64; left out, the one there stays; `null` takes it away. */
  readonly logo?: string | null | undefined;
};

/** Refuses: `company_not_found`, `accent_too_light`, `logo_not_readable`, `logo_too_large`. */
export const changeLook: Command<ChangeLook, { readonly companyId: string }> = {
  name: 'change-look',
  permission: 'company.manage',
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    checkStyle(input.style);
    const before = (await readLooks(act, [company])).get(company.id);
    const given =
      typeof input.logo === 'string' ? new Uint8Array(Buffer.from(input.logo, 'base64')) : input.logo;
    if (given) logoFormat(given);
    saveLook(act, company.id, {
      style: input.style,
      logo: given === undefined ? (before?.logo ?? null) : given,
    });
    act.record({
      type: 'company.look_changed',
      subjectId: company.id,
      data: { style: input.style, logo: given === undefined ? 'kept' : given === null ? 'none' : 'new' },
    });
    return { companyId: company.id };
  },
};
