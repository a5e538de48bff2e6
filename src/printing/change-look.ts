// Choosing how a company's documents look. What is printed later looks so, also documents that were issued before.

import type { Act, Command } from '#command/command.ts';
import { present } from '#kernel/assert.ts';
import { canonicalJson } from '#kernel/canonical.ts';
import type { CompanyId } from '#kernel/id.ts';
import { takeCompany } from '#parties/take-party.ts';
import { checkLetterheads, type Letterhead } from './letterhead.ts';
import { logoFormat } from './logo.ts';
import { checkExtras, type PrintExtras } from './print-extras.ts';
import { checkStyle, type PrintStyle } from './print-style.ts';
import { readLooks } from './read-looks.ts';
import { findLetterheads, insertLetterhead, removeLook, saveExtras, saveLook } from './store-look.ts';

export type ChangeLook = {
  readonly companyId: CompanyId;
  /** `null` for the one that is usual in its country, without a picture. */
  readonly style: PrintStyle | null;
  /** The picture in base64; left out, the one there stays; `null` takes it away. */
  readonly logo?: string | null | undefined;
  /** Left out, those there stay. */
  readonly extras?: PrintExtras | undefined;
  /** Left out, what it says stays; documents issued before keep the letterhead of their day. */
  readonly letterheads?: readonly Letterhead[] | undefined;
};

/**
 * Refuses: `company_not_found`, `accent_too_light`, `logo_not_readable`, `logo_too_large`, `pay_link_not_valid`,
 * `upi_id_not_valid`, what `checkLetterheads` refuses, `letterhead_changed_meanwhile`.
 */
export const changeLook: Command<ChangeLook, { readonly companyId: string }> = {
  name: 'change-look',
  permission: 'company.manage',
  constraints: { letterhead_version: 'letterhead_changed_meanwhile' },
  async run(act, { companyId, style, logo: wanted, extras, letterheads }) {
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
    if (letterheads) await keepLetterheads(act, company.id, letterheads);
    const picture = given === undefined ? 'kept' : given === null ? 'none' : 'new';
    act.record({
      type: 'company.look_changed',
      subjectId: company.id,
      data: {
        style,
        logo: style ? picture : 'none',
        extras: extras ?? 'kept',
        letterheads: letterheads ?? 'kept',
      },
    });
    return { companyId: company.id };
  },
};

/** Keeps what a company says now as the next version, where it differs from the one before. */
async function keepLetterheads(act: Act, companyId: CompanyId, texts: readonly Letterhead[]): Promise<void> {
  checkLetterheads(texts);
  const before = (await findLetterheads(act, [companyId])).get(companyId);
  if (canonicalJson(before?.texts ?? []) === canonicalJson(texts)) return;
  insertLetterhead(act, companyId, { version: (before?.version ?? 0) + 1, texts });
}
