// HTTP of addresses for remittances: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import {
  changeMailPassword,
  closeMailAccount,
  openMailAccount,
  readMailAccountNow,
} from './change-accounts.ts';
import { closeMailbox, openMailbox } from './change-mailboxes.ts';
import * as contract from './contract.ts';
import * as accounts from './contract-accounts.ts';
import { sealPassword } from './keep-password.ts';
import { openGiven } from './open-access.ts';
import { readAccounts, tryAccount } from './read-accounts.ts';
import { readMailboxes } from './read-mailboxes.ts';

export const routes: readonly Route[] = [
  route(contract.listMailboxes, ({ door, context }) => readSnapshot(door, context, readMailboxes)),

  route(contract.openMailbox, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, openMailbox, body, { commandId, rehearse }),
  ),

  route(contract.closeMailbox, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, closeMailbox, params, { commandId, rehearse }),
  ),
  route(accounts.listMailAccounts, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readAccounts(tx, context)),
  ),
  route(accounts.checkMailAccount, async ({ body: { moveTo = null, password, oauth, ...place } }) => {
    const access = await openGiven({ password, oauth });
    return tryAccount({ ...place, password: access.password, moveTo });
  }),
  route(accounts.openMailAccount, async ({ door, context, body, commandId, rehearse, secret }) => {
    const { password, oauth, moveTo = null, readFrom = context.today, ...place } = body;
    const access = await openGiven({ password, oauth });
    await tryAccount({ ...place, password: access.password, moveTo });
    const sealedPassword = await sealed(secret, context.tenantId, access.kept);
    const input = { ...place, moveTo, readFrom, sealedPassword, signIn: access.signIn };
    return carryOut(door, context, openMailAccount, input, { commandId, rehearse });
  }),
  route(accounts.changeMailPassword, async ({ door, context, params, body, commandId, rehearse, secret }) => {
    const { kept, signIn } = await openGiven(body);
    const sealedPassword = await sealed(secret, context.tenantId, kept);
    return carryOut(
      door,
      context,
      changeMailPassword,
      { ...params, sealedPassword, signIn },
      { commandId, rehearse },
    );
  }),
  route(accounts.readMailAccountNow, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, readMailAccountNow, params, { commandId, rehearse }),
  ),
  route(accounts.closeMailAccount, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, closeMailAccount, params, { commandId, rehearse }),
  ),
];

async function sealed(secret: () => Promise<string>, tenantId: string, password: string): Promise<string> {
  return Buffer.from(sealPassword(await secret(), tenantId, password)).toString('base64');
}
