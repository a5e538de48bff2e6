// How printed documents look, over HTTP.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { present } from '#kernel/assert.ts';
import type { CompanyId } from '#kernel/id.ts';
import { mayDo } from '#parties/may.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { takeCompany } from '#parties/take-party.ts';
import { changeLook } from './change-look.ts';
import * as contract from './contract.ts';
import { logoFormat } from './logo.ts';
import { readLooks } from './read-looks.ts';

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
        may: { change: mayDo(context, 'company.manage') },
      };
    }),
  ),

  route(contract.changeLook, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeLook, { ...params, ...body }, { commandId, rehearse }),
  ),
];
