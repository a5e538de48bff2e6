// The words of messages over HTTP.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import type { CompanyId } from '#kernel/id.ts';
import { SHORT_MESSAGES_MAX } from '#kernel/limits.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { DOCUMENT_LANGUAGES } from '#printing/language.ts';
import * as contract from './contract.ts';
import { builtInTemplate, listVariables, TEMPLATE_KINDS } from './message-template.ts';
import { findLatest, findVersions } from './store.ts';
import { findProblems, measure, writeTemplate } from './write-template.ts';

const list = route(contract.listTemplates, ({ door, context, params }) =>
  readSnapshot(door, context, async (tx) => {
    const company = await takeCompany(tx, params.companyId as CompanyId);
    const latest = await findLatest(tx, company.id);
    const rows = TEMPLATE_KINDS.flatMap((kind) =>
      DOCUMENT_LANGUAGES.map((language) => {
        const own = latest.find((l) => l.kind === kind && l.language === language && l.words !== null);
        return {
          kind,
          language,
          version: own?.version ?? null,
          writtenBy: own?.writtenBy ?? null,
          writtenAt: own?.writtenAt.toString() ?? null,
        };
      }),
    );
    return { rows };
  }),
);

const read = route(contract.readTemplate, ({ door, context, params }) =>
  readSnapshot(door, context, async (tx) => {
    const { kind, language } = params;
    const company = await takeCompany(tx, params.companyId as CompanyId);
    const versions = await findVersions(tx, { companyId: company.id, kind, language });
    const [latest] = versions;
    const builtIn = builtInTemplate(kind, language);
    return {
      version: latest?.version ?? 0,
      isBuiltIn: (latest?.words ?? null) === null,
      words: latest?.words ?? builtIn,
      builtIn,
      variables: [...listVariables(kind)],
      versions: versions.map((version) => ({ ...version, writtenAt: version.writtenAt.toString() })),
      may: { write: mayDo(context, 'company.manage') },
    };
  }),
);

/** All routes of the words of messages. */
export const routes: readonly Route[] = [
  list,
  read,
  route(contract.writeTemplate, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(
      door,
      context,
      writeTemplate,
      { ...params, ...body, companyId: params.companyId as CompanyId },
      { commandId, rehearse },
    ),
  ),
  route(contract.checkTemplate, async ({ body }) => ({
    length: measure(body.kind, body.words, body.language) ?? null,
    messagesMax: SHORT_MESSAGES_MAX,
    problems: findProblems(body.kind, body.words, body.language).map((problem) => ({
      code: problem.code,
      message: problem.message,
      part: problem.column ?? '',
      line: problem.line ?? null,
      position: problem.position ?? null,
    })),
  })),
];
