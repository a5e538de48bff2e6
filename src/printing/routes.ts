// How printed documents look, over HTTP.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId, CustomerId } from '#kernel/id.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { changeCustomerPrint } from './change-customer-print.ts';
import { changeLook } from './change-look.ts';
import * as contract from './contract.ts';
import type { Letterhead } from './letterhead.ts';
import { logoFormat } from './logo.ts';
import { usualStyle } from './print-style.ts';
import { readCustomerLanguages, readLooks } from './read-looks.ts';

const MIME = { png: 'image/png', jpg: 'image/jpeg', svg: 'image/svg+xml' } as const;

const dataUrl = (logo: Uint8Array): string =>
  `data:${MIME[logoFormat(logo)]};base64,${Buffer.from(logo).toString('base64')}`;

export const routes: readonly Route[] = [
  route(contract.readLook, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const company = await takeCompany(tx, params.companyId as CompanyId);
      const look = present((await readLooks(tx, [company])).get(company.id), 'each company has a look');
      return {
        style: look.style,
        logo: look.logo && dataUrl(look.logo),
        extras: look.extras,
        letterheads: look.letterheads.texts.map(letterheadReply),
        ownLanguage: look.letterheads.ownLanguage,
        usual: usualStyle(company.country),
        may: { change: mayDo(context, 'company.manage') },
      };
    }),
  ),

  route(contract.changeLook, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeLook, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.readCustomerPrint, ({ door, context, params }) =>
    readSnapshot(door, context, async (tx) => {
      const { id } = await takeCustomer(tx, params.customerId as CustomerId);
      return {
        secondLanguage: (await readCustomerLanguages(tx, [id])).get(id) ?? null,
        may: { change: mayDo(context, 'customer.edit') },
      };
    }),
  ),

  route(contract.changeCustomerPrint, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeCustomerPrint, { ...params, ...body }, { commandId, rehearse }),
  ),
];

function letterheadReply({ head, columns, ...texts }: Letterhead) {
  return { ...texts, head: [...head], columns: columns.map((lines) => [...lines]) };
}
