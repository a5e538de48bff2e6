// Choosing how a company's documents look. What is printed later looks so, also documents that were issued before.

import type { Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { logoFormat } from './logo.ts';
import { checkExtras, type PrintExtras } from './print-extras.ts';
import { checkStyle, type PrintStyle } from './print-style.ts';
import { readLooks } from './read-looks.ts';
import { removeLook, saveExtras, saveLook } from './store-look.ts';

export type ChangeLook = {
  readonly companyId: CompanyId;
  /** `null` for the one that is usual in its country, without a picture. */
  readonly style: PrintStyle | null;
  /** The picture in base64; left out, the one there stays; `null` takes it away. */
  readonly logo?: string | null | undefined;
  /** Left out, those there stay. */
  readonly extras?: PrintExtras | undefined;
};

/**
 * Refuses: `company_not_found`, `accent_too_light`, `logo_not_readable`, `logo_too_large`, `pay_link_not_valid`,
 * `upi_id_not_valid`.
 */
export const changeLook: Command<ChangeLook, { readonly companyId: string }> = {
  name: 'change-look',
  permission: 'company.manage',
  async run(act, { companyId, style, logo: wanted, extras }) {
    const company = await takeCompany(act, companyId);
    const before = present((await readLooks(act, [company])).get(company.id), 'each company has a look');
    const given = typeof wanted === 'string' ? new Uint8Array(Buffer.from(wanted, 'base64')) : wanted;
    if (given) logoFormat(given);
    if (style) {
      checkStyle(style);
      saveLook(act, company.id, { style, logo: given === undefined ? before.logo : given });
    } else removeLook(act, company.id);
    if (extras) {
      checkExtras(extras);
      saveExtras(act, company.id, extras);
    }
    const picture = given === undefined ? 'kept' : given === null ? 'none' : 'new';
    act.record({
      type: 'company.look_changed',
      subjectId: company.id,
      data: { style, logo: style ? picture : 'none', extras: extras ?? 'kept' },
    });
    return { companyId: company.id };
  },
};
