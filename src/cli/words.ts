// `quittance words [KIND LANGUAGE]`: what messages say, in the words of a company.

import type { Context } from '#command/command.ts';
import { Refusal } from '#kernel/refusal.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { listCompanies } from '#parties/take-party.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import { listTemplates, readTemplate } from '#wording/contract.ts';
import { TEMPLATE_KINDS } from '#wording/message-template.ts';
import { routes } from '#wording/routes.ts';
import { asking } from './ask.ts';
import type { Options } from './options.ts';
import { json, say, table } from './print.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

const { ask } = asking(routes);

/** Lists the messages that have words of their own, or prints one of them as it is sent now. */
export async function words(session: Session, context: Context, options: Options): Promise<number> {
  const companyId = await companyOf(session, context, options);
  const [, kind, language] = options.words;
  if (kind === undefined) return list(session, context, companyId, options);
  const params = {
    companyId,
    kind: known('kind', kind, TEMPLATE_KINDS),
    language: known('language', language ?? 'en', DOCUMENT_LANGUAGES),
  };
  const found = await ask(session, context, readTemplate, { params });
  if (options.flag('json')) json(found);
  else {
    say(found.isBuiltIn ? 'As it comes with the program.' : `Version ${found.version}.`);
    for (const [part, text] of Object.entries(found.words)) say(`\n── ${part}\n${text}`);
  }
  return 0;
}

async function list(
  session: Session,
  context: Context,
  companyId: string,
  options: Options,
): Promise<number> {
  const { rows } = await ask(session, context, listTemplates, { params: { companyId } });
  if (options.flag('json')) {
    json(rows);
    return 0;
  }
  table(
    ['Message', 'Language', 'Words', 'Written by'],
    rows.map((row) => [
      row.kind,
      row.language,
      row.version === null ? 'built-in' : `version ${row.version}`,
      row.writtenBy ?? '',
    ]),
  );
  return 0;
}

/** The company named, or the only one. Refuses: `company_not_named`. */
async function companyOf(session: Session, context: Context, options: Options): Promise<string> {
  const { companyId } = await scopeOf(session, context, options);
  if (companyId) return companyId;
  const companies = await readSnapshot(session.door, context, listCompanies);
  const [company, another] = companies;
  if (!company || another)
    throw new Refusal('company_not_named', {
      companies: companies.map(({ code }) => code),
      todo: 'add --company CODE',
    });
  return company.id;
}

function known<T extends string>(what: string, value: string, all: readonly T[]): T {
  const found = all.find((one) => one === value);
  if (found === undefined) throw new Refusal('option_value_unknown', { option: what, value, known: all });
  return found;
}
