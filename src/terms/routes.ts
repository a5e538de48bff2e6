// HTTP of terms: contract to command or reading, one line each where it can be.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { pageOfRows, readCursor } from '#parties/page-cursor.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { calculatePreview, rulesOf } from './calculate-preview.ts';
import { removeOwnDay, setOwnDay } from './change-own-days.ts';
import { addPaymentTerms, changePaymentTerms } from './change-payment-terms.ts';
import { changeTermsSetting } from './change-terms-setting.ts';
import * as contract from './contract.ts';
import { readTermsSetting } from './read-setting.ts';
import { findOwnDays, findTermsPage } from './store.ts';
import { plannedReply, rulesReply, termsReply } from './terms-reply.ts';

export const routes: readonly Route[] = [
  route(contract.listPaymentTerms, ({ door, context, query }) =>
    readSnapshot(door, context, async (tx) => {
      const after = readCursor(query.after, [(code) => code])?.[0];
      const rows = await findTermsPage(tx, { after, limit: query.limit + 1 });
      const page = pageOfRows(rows, query.limit, (terms) => [terms.code]);
      return { rows: page.rows.map(termsReply), next: page.next };
    }),
  ),

  route(contract.addPaymentTerms, ({ door, context, body, commandId, rehearse }) => {
    const input = { code: body.code, name: body.name, rules: rulesOf(body) };
    return carryOut(door, context, addPaymentTerms, input, { commandId, rehearse });
  }),

  route(contract.changePaymentTerms, async ({ door, context, params, body, commandId, rehearse }) => {
    const rules = body.rules || body.notation ? rulesOf(body) : undefined;
    const input = { ...params, wanted: { name: body.name, rules } };
    const done = await carryOut(door, context, changePaymentTerms, input, { commandId, rehearse });
    return { ...done, changed: [...done.changed] };
  }),

  route(contract.previewPaymentTerms, ({ door, context, body }) =>
    readSnapshot(door, context, async (tx) => {
      const preview = await calculatePreview(tx, { ...body, issuedOn: body.issuedOn ?? context.today });
      return {
        rules: rulesReply(preview.rules),
        words: preview.words,
        issuedOn: preview.issuedOn.toString(),
        instalments: preview.instalments.map(plannedReply),
        costs: [...preview.costs],
      };
    }),
  ),

  route(contract.readTermsSetting, ({ door, context, params }) =>
    readSnapshot(door, context, (tx) => readTermsSetting(tx, params.companyId)),
  ),

  route(contract.changeTermsSetting, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeTermsSetting, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.listOwnDays, ({ door, context }) =>
    readSnapshot(door, context, async (tx) => ({
      rows: (await findOwnDays(tx)).map((day) => ({ ...day, on: day.on.toString() })),
    })),
  ),

  route(contract.setOwnDay, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, setOwnDay, body, { commandId, rehearse }),
  ),

  route(contract.removeOwnDay, ({ door, context, query, commandId, rehearse }) =>
    carryOut(door, context, removeOwnDay, query, { commandId, rehearse }),
  ),
];
